package io.vsring.ring;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jctools.queues.atomic.MpscUnboundedAtomicArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * Where what is to be traced waits for the thread that writes it. Nobody who puts something in ever waits: when more is
 * waiting than the bound, the queue is cut, and takes nothing more. So what comes out is all that went in up to some
 * moment.
 */
final class TraceQueue {

    private static final long PARK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final long boundBytes;
    private final MpscUnboundedAtomicArrayQueue<TraceEvent> events = new MpscUnboundedAtomicArrayQueue<>(1024);
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicBoolean cut = new AtomicBoolean();
    private final AtomicBoolean finished = new AtomicBoolean();

    TraceQueue(long boundBytes) {
        this.boundBytes = boundBytes;
    }

    /** Any thread. */
    void put(TraceEvent event) {
        if (!isOpen()) {
            return;
        }
        if (bytes.addAndGet(event.cost()) > boundBytes) {
            cut.set(true);
            return;
        }
        events.offer(event);
    }

    /** Whether what is put in will come out. Any thread. */
    boolean isOpen() {
        return !cut.get() && !finished.get();
    }

    /** What has waited for longest, or null. The writing thread. */
    @Nullable
    TraceEvent poll() {
        TraceEvent event = events.poll();
        if (event != null) {
            bytes.addAndGet(-event.cost());
        }
        return event;
    }

    /** Waits a few milliseconds, or until {@link #finish}. The writing thread. */
    void pause() {
        if (!finished.get()) {
            LockSupport.parkNanos(this, PARK_NANOS);
        }
    }

    /** Takes nothing more, because too much is waiting or something broke. Any thread. */
    void cut() {
        cut.set(true);
    }

    /** Forgets what waits. The writing thread. */
    void clear() {
        events.clear();
    }

    /** What may wait at most, in bytes. */
    long boundBytes() {
        return boundBytes;
    }

    /** Whether it has been cut: what comes out is not all that there was. */
    boolean isCut() {
        return cut.get();
    }

    /** Nothing more will be put in. Any thread. */
    void finish(Thread writer) {
        finished.set(true);
        LockSupport.unpark(writer);
    }
}
