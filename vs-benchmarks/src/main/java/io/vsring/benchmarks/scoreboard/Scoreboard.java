package io.vsring.benchmarks.scoreboard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Runs what has not been run yet, contestants in turn, and shows all there is. What was cut short lacks its last run
 * only.
 */
public final class Scoreboard {

    private static final int MEMBERS = 3;

    /** Makes one run. */
    public interface Runner {

        /**
         * Carries it out.
         *
         * @return its last line: the ring as a whole
         * @throws RuntimeException if it failed
         */
        String run(String verb, List<String> options) throws IOException, InterruptedException;
    }

    /**
     * How to go about it.
     *
     * @param folder where results are read and written
     * @param code the state of the code; results of others are left alone
     * @param windows how often each run is made
     * @param only a part of the ids of the charts to run; empty for all
     * @param scripts a folder with scripts for peers that are no libraries; empty for none
     * @param further options of each run
     */
    public record Order(Path folder, String code, int windows, String only, Path scripts, List<String> further) {

        public Order {
            further = List.copyOf(further);
        }
    }

    private final Order order;
    private final Runner runner;
    private final List<Chart> charts;
    private final Scripts scripts;
    private int failed;

    /** @throws IllegalArgumentException if there is no such chart */
    public Scoreboard(Order order, Runner runner) {
        this.order = order;
        this.runner = runner;
        this.scripts = new Scripts(order.scripts());
        this.charts = Charts.all();
        if (charts.stream().noneMatch(this::isWanted)) {
            throw new IllegalArgumentException("--only must be a part of one of "
                    + charts.stream().map(Chart::id).toList() + ", not '" + order.only() + "'");
        }
    }

    /** All runs but those of scripts, each as its command and its options. */
    public static List<List<String>> runs() {
        return Charts.all().stream()
                .flatMap(chart -> chart.runs().stream())
                .filter(run -> !Scripts.runs(run))
                .distinct()
                .map(run -> Stream.concat(Stream.of(run.verb()), run.options(MEMBERS, List.of()).stream())
                        .toList())
                .toList();
    }

    private boolean isWanted(Chart chart) {
        return chart.id().contains(order.only());
    }

    /**
     * Runs, and writes the page and its plots after each run.
     *
     * @return the exit code: 0 if no run failed
     */
    public int run() throws IOException, InterruptedException {
        Files.createDirectories(order.folder());
        Results results = Results.read(order.folder().resolve("results.jsonl"), order.code());
        Set<Run> runs = new LinkedHashSet<>();
        charts.stream().filter(this::isWanted).forEach(chart -> runs.addAll(chart.runs()));
        Namespaces namespaces = Namespaces.make(MEMBERS);
        Runtime.getRuntime().addShutdownHook(new Thread(namespaces::remove)); // whoever stops this, too
        for (int window = 1; window <= order.windows(); window++) {
            run(window, runs, results);
        }
        return failed == 0 ? 0 : 1;
    }

    private void run(int window, Set<Run> runs, Results results) throws IOException, InterruptedException {
        List<Run> open = runs.stream()
                .filter(run -> results.count(run) < window)
                .filter(run -> !Scripts.runs(run) || scripts.isThere(run))
                .toList();
        for (int at = 0; at < open.size(); at++) {
            System.err.println("window " + window + " of " + order.windows() + ", run " + (at + 1) + " of "
                    + open.size() + ": " + open.get(at).name());
            measure(open.get(at), results);
            write(results);
        }
    }

    private void measure(Run run, Results results) throws IOException, InterruptedException {
        try {
            String summary = Scripts.runs(run)
                    ? scripts.run(run)
                    : runner.run(run.verb(), run.options(MEMBERS, order.further()));
            results.add(head(), run, summary);
        } catch (RuntimeException e) {
            failed++; // a peer that does not come together must not end the others' runs
            System.err.println(run.name() + " failed: " + e.getMessage());
        }
    }

    private void write(Results results) throws IOException {
        Files.writeString(order.folder().resolve("scoreboard.md"), new Page(results).markdown(charts, head()));
        for (Chart chart : charts) {
            Files.writeString(order.folder().resolve(chart.id() + ".svg"), new Plot(results).svg(chart));
        }
    }

    private Map<String, String> head() throws IOException {
        Map<String, String> head = new LinkedHashMap<>();
        head.put("at", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        head.put("code", order.code());
        head.put("java", System.getProperty("java.version", ""));
        head.put("machine", machine());
        return head;
    }

    private static String machine() throws IOException {
        String model = "unknown processor";
        Path cpus = Path.of("/proc/cpuinfo");
        if (Files.exists(cpus)) {
            model = Files.readAllLines(cpus).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(model);
        }
        return Runtime.getRuntime().availableProcessors() + " x " + model + ", " + System.getProperty("os.name", "")
                + " " + System.getProperty("os.version", "");
    }
}
