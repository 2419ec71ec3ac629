package io.vsring.test.simulation;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Counts what happened, and in how many runs it did; counts of several runs add up. */
public final class Coverage {
    private final long[] counts = new long[Sometimes.values().length];
    private final TreeMap<String, Long> reasons = new TreeMap<>();
    private final TreeMap<String, Long> runs = new TreeMap<>();

    void saw(Sometimes what) {
        counts[what.place()]++;
    }

    void saw(Sometimes what, long times) {
        counts[what.place()] += times;
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

    /** Adds what one run has seen. */
    public void add(Coverage run) {
        for (Sometimes what : Sometimes.values()) {
            counts[what.place()] += run.count(what);
            if (run.count(what) > 0) {
                runs.merge(what.name(), 1L, Long::sum);
            }
        }
        run.reasons.forEach((reason, count) -> {
            reasons.merge(reason, count, Long::sum);
            runs.merge(reason, 1L, Long::sum);
        });
    }

    /** In how many of the runs that were added it happened: the name of one of {@link Sometimes}, or a reason. */
    public long runs(String what) {
        return runs.getOrDefault(what, 0L);
    }

    /** One line for each, with its count and in how many schedules it happened. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Sometimes what : Sometimes.values()) {
            line(text, counts[what.place()], what.toString());
        }
        reasons.forEach((reason, count) -> line(text, count, reason));
        return text.toString();
    }

    private void line(StringBuilder text, long count, String what) {
        text.append(String.format(Locale.ROOT, "%10d in %6d schedules  %s%n", count, runs(what), what));
    }
}
