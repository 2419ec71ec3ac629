package io.vsring.test.campaign;

import java.util.Map;
import java.util.TreeMap;

/** What clients did and faults were made, counted. Any thread. */
final class CampaignTally {

    private final Map<String, Map<String, Long>> operations = new TreeMap<>(); // guarded by this
    private final Map<String, Long> faults = new TreeMap<>(); // guarded by this
    private final Map<String, Long> lastDoneNanos = new TreeMap<>(); // guarded by this
    private final Map<String, Long> gapNanos = new TreeMap<>(); // guarded by this

    /** Counts an operation that has ended this way just now. */
    synchronized void operation(String kind, Reply reply) {
        String outcome = switch (reply.outcome()) {
            case DONE -> reply.reason();
            case REFUSED -> "refused:" + reply.reason();
            case UNKNOWN -> "unknown:" + reply.reason();
        };
        count(kind, outcome);
        if (reply.outcome() == Reply.Outcome.DONE) {
            long now = System.nanoTime();
            Long last = lastDoneNanos.put(kind, now);
            if (last != null) {
                gapNanos.merge(kind, now - last, Math::max);
            }
        }
    }

    /** Counts something else that clients did. */
    synchronized void count(String kind, String outcome) {
        operations.computeIfAbsent(kind, each -> new TreeMap<>()).merge(outcome, 1L, Long::sum);
    }

    /** Counts a fault, or what came of one. */
    synchronized void fault(String kind) {
        faults.merge(kind, 1L, Long::sum);
    }

    /** How many faults of this kind there were. */
    synchronized long faults(FaultKind kind) {
        return faults.getOrDefault(kind.name(), 0L);
    }

    /** How many calls were made of all kinds together. */
    synchronized long calls() {
        return operations.values().stream()
                .flatMap(each -> each.values().stream())
                .mapToLong(Long::longValue)
                .sum();
    }

    /** One line for people who wait. */
    synchronized String line() {
        return calls() + " calls, " + faults;
    }

    /** Some lines for people. */
    synchronized String page() {
        StringBuilder page = new StringBuilder("calls, and how they ended\n");
        operations.forEach((kind, outcomes) -> page.append(String.format("  %-14s %s%n", kind, outcomes)));
        page.append("longest time in which no call of a kind was carried out, ms\n  ");
        gapNanos.forEach((kind, nanos) ->
                page.append(kind).append('=').append(nanos / 1_000_000).append(' '));
        return page.append("\nfaults\n  ").append(faults).append('\n').toString();
    }
}
