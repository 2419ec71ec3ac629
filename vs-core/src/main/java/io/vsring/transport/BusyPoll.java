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
 *
 * <p>Where processors are scarce, who lets others go first may wait for a whole turn of theirs. After such a turn all
 * waits are real ones for fifty times as long.
 */
final class BusyPoll implements SelectStrategy {

    private static final long NEVER = Long.MIN_VALUE;
    private static final int REST_SHARE = 50;
    private static final long REST_NANOS_MAX = 1_000_000_000;

    private final long limitNanos;
    private final LongSupplier clock;
    private long since = NEVER;
    private long restsUntil = NEVER;
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
            looks = now - since <= limitNanos && !rests(now);
            since = NEVER;
        }
        if (!looks && !hasTasks) {
            return sleep(now);
        }
        int ready = look.get();
        if (ready > 0 || hasTasks) {
            since = NEVER;
            return ready;
        }
        if (since == NEVER) {
            since = now;
        }
        if (now - since > limitNanos || rests(now)) {
            return sleep(since);
        }
        Thread.yield();
        long took = clock.getAsLong() - now;
        if (took > limitNanos) {
            restsUntil = now + took + Math.min(REST_NANOS_MAX, REST_SHARE * took);
        }
        return CONTINUE;
    }

    private boolean rests(long now) {
        return restsUntil != NEVER && now - restsUntil < 0;
    }

    /** A real wait, of which this is told when it is over and what came has been dealt with. */
    private int sleep(long begunNanos) {
        since = begunNanos;
        hasSlept = true;
        return SELECT;
    }
}
