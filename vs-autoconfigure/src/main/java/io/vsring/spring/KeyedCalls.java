package io.vsring.spring;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Calls of one listener's method on an executor of the application: those of one key one after another, in the order in
 * which they were given, and those of different keys at once. Bounded in number.
 *
 * <p>A meeting place of threads: the listener's thread gives the calls and waits for room and for the end; threads of
 * the executor make them.
 */
final class KeyedCalls {

    private final Executor executor;
    private final int capacity;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<Object, ArrayDeque<Runnable>> waiting = new HashMap<>(); // an empty queue: its last call runs
    private int unfinished;

    /** @param capacity calls that may have been given and not have ended */
    KeyedCalls(Executor executor, int capacity) {
        this.executor = executor;
        this.capacity = capacity;
    }

    /**
     * Gives a call to the executor, behind all others of its key; waits while there is no room. Does nothing if it is
     * not wanted any more.
     *
     * @param call must not throw
     * @throws InterruptedException if interrupted while there was no room; the call will not be made
     * @throws java.util.concurrent.RejectedExecutionException if the executor does not take it; it will not be made
     */
    void give(Object key, Runnable call) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (unfinished >= capacity) {
                changed.await();
            }
            unfinished++;
            ArrayDeque<Runnable> ahead = waiting.get(key);
            if (ahead != null) {
                ahead.add(call);
                return;
            }
            waiting.put(key, new ArrayDeque<>());
        } finally {
            lock.unlock();
        }
        boolean isTaken = false;
        try {
            executor.execute(() -> run(key, call));
            isTaken = true;
        } finally {
            if (!isTaken) {
                next(key); // only the listener's thread gives calls: nothing can have come behind this one
            }
        }
    }

    /** Waits until all calls have ended. */
    void awaitEnd() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (unfinished > 0) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Calls that were given and have not ended. */
    int unfinished() {
        lock.lock();
        try {
            return unfinished;
        } finally {
            lock.unlock();
        }
    }

    private void run(Object key, Runnable first) {
        Runnable call = first;
        while (call != null) {
            try {
                call.run();
            } finally {
                call = next(key);
            }
        }
    }

    private @Nullable Runnable next(Object key) {
        lock.lock();
        try {
            unfinished--;
            changed.signalAll();
            ArrayDeque<Runnable> behind = waiting.get(key);
            Runnable call = behind == null ? null : behind.poll();
            if (call == null) {
                waiting.remove(key);
            }
            return call;
        } finally {
            lock.unlock();
        }
    }
}
