package io.vsring.spring;

import io.vsring.ring.RingException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What waits for one listener, in order; bounded in number and in bytes.
 *
 * <p>A meeting place of threads: the ring's delivery thread puts, the listener's thread takes in batches, and any
 * thread may ask how much there is. What has been taken counts until the next batch is asked for. An event that alone
 * is over the bound of bytes gets in when nothing else is there.
 */
final class ListenerQueue {

    private static final int BATCH_MAX = 64;

    /** In place of how many events have begun. */
    private static final int ABANDONED = -1;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition hasEvents = lock.newCondition();
    private final Condition hasRoom = lock.newCondition();
    private final ArrayDeque<ListenerEvent> waiting = new ArrayDeque<>();
    private final int capacity;
    private final long capacityBytes;

    /** How many events of the batch have begun; no lock, since it is asked for each of them. */
    private final AtomicInteger begun = new AtomicInteger();

    private final Condition resumed = lock.newCondition();

    /** No lock to read it, since it is asked for each event. */
    private volatile boolean isPaused;

    private int takenSize;
    private long takenBytes;
    private long waitingBytes;
    private int marks; // of what waits
    private boolean ended;
    private boolean finished; // and everything taken has been told

    ListenerQueue(int capacity, long capacityBytes) {
        this.capacity = capacity;
        this.capacityBytes = capacityBytes;
    }

    /**
     * Adds the event, waiting for room up to this time; false if there was none. After {@link #end} or {@link #abandon}
     * the event is dropped. An interrupt does not end the wait: what is in the order cannot be skipped.
     */
    boolean put(ListenerEvent event, long patienceNanos) {
        boolean interrupted = false;
        long remainingNanos = patienceNanos;
        lock.lock();
        try {
            while (!ended && isFullFor(event)) {
                if (remainingNanos <= 0) {
                    return false;
                }
                try {
                    remainingNanos = hasRoom.awaitNanos(remainingNanos);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (!ended) {
                waiting.add(event);
                waitingBytes += event.bytes();
                if (waiting.size() == 1) {
                    hasEvents.signal();
                }
                return true;
            }
        } finally {
            lock.unlock();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        event.drop();
        return true;
    }

    /**
     * Adds a mark behind all that was put, also when nothing more comes. Never waits: as many marks as there may be
     * events can be there, whose room they take, and one more fails.
     */
    void putMark(ListenerEvent.Mark mark) {
        boolean isFinished;
        boolean isFull;
        lock.lock();
        try {
            isFinished = finished;
            isFull = marks >= capacity;
            if (!isFinished && !isFull) {
                waiting.add(mark);
                waitingBytes += mark.bytes();
                marks++;
                hasEvents.signal();
            }
        } finally {
            lock.unlock();
        }
        if (isFinished && !isAbandoned()) {
            mark.passed().run();
        } else if (isFinished) {
            mark.drop();
        } else if (isFull) {
            mark.failed()
                    .accept(new RingException(capacity + " barriers wait for a listener that does not get on, and one"
                            + " more cannot: wait for them first (vs.listener.queue-capacity)"));
        }
    }

    /** Adds what the queue begins with, before anybody takes; no bound holds for that. */
    void beginWith(ListenerEvent event) {
        waiting.add(event);
        waitingBytes += event.bytes();
    }

    /** Waits for events and puts some of them into the empty batch; false if there will never be any more. */
    boolean take(Collection<ListenerEvent> batch) {
        lock.lock();
        try {
            takenSize = 0;
            takenBytes = 0;
            if (!isAbandoned()) {
                begun.set(0);
            }
            hasRoom.signalAll();
            while (waiting.isEmpty()) {
                if (ended) {
                    finished = true;
                    return false;
                }
                hasEvents.awaitUninterruptibly();
            }
            takenSize = Math.min(waiting.size(), BATCH_MAX);
            for (int taken = 0; taken < takenSize; taken++) {
                ListenerEvent event = waiting.remove();
                takenBytes += event.bytes();
                marks -= event instanceof ListenerEvent.Mark ? 1 : 0;
                batch.add(event);
            }
            waitingBytes -= takenBytes;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Before each event of the batch, waiting while it is paused: whether it is still wanted. */
    boolean begin() {
        if (isPaused) {
            awaitResumed();
        }
        int before = begun.get();
        return before != ABANDONED && begun.compareAndSet(before, before + 1);
    }

    private void awaitResumed() {
        lock.lock();
        try {
            while (isPaused && !ended) {
                resumed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Nothing begins until {@link #resume} or {@link #end}. */
    void pause() {
        isPaused = true; // whoever has just looked begins one more
    }

    /** What waits begins again. */
    void resume() {
        lock.lock();
        try {
            isPaused = false;
            resumed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether nothing is wanted any more, not even the rest of what has begun. */
    boolean isAbandoned() {
        return begun.get() == ABANDONED;
    }

    /** Nothing more comes; what is here is still to be taken, paused or not. */
    void end() {
        lock.lock();
        try {
            ended = true;
            resumed.signalAll();
            hasEvents.signalAll();
            hasRoom.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Nothing more comes, and what is here is not wanted any more.
     *
     * @return how many events were put that will never begin
     */
    int abandon() {
        List<ListenerEvent> dropped;
        int unbegun;
        lock.lock();
        try {
            int before = begun.getAndSet(ABANDONED);
            unbegun = before == ABANDONED ? 0 : waiting.size() + takenSize - before;
            dropped = List.copyOf(waiting);
            waiting.clear();
            marks = 0;
            waitingBytes = 0;
            takenSize = 0;
            takenBytes = 0;
            finished = true;
            end();
        } finally {
            lock.unlock();
        }
        dropped.forEach(ListenerEvent::drop);
        return unbegun;
    }

    /** Whether nothing more comes. */
    boolean hasEnded() {
        lock.lock();
        try {
            return ended;
        } finally {
            lock.unlock();
        }
    }

    /** How many events have been put and are not done with. */
    int size() {
        lock.lock();
        try {
            return waiting.size() + takenSize;
        } finally {
            lock.unlock();
        }
    }

    /** How much memory they hold, roughly. */
    long bytes() {
        lock.lock();
        try {
            return waitingBytes + takenBytes;
        } finally {
            lock.unlock();
        }
    }

    /** Whether half of what it can hold is there. */
    boolean isHalfFull() {
        return size() >= capacity / 2 || bytes() >= capacityBytes / 2;
    }

    /** Whether it stays half empty with one more message of so many bytes, whatever else the event holds. */
    boolean hasAmpleRoom(int messageBytes) {
        lock.lock();
        try {
            long bytes = waitingBytes + takenBytes + ListenerEvent.Message.OVERHEAD_BYTES + 2L * messageBytes;
            return waiting.size() + takenSize < capacity / 2 && bytes <= capacityBytes / 2;
        } finally {
            lock.unlock();
        }
    }

    private boolean isFullFor(ListenerEvent event) {
        int size = waiting.size() + takenSize;
        return size > 0 && (size >= capacity || waitingBytes + takenBytes + event.bytes() > capacityBytes);
    }
}
