package io.vsring.benchmarks;

/** The longest time in which a member was given nothing. Told by one thread at a time. */
final class Silence {

    private static final long NEVER = Long.MIN_VALUE;

    private volatile long from;
    private volatile boolean isCounted;
    private long lastNanos = NEVER;
    private long longestNanos;

    /** It counts if it ends after this instant, in nanoseconds of {@link System#nanoTime}. Any thread, before that. */
    void countFrom(long instant) {
        from = instant;
        isCounted = true;
    }

    /** Whether anybody wants to know. */
    boolean isCounted() {
        return isCounted;
    }

    /** The member has been given something. */
    void ends(long now) {
        if (lastNanos != NEVER && now - from >= 0) {
            longestNanos = Math.max(longestNanos, now - lastNanos);
        }
        lastNanos = now;
    }

    /** When nothing is told any more. */
    double longestMillis() {
        return longestNanos / 1e6;
    }
}
