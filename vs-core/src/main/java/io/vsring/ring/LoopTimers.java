package io.vsring.ring;

import io.vsring.transport.LoopThread;
import java.util.Arrays;

/**
 * The deadlines of a loop, each in a slot of its own.
 *
 * <p>To set one later is only a write: the loop thread is asked to come at the earliest deadline that was known, finds
 * that it has moved, and asks again. So a timeout that is started anew with every token costs nothing. Loop thread
 * only.
 */
final class LoopTimers {

    /** No deadline, or no slot. */
    private static final long NEVER = Long.MAX_VALUE;

    /** As {@link #nextDue}: nothing is due. */
    static final int NONE = -1;

    private final LoopThread loop;
    private final Runnable wake;
    private final long originNanos;
    private final long[] deadlines; // from the origin, so that they compare as they are
    private long nextWake = NEVER;
    private int wakesUnderWay;

    /** @param wake is run by the loop when a deadline may be due; it is to call {@link #takeWake} first */
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
        if (deadline < nextWake) {
            askFor(deadline, nowNanos);
        }
    }

    void disarm(int slot) {
        deadlines[slot] = NEVER;
    }

    /** Whether the wake-up that comes now is the one that was asked for last; older ones are to be ignored. */
    boolean takeWake(long nowNanos) {
        wakesUnderWay--;
        if (nextWake <= nowNanos - originNanos) {
            nextWake = NEVER;
            return true;
        }
        if (wakesUnderWay == 0 && nextWake != NEVER) {
            askFor(nextWake, nowNanos); // a thread that comes early must come again
        }
        return false;
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

    /** Asks for a wake-up at the earliest deadline, unless that has been done. Once at the end of each wake-up. */
    void askAgain(long nowNanos) {
        long earliest = NEVER;
        for (long deadline : deadlines) {
            earliest = Math.min(earliest, deadline);
        }
        if (earliest < nextWake) {
            askFor(earliest, nowNanos);
        }
    }

    private void askFor(long deadline, long nowNanos) {
        nextWake = deadline;
        wakesUnderWay++;
        loop.schedule(wake, Math.max(0, deadline - (nowNanos - originNanos)));
    }
}
