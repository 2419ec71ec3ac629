package io.vsring.test.spring;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Lets tests wait for what the threads of members bring about. Any thread. */
final class Changes {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** Something is otherwise: whoever waits looks again. */
    void announce() {
        make(() -> {});
    }

    /** Makes a change of what is looked at, and announces it. */
    void make(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** What is changed by others meanwhile, seen in one piece. */
    <T> T look(Supplier<T> what) {
        lock.lock();
        try {
            return what.get();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until this holds.
     *
     * @return whether it does, or the time was over or the thread interrupted; then its flag is set
     */
    boolean await(BooleanSupplier holds, Duration patience) {
        long remaining = patience.toNanos();
        lock.lock();
        try {
            while (!holds.getAsBoolean()) {
                if (remaining <= 0) {
                    return false;
                }
                remaining = changed.awaitNanos(remaining);
            }
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }
}
