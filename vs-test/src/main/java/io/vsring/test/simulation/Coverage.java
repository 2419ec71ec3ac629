package io.vsring.test.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts what happened; counts of several runs add up. */
public final class Coverage {
    private final long[] counts = new long[Sometimes.values().length];
    private final TreeMap<String, Long> reasons = new TreeMap<>();

    void saw(Sometimes what) {
        counts[what.place()]++;
    }

    /** Reasons that members counted themselves, under the name of what they are reasons for. */
    void saw(String what, Map<String, Long> counted) {
        counted.forEach((reason, count) -> reasons.merge(what + " " + reason, count, Long::sum));
    }

    /** How often members did something for this reason. */
    public long count(String what, String reason) {
        return reasons.getOrDefault(what + " " + reason, 0L);
    }

    /** How often it happened. */
    public long count(Sometimes what) {
        return counts[what.place()];
    }

    /** Adds what another run has seen. */
    public void add(Coverage other) {
        for (int index = 0; index < counts.length; index++) {
            counts[index] += other.counts[index];
        }
        other.reasons.forEach((reason, count) -> reasons.merge(reason, count, Long::sum));
    }

    /** What happened less often than this. */
    public List<Sometimes> below(long floor) {
        List<Sometimes> rare = new ArrayList<>();
        for (Sometimes what : Sometimes.values()) {
            if (counts[what.place()] < floor) {
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
            line(text, counts[what.place()], what.toString());
        }
        reasons.forEach((reason, count) -> line(text, count, reason));
        return text.toString();
    }

    private static void line(StringBuilder text, long count, String what) {
        String number = Long.toString(count);
        text.append(" ".repeat(Math.max(0, 10 - number.length())));
        text.append(number).append("  ").append(what).append('\n');
    }
}
