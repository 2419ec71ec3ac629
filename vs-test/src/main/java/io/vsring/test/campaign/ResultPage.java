package io.vsring.test.campaign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** All rounds of a file together, on one page. */
final class ResultPage {

    private final List<RoundResult> rounds;

    ResultPage(List<RoundResult> rounds) {
        this.rounds = List.copyOf(rounds);
    }

    /** All rounds whose lines are in a file; none if it is not there. */
    static ResultPage of(Path results) throws IOException {
        List<String> lines = Files.exists(results) ? Files.readAllLines(results) : List.of();
        return new ResultPage(lines.stream()
                .filter(line -> !line.isBlank())
                .map(RoundResult::of)
                .toList());
    }

    /** A seed that none of them had. */
    long nextSeed() {
        return 1 + rounds.stream().mapToLong(RoundResult::seed).max().orElse(0);
    }

    /** Whether there are rounds, and nothing was wrong in any of them. */
    boolean isSound() {
        return !rounds.isEmpty()
                && rounds.stream().allMatch(each -> each.wrongs().isEmpty());
    }

    @Override
    public String toString() {
        long seconds = rounds.stream().mapToLong(RoundResult::seconds).sum();
        long calls = rounds.stream().mapToLong(RoundResult::calls).sum();
        int violations = rounds.stream().mapToInt(RoundResult::violations).sum();
        int undecided = rounds.stream().mapToInt(RoundResult::undecided).sum();
        int unproven = rounds.stream().mapToInt(RoundResult::unproven).sum();
        StringBuilder page = new StringBuilder();
        page.append(line(
                "%d rounds, %d:%02d h of faults, %d operations",
                rounds.size(), seconds / 3600, seconds / 60 % 60, calls));
        page.append(line("%-16s %8s %12s %8s %8s %8s", "fault", "proven", "recoveries", "p50 ms", "p99 ms", "max ms"));
        faults(page);
        rounds.stream()
                .map(RoundResult::sealing)
                .reduce(Sealing::plus)
                .ifPresent(all -> page.append("sealed with ").append(all).append('\n'));
        page.append("a process that lived as long as its round, from start to end\n");
        for (RoundResult each : rounds) {
            page.append(trend(each));
        }
        rounds.forEach(each -> each.wrongs().forEach(wrong -> page.append(wrong).append('\n')));
        return page.append(line(
                        "%s violations=%d undecided=%d unproven=%d",
                        isSound() ? "OK" : "WRONG", violations, undecided, unproven))
                .toString();
    }

    private void faults(StringBuilder page) {
        Map<String, Integer> proven = new TreeMap<>();
        Map<String, List<Long>> times = new TreeMap<>();
        List<Long> all = new ArrayList<>();
        for (RoundResult round : rounds) {
            round.faults().forEach((kind, count) -> proven.merge(kind, count, Integer::sum));
            round.recoveryMillis().forEach((kind, millis) -> {
                times.computeIfAbsent(kind, unused -> new ArrayList<>()).addAll(millis);
                all.addAll(millis);
            });
        }
        TreeSet<String> kinds = new TreeSet<>(proven.keySet());
        kinds.addAll(times.keySet());
        for (String kind : kinds) {
            page.append(row(kind, proven.getOrDefault(kind, 0), times.getOrDefault(kind, List.of())));
        }
        page.append(
                row("all", proven.values().stream().mapToInt(Integer::intValue).sum(), all));
    }

    private static String row(String kind, int proven, List<Long> millis) {
        List<Long> sorted = millis.stream().sorted().toList();
        return line(
                "%-16s %8d %12d %8s %8s %8s",
                kind, proven, sorted.size(), quantile(sorted, 50), quantile(sorted, 99), quantile(sorted, 100));
    }

    /** The smallest that so many percent are not above. */
    private static String quantile(List<Long> sorted, int percent) {
        return sorted.isEmpty()
                ? "-"
                : Long.toString(sorted.get(Math.max(0, (sorted.size() * percent + 99) / 100 - 1)));
    }

    private static String trend(RoundResult round) {
        ProcessView.Resources start = round.trend().start();
        ProcessView.Resources end = round.trend().end();
        return line(
                "  seed %d, %d s: memory %d > %d MB, threads %d > %d, descriptors %d > %d",
                round.seed(),
                round.seconds(),
                start.memoryKilobytes() / 1024,
                end.memoryKilobytes() / 1024,
                start.threads(),
                end.threads(),
                start.descriptors(),
                end.descriptors());
    }

    private static String line(String format, Object... values) {
        return String.format(Locale.ROOT, format, values) + "\n";
    }
}
