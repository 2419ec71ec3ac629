package io.vsring.test.simulation;

import java.util.ArrayList;
import java.util.List;

/** Counts what happened; counts of several runs add up. */
public final class Coverage {
    private final long[] counts = new long[Sometimes.values().length];

    void saw(Sometimes what) {
        counts[what.ordinal()]++;
    }

    /** How often it happened. */
    public long count(Sometimes what) {
        return counts[what.ordinal()];
    }

    /** Adds what another run has seen. */
    public void add(Coverage other) {
        for (int index = 0; index < counts.length; index++) {
            counts[index] += other.counts[index];
        }
    }

    /** What happened less often than this. */
    public List<Sometimes> below(long floor) {
        List<Sometimes> rare = new ArrayList<>();
        for (Sometimes what : Sometimes.values()) {
            if (counts[what.ordinal()] < floor) {
                rare.add(what);
            }
        }
        return rare;
    }

    /** One line for each, with its count. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Sometimes what : Sometimes.values()) {
            String count = Long.toString(counts[what.ordinal()]);
            text.append(" ".repeat(Math.max(0, 10 - count.length())))
                    .append(count)
                    .append("  ")
                    .append(what)
                    .append('\n');
        }
        return text.toString();
    }
}
