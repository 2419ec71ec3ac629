package io.vsring.benchmarks;

import io.vsring.benchmarks.peer.Mode;
import java.util.concurrent.TimeUnit;

/**
 * The instants of a run, in nanoseconds of {@link System#nanoTime}. On Linux that is one clock for all processes.
 *
 * @param start the load begins
 * @param warm the load is warm; of an idle run, silence begins
 * @param from the measured window begins
 * @param until it ends, and the load with it
 */
record Schedule(long start, long warm, long from, long until) {

    static Schedule of(Plan plan, long start) {
        long warm = start + plan.warmNanos();
        long from = plan.mode() == Mode.IDLE ? warm + plan.measuredNanos() : warm;
        return new Schedule(start, warm, from, from + plan.measuredNanos());
    }

    /** The same, for as long as it takes. */
    Schedule withoutEnd() {
        return new Schedule(start, warm, from, from + TimeUnit.DAYS.toNanos(1));
    }

    boolean isMeasured(long now) {
        return now - from >= 0 && now - until < 0;
    }

    /** Waits for the instant. */
    static void await(long instant) throws InterruptedException {
        for (long left = instant - System.nanoTime(); left > 0; left = instant - System.nanoTime()) {
            Thread.sleep(left / 1_000_000, (int) (left % 1_000_000));
        }
    }
}
