package io.vsring.benchmarks.scoreboard;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Peers that are no libraries of Java, or not of a version that goes with the others: scripts in a folder start and
 * call them, and write a line of JSON for each member.
 */
final class Scripts {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** A peer, and a file that is there if it has been set up. */
    private static final Map<String, String> PEERS = Map.of(
            "corosync", "corosync/cpgb",
            "corosync_rr", "corosync/cpgb",
            "corosync_aes", "corosync/cpgb",
            "redis", "lib/redis/jars",
            "zookeeper", "lib/zk/jars",
            "hazelcast_cp", "lib/hz53/jars");

    private final Path folder;

    /** @param folder of the scripts; there need be none */
    Scripts(Path folder) {
        this.folder = folder;
    }

    /** Whether the peer of this run is one of these. */
    static boolean runs(Run run) {
        return PEERS.containsKey(options(run).getOrDefault("peer", ""));
    }

    /** Whether it has been set up. */
    boolean isThere(Run run) {
        return !folder.toString().isEmpty()
                && Files.exists(folder.resolve(PEERS.getOrDefault(options(run).getOrDefault("peer", ""), "none")));
    }

    private static Map<String, String> options(Run run) {
        Map<String, String> options = new LinkedHashMap<>();
        for (int at = 1; at + 1 < run.words().size(); at += 2) {
            options.put(run.words().get(at).substring(2), run.words().get(at + 1));
        }
        return options;
    }

    /**
     * Carries it out.
     *
     * @return a line of JSON with the figures of all members together
     * @throws IllegalStateException if the script fails, or says nothing
     */
    String run(Run run) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("bash"));
        command.addAll(command(run));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = process.waitFor();
        List<JsonNode> lines = said.lines()
                .filter(line -> line.startsWith("{"))
                .map(JSON::readTree)
                .toList();
        if (lines.isEmpty()) {
            throw new IllegalStateException(
                    String.join(" ", command) + " ended with exit code " + code + " and no line of JSON");
        }
        return summary(run, lines);
    }

    /** The words of the script that does the same. */
    static List<String> command(Run run) {
        Map<String, String> options = options(run);
        String peer = options.getOrDefault("peer", "");
        String plan = ":" + options.getOrDefault("in-flight", "1") + ":3";
        List<String> calls = List.of("--warm", "20", "--secs", "5");
        List<String> words = new ArrayList<>();
        switch (peer) {
            case "redis" -> words.addAll(List.of("redis/run.sh", "--plan", "lock" + plan));
            case "zookeeper" -> words.addAll(List.of("zookeeper/run.sh", "--plan", "lock" + plan));
            case "hazelcast_cp" -> {
                String what = run.verb().equals("counter") ? "ctr" : "lock";
                words.addAll(List.of("hazelcast/run.sh", "--ver", "53", "--cp", "1", "--plan", what + plan));
            }
            default -> {
                words.addAll(List.of("corosync/run.sh", "--size", options.getOrDefault("size", "64")));
                words.addAll(List.of("--rt", peer.equals("corosync_rr") ? "yes" : "no"));
                words.addAll(List.of("--mtu", run.net() == Net.LOOPBACK ? "65000" : "1500"));
                words.addAll(List.of("--crypto", peer.equals("corosync_aes") ? "aes256" : "none"));
                words.addAll(corosync(run, options));
                return words;
            }
        }
        words.addAll(calls);
        return words;
    }

    private static List<String> corosync(Run run, Map<String, String> options) {
        List<String> windows = List.of("--warm", "2", "--secs", "4");
        List<String> words = new ArrayList<>();
        switch (run.verb()) {
            case "throughput" -> words.addAll(List.of("--senders", options.getOrDefault("senders", "3")));
            case "idle" -> words.addAll(List.of("--mode", "lat", "--rate", "4"));
            default ->
                words.addAll(
                        options.getOrDefault("in-flight", "1").equals("1")
                                ? List.of("--mode", "lat")
                                : List.of("--senders", "1", "--window", options.getOrDefault("in-flight", "1")));
        }
        words.addAll(windows);
        return words;
    }

    private static String summary(Run run, List<JsonNode> lines) {
        ObjectNode summary = JSON.createObjectNode().put("peer", options(run).getOrDefault("peer", ""));
        numbers(lines, "msgs_per_s").average().ifPresent(value -> summary.put("msgs_per_s", value));
        double calls = numbers(lines, "ops_per_s").sum();
        summary.put(run.verb().equals("locks") ? "locks_per_s" : "ops_per_s", calls);
        for (String percentile : List.of("p50_us", "p99_us")) {
            OptionalDouble worst =
                    numbers(lines, percentile).filter(value -> value > 0).max();
            worst.ifPresent(value -> summary.put(percentile, value));
        }
        return JSON.writeValueAsString(summary);
    }

    private static DoubleStream numbers(List<JsonNode> lines, String name) {
        return lines.stream()
                .map(line -> line.path(name))
                .filter(JsonNode::isNumber)
                .mapToDouble(JsonNode::asDouble);
    }
}
