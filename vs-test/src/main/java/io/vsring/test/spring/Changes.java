package io.vsring.test.spring;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Lets tests wait for what the threads of members bring about. Any thread. */
final class Changes {

    private final Duration patience;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** @param patience how long a wait may take */
    Changes(Duration patience) {
        this.patience = patience;
    }

    Duration patience() {
        return patience;
    }

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
     * @param what is waited for
     * @param report how things stand
     * @throws AssertionError if the patience was over, or the thread was interrupted; then its flag is set
     */
    void await(String what, BooleanSupplier holds, Object report) {
        if (!await(holds)) {
            throw new AssertionError("waited " + patience.toMillis() + "ms for " + what
                    + (Thread.currentThread().isInterrupted() ? ", until interrupted\n" : ", in vain\n") + report);
        }
    }

    private boolean await(BooleanSupplier holds) {
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
