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
 * which they were given, and those of different keys at once. Bounded in number and in bytes.
 *
 * <p>A meeting place of threads: the listener's thread gives the calls and waits for room and for the end; threads of
 * the executor make them.
 */
final class KeyedCalls {

    /** A call, and how much memory its message holds, roughly. */
    private record Call(Runnable task, int bytes) {}

    /** The calls of one key behind the one that is being made. */
    private static final class Lane {

        private final ArrayDeque<Call> waiting = new ArrayDeque<>();
        private boolean hasEnded;
    }

    private final Executor executor;
    private final int capacity;
    private final long capacityBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<Object, Lane> lanes = new HashMap<>();
    private int unfinished;
    private long unfinishedBytes;

    /**
     * Without calls.
     *
     * @param capacity calls that may have been given and not have ended
     * @param capacityBytes the memory that they may hold; one alone may hold more
     */
    KeyedCalls(Executor executor, int capacity, long capacityBytes) {
        this.executor = executor;
        this.capacity = capacity;
        this.capacityBytes = capacityBytes;
    }

    /**
     * Gives a call to the executor, behind all others of its key; waits while there is no room.
     *
     * @param key what it does to others when it is changed later is nothing
     * @throws InterruptedException if interrupted while there was no room; the call will not be made
     * @throws java.util.concurrent.RejectedExecutionException if the executor does not take it; it will not be made
     */
    void give(Object key, int bytes, Runnable task) throws InterruptedException {
        Call call = new Call(task, bytes);
        Lane begun = new Lane();
        lock.lockInterruptibly();
        try {
            while (unfinished > 0 && (unfinished >= capacity || unfinishedBytes + bytes > capacityBytes)) {
                changed.await();
            }
            Lane ahead = lanes.get(key);
            boolean isFirst = ahead == null || ahead.hasEnded;
            if (isFirst) {
                lanes.put(key, begun);
            }
            unfinished++;
            unfinishedBytes += bytes;
            if (ahead != null && !isFirst) {
                ahead.waiting.add(call);
                return;
            }
        } finally {
            lock.unlock();
        }
        boolean isTaken = false;
        try {
            executor.execute(() -> run(key, begun, call));
            isTaken = true;
        } finally {
            if (!isTaken) {
                next(key, begun, call); // only the listener's thread gives calls: nothing has come behind this one
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

    /** Makes a call and those that come behind it; what one throws is for the executor, and after all of them. */
    private void run(Object key, Lane lane, Call first) {
        Throwable thrown = null;
        Call call = first;
        while (call != null) {
            try {
                call.task.run();
            } catch (Throwable e) {
                thrown = e;
            }
            call = next(key, lane, call);
        }
        if (thrown instanceof Error error) {
            throw error;
        }
        if (thrown instanceof RuntimeException failure) {
            throw failure;
        }
    }

    /** The call behind one that has ended; null if there is none. */
    private @Nullable Call next(Object key, Lane lane, Call ended) {
        lock.lock();
        try {
            unfinished--;
            unfinishedBytes -= ended.bytes;
            changed.signalAll();
            Call call = lane.waiting.poll();
            if (call == null) {
                lane.hasEnded = true; // the map may not find it again, if somebody has changed the key
                lanes.remove(key, lane);
            }
            return call;
        } finally {
            lock.unlock();
        }
    }
}
