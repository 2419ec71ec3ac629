package io.vsring.benchmarks.scoreboard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What came of runs: a file with a line of JSON for each, to which others are added by other calls. */
final class Results {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path file;
    private final Map<String, List<JsonNode>> lines = new LinkedHashMap<>();

    private Results(Path file) {
        this.file = file;
    }

    /**
     * Reads what is there of one state of the code.
     *
     * @throws IllegalArgumentException if a line is none of these
     */
    static Results read(Path file, String code) throws IOException {
        Results results = new Results(file);
        if (Files.exists(file)) {
            int number = 0;
            for (String text : Files.readAllLines(file)) {
                number++;
                JsonNode line;
                try {
                    line = JSON.readTree(text);
                } catch (RuntimeException e) {
                    throw new IllegalArgumentException(file + ":" + number + " is no line of JSON: " + text, e);
                }
                if (line.path("code").asString("").equals(code)) {
                    results.keep(line);
                }
            }
        }
        return results;
    }

    private void keep(JsonNode line) {
        lines.computeIfAbsent(line.path("run").asString(""), name -> new ArrayList<>())
                .add(line);
    }

    /** How often it has been run. */
    int count(Run run) {
        return lines.getOrDefault(run.name(), List.of()).size();
    }

    /**
     * Adds one, to the file too.
     *
     * @param head what is known of the machine and the code
     * @param summary the JSON line that the run ended with
     */
    void add(Map<String, String> head, Run run, String summary) throws IOException {
        ObjectNode line = JSON.createObjectNode();
        head.forEach(line::put);
        line.put("run", run.name());
        line.set("result", JSON.readTree(summary));
        keep(line);
        Files.writeString(
                file,
                JSON.writeValueAsString(line) + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.APPEND);
    }

    /** The median of a figure over all windows; empty if there is none. */
    OptionalDouble median(Run run, String key) {
        double[] sorted = lines.getOrDefault(run.name(), List.of()).stream()
                .map(line -> line.path("result").path(key))
                .filter(JsonNode::isNumber)
                .mapToDouble(JsonNode::asDouble)
                .sorted()
                .toArray();
        if (sorted.length == 0) {
            return OptionalDouble.empty();
        }
        int middle = sorted.length / 2;
        return OptionalDouble.of(sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2);
    }
}
