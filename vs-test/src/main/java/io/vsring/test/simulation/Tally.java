package io.vsring.test.simulation;

import io.vsring.test.check.Violation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What came out of many schedules. */
public final class Tally {
    private final Coverage coverage = new Coverage();
    private final Map<String, List<Long>> seedsByPredicate = new TreeMap<>();
    private long[] steps = new long[1_024];
    private int schedules;
    private int counting;
    private int violations;
    private long events;

    /** Takes a result in. */
    public void add(RunResult result) {
        if (schedules == steps.length) {
            steps = Arrays.copyOf(steps, steps.length * 2);
        }
        steps[schedules++] = result.steps();
        events += result.steps();
        counting += result.counts() ? 1 : 0;
        coverage.add(result.coverage());
        Violation violation = result.violation();
        if (violation != null) {
            violations++;
            seedsByPredicate
                    .computeIfAbsent(violation.predicate(), predicate -> new ArrayList<>())
                    .add(result.schedule().seed().value());
        }
    }

    /** How many schedules were run. */
    public int schedules() {
        return schedules;
    }

    /** How many of them did enough to count. */
    public int counting() {
        return counting;
    }

    /** How many of them broke a claim. */
    public int violations() {
        return violations;
    }

    /** Events of all of them together. */
    public long events() {
        return events;
    }

    /** Events of the schedule in the middle. */
    public long medianEvents() {
        long[] sorted = Arrays.copyOf(steps, schedules);
        Arrays.sort(sorted);
        return schedules == 0 ? 0 : sorted[schedules / 2];
    }

    /** What happened in all of them. */
    public Coverage coverage() {
        return coverage;
    }

    /** Counts of everything, and which seeds broke which claim. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(coverage.toString());
        seedsByPredicate.forEach((predicate, seeds) -> text.append(predicate)
                .append(" violated ")
                .append(seeds.size())
                .append(" times: seeds ")
                .append(seeds.subList(0, Math.min(8, seeds.size())))
                .append('\n'));
        text.append(medianEvents()).append(" events in the median, ");
        text.append(counting).append(" of ").append(schedules).append(" schedules did enough to count\n");
        return text.toString();
    }
}
