package io.vsring.ring;

import io.vsring.transport.LoopThread;
import io.vsring.transport.LoopThread.Scheduled;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The deadlines of a loop, each in a slot of its own.
 *
 * <p>To set one is only a write; {@link #settle} asks the loop thread to come, once at the end of each step. When a
 * deadline has been put off, the wake-up that was asked for is put off with it, but not more often than every ten
 * milliseconds: so a timeout that is started anew with every token costs nothing on a busy ring, and wakes nobody on a
 * silent one. Loop thread only.
 */
final class LoopTimers {

    /** No deadline, or no slot. */
    private static final long NEVER = Long.MAX_VALUE;

    /** As {@link #nextDue}: nothing is due. */
    static final int NONE = -1;

    private static final long PUT_OFF_AFTER_NANOS = 10_000_000;

    private final LoopThread loop;
    private final Runnable wake;
    private final long originNanos;
    private final long[] deadlines; // from the origin, so that they compare as they are
    private long nextWake = NEVER;
    private @Nullable Scheduled pending;
    private long askedNanos;
    private boolean sooner;

    /** @param wake is run by the loop when a deadline may be due; it is to call {@link #woken} first */
    LoopTimers(LoopThread loop, int slots, Runnable wake) {
        this.loop = loop;
        this.wake = wake;
        this.originNanos = loop.nanoTime();
        this.deadlines = new long[slots];
        Arrays.fill(deadlines, NEVER);
    }

    /** Sets the deadline, or sets it anew. */
    void arm(int slot, long nowNanos, long delayNanos) {
        long deadline = nowNanos - originNanos + Math.max(0, delayNanos);
        deadlines[slot] = deadline;
        sooner |= deadline < nextWake;
    }

    void disarm(int slot) {
        deadlines[slot] = NEVER;
    }

    /** Takes note of the wake-up that was asked for. */
    void woken() {
        nextWake = NEVER;
        pending = null;
    }

    /** The slot that is due and has been for longest, the lower of two equals; {@link #NONE} if nothing is. */
    int nextDue(long nowNanos) {
        int due = NONE;
        long earliest = nowNanos - originNanos;
        for (int slot = 0; slot < deadlines.length; slot++) {
            if (deadlines[slot] < earliest || (deadlines[slot] == earliest && due == NONE)) {
                due = slot;
                earliest = deadlines[slot];
            }
        }
        return due;
    }

    /** Whether one of the slots below this one is due. */
    boolean isDueBelow(int slots, long nowNanos) {
        for (int slot = 0; slot < slots; slot++) {
            if (deadlines[slot] <= nowNanos - originNanos) {
                return true;
            }
        }
        return false;
    }

    /** Asks for a wake-up at the earliest deadline, unless that has been done. Once at the end of each step. */
    void settle(long nowNanos) {
        if (!sooner && nextWake != NEVER && nowNanos - askedNanos < PUT_OFF_AFTER_NANOS) {
            return;
        }
        sooner = false;
        long earliest = NEVER;
        for (long deadline : deadlines) {
            earliest = Math.min(earliest, deadline);
        }
        if (earliest != nextWake) {
            askFor(earliest, nowNanos);
        }
    }

    private void askFor(long deadline, long nowNanos) {
        if (pending != null) {
            pending.cancel();
        }
        askedNanos = nowNanos;
        nextWake = deadline;
        pending = deadline == NEVER ? null : loop.schedule(wake, Math.max(0, deadline - (nowNanos - originNanos)));
    }
}
