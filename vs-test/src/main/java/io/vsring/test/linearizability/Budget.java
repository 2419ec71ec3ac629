package io.vsring.test.linearizability;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How long to look for an order before an object stays undecided. Immutable.
 *
 * <p>Steps give the same verdict on every machine. Too few leave histories undecided that are in order; each step may
 * cost about 200 bytes of memory, so too many may end in an {@link OutOfMemoryError}.
 */
public final class Budget {

    private static final long STEPS = 2_000_000;

    private final long stepsMax;
    private final @Nullable LongSupplier clockNanos;
    private final long deadlineNanos;

    private Budget(long stepsMax, @Nullable LongSupplier clockNanos, long deadlineNanos) {
        this.stepsMax = stepsMax;
        this.clockNanos = clockNanos;
        this.deadlineNanos = deadlineNanos;
    }

    /** Two million steps for each object. */
    public static Budget standard() {
        return ofSteps(STEPS);
    }

    /** So many steps for each object, each of them a question to the model, and a few more to come to an end. */
    public static Budget ofSteps(long stepsMax) {
        return new Budget(stepsMax, null, 0);
    }

    /** The same, but all objects together are given up when this time has passed from now on. */
    public Budget within(Duration time) {
        return within(time, System::nanoTime);
    }

    /** As {@link #within(Duration)}, on this clock, in nanoseconds. */
    public Budget within(Duration time, LongSupplier clock) {
        return new Budget(stepsMax, clock, clock.getAsLong() + time.toNanos());
    }

    /** Whether no more steps may be made after so many. */
    boolean isUsedUp(long steps) {
        return steps >= stepsMax || (clockNanos != null && clockNanos.getAsLong() - deadlineNanos >= 0);
    }
}
