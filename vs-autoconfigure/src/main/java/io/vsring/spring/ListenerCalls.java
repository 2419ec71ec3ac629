package io.vsring.spring;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** What one listener's calls came to. A meeting place of threads: whoever calls counts, whoever asks reads. */
final class ListenerCalls {

    private static final long PACE_NANOS = TimeUnit.SECONDS.toNanos(10);

    final LongAdder handled = new LongAdder();
    final LongAdder slow = new LongAdder();

    private final LongAdder failed = new LongAdder();
    private final LongAdder invalid = new LongAdder();
    private final LongAdder undecodable = new LongAdder();
    private final LongAdder busyNanos = new LongAdder();
    private final AtomicLong lastSaidNanos = new AtomicLong(System.nanoTime() - PACE_NANOS);

    void count(ListenerFailure.Kind kind) {
        switch (kind) {
            case THROWN -> failed.increment();
            case INVALID -> invalid.increment();
            case UNDECODABLE -> undecodable.increment();
        }
    }

    /** Counts the time of a call; whether it was a slow one, and it is time again to say so. */
    boolean ended(long tookNanos, long slowNanos) {
        busyNanos.add(tookNanos);
        if (tookNanos <= slowNanos) {
            return false;
        }
        slow.increment();
        long now = System.nanoTime();
        long before = lastSaidNanos.get();
        return now - before >= PACE_NANOS && lastSaidNanos.compareAndSet(before, now);
    }

    ListenerStatus status(String id, ListenerStatus.State state, int queued, long queuedBytes) {
        return new ListenerStatus(
                id,
                state,
                queued,
                queuedBytes,
                handled.sum(),
                failed.sum(),
                invalid.sum(),
                undecodable.sum(),
                slow.sum(),
                busyNanos.sum());
    }
}
