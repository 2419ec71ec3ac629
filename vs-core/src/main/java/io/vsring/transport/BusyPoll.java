package io.vsring.transport;

import io.netty.channel.SelectStrategy;
import io.netty.util.IntSupplier;
import java.util.function.LongSupplier;

/**
 * How an event loop waits for its sockets: while what it waits for comes soon, by looking at them again and again.
 *
 * <p>To be woken takes longer than all else that a member does with a token of a ring that is not under full load. So
 * after a wait that was no longer than a limit the next one begins with looks, between which other threads may have the
 * processor; when the limit is over it becomes a real wait. After a longer wait the next one is a real one at once: a
 * ring at rest pays a look at the clock, and a wait never costs more processor time than the limit.
 */
final class BusyPoll implements SelectStrategy {

    private static final long NOT_WAITING = Long.MIN_VALUE;

    private final long limitNanos;
    private final LongSupplier clock;
    private long since = NOT_WAITING;
    private boolean looks;
    private boolean hasSlept;

    /** @param limitNanos the longest wait that is expected to be worth it; 0 for none */
    BusyPoll(long limitNanos, LongSupplier clock) {
        this.limitNanos = limitNanos;
        this.clock = clock;
    }

    @Override
    @SuppressWarnings("ThreadPriorityCheck") // with fewer processors than threads, others must not wait for a look
    public int calculateStrategy(IntSupplier look, boolean hasTasks) throws Exception {
        if (limitNanos == 0) {
            return hasTasks ? look.get() : SELECT;
        }
        long now = clock.getAsLong();
        if (hasSlept) {
            hasSlept = false;
            looks = now - since <= limitNanos;
            since = NOT_WAITING;
        }
        if (!looks && !hasTasks) {
            return sleep(now);
        }
        int ready = look.get();
        if (ready > 0 || hasTasks) {
            since = NOT_WAITING;
            return ready;
        }
        if (since == NOT_WAITING) {
            since = now;
        } else if (now - since > limitNanos) {
            return sleep(since);
        }
        Thread.yield();
        return CONTINUE;
    }

    /** A real wait, of which this is told when it is over and what came has been dealt with. */
    private int sleep(long begunNanos) {
        since = begunNanos;
        hasSlept = true;
        return SELECT;
    }
}
