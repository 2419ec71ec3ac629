package io.vsring.ring;

/** Lets one warning through in ten seconds, and counts the others. One thread. */
final class WarningPace {

    private static final long INTERVAL_NANOS = 10_000_000_000L;

    private long lastNanos;
    private boolean spoken;
    private long held;

    /** Whether to warn now; if not, the warning is counted. */
    boolean admits(long nowNanos) {
        if (spoken && nowNanos - lastNanos < INTERVAL_NANOS) {
            held++;
            return false;
        }
        spoken = true;
        lastNanos = nowNanos;
        return true;
    }

    /** Warnings that were not let through since the last that was; begins to count anew. */
    long takeHeld() {
        long count = held;
        held = 0;
        return count;
    }
}
