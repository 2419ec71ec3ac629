package io.vsring.test.simulation;

import io.vsring.test.check.Violation;
import org.jspecify.annotations.Nullable;

/**
 * How a schedule went.
 *
 * @param schedule which one
 * @param violation what was found wrong; null if nothing was
 * @param steps how many events it took
 * @param messages how many messages were accepted
 * @param changes how many rings were installed after the one that first held all
 * @param hash stands for the whole run
 * @param coverage what happened in it
 */
public record RunResult(
        Schedule schedule,
        @Nullable Violation violation,
        long steps,
        long messages,
        long changes,
        long hash,
        Coverage coverage) {
    static final int EVENTS_LEAST = 2_000;
    private static final int MESSAGES_LEAST = 50;

    /**
     * Whether the schedule did enough to count: 2,000 events, 50 messages, and a change after all had been together.
     */
    public boolean counts() {
        return steps >= EVENTS_LEAST && messages >= MESSAGES_LEAST && changes >= 1;
    }
}
