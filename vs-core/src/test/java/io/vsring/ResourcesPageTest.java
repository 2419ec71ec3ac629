package io.vsring;

import static org.assertj.core.api.Assertions.assertThat;

import io.vsring.replicated.ReplicatedObjects;
import io.vsring.ring.RingStatistics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@code docs/resources.md} names is there: resources, constants, classes and the tests that fill them. */
class ResourcesPageTest {

    private static final Path PAGE = Path.of("../docs/resources.md");
    private static final int COLUMNS = 6;

    @Test
    void eachResourceThatIsCountedHasARowAndNoOtherIsNamed() throws IOException {
        Set<String> counted = new TreeSet<>(RingStatistics.resources());
        counted.addAll(ReplicatedObjects.resources());
        Set<String> named = new TreeSet<>();
        for (List<String> row : rows()) {
            if (row.get(4).contains("resource")) {
                named.addAll(found("`([a-z]+(?:-[a-z]+)*)`", row.get(4)));
            }
        }

        assertThat(named).isEqualTo(counted);
    }

    @Test
    void constantsAndClassesAndTestsAreThere() throws IOException {
        Map<String, Path> sources = sources();
        for (List<String> row : rows()) {
            assertThat(row).as(row.toString()).hasSize(COLUMNS).noneMatch(String::isBlank);
            assertThat(row.get(COLUMNS - 1)).as("who fills '%s'", row.get(0)).contains("Test`");
            for (String constant : found("`([A-Z][A-Za-z]+\\.[A-Z_]+)`", row.get(2))) {
                String[] parts = constant.split("\\.", -1);
                assertThat(sources).as(constant).containsKey(parts[0]);
                assertThat(Files.readString(sources.get(parts[0])))
                        .as(constant)
                        .containsPattern("\\b" + parts[1] + " =");
            }
            assertThat(found("`(\\w+)`", row.get(COLUMNS - 1)))
                    .as("who fills '%s'", row.get(0))
                    .allMatch(sources::containsKey);
            assertThat(found("`([A-Z]\\w+)[.`]", row.get(1))).allMatch(sources::containsKey);
            for (String field : found("`([A-Z]\\w+\\.[a-z]\\w+)`", row.get(1))) {
                String[] parts = field.split("\\.", -1);
                assertThat(Files.readString(sources.get(parts[0]))).as(field).containsPattern("\\b" + parts[1] + " =");
            }
            assertThat(row.get(4)).as("where '%s' is seen", row.get(0)).containsPattern("\\w{3}");
        }
    }

    private static List<List<String>> rows() throws IOException {
        List<List<String>> rows = new ArrayList<>();
        for (String line : Files.readAllLines(PAGE)) {
            if (line.startsWith("| ") && !line.startsWith("| what |") && !line.startsWith("| ---")) {
                rows.add(Arrays.stream(line.substring(2, line.length() - 2).split(" \\| ", -1))
                        .toList());
            }
        }
        assertThat(rows).hasSizeGreaterThan(30);
        return rows;
    }

    private static Set<String> found(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult result) -> result.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Of all modules, by the names of their classes. */
    private static Map<String, Path> sources() throws IOException {
        Map<String, Path> sources = new HashMap<>();
        for (String module : List.of("vs-core", "vs-autoconfigure", "vs-test")) {
            try (Stream<Path> files = Files.walk(Path.of("..", module, "src"))) {
                files.filter(file -> file.toString().endsWith(".java"))
                        .forEach(file ->
                                sources.put(file.getFileName().toString().replace(".java", ""), file));
            }
        }
        return sources;
    }
}
