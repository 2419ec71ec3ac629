package io.vsring.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules of docs/protocol.md, the code that keeps them and the tests that prove them say the same. */
class ProtocolRulesTest {

    private static final Path PAGE = Path.of("../docs/protocol.md");
    private static final List<Path> CODE = List.of(
            Path.of("src/main/java/io/vsring/protocol"),
            Path.of("src/main/java/io/vsring/wire"),
            Path.of("src/main/java/io/vsring/ring"));
    private static final List<Path> TESTS = List.of(Path.of("src/test"), Path.of("../vs-test/src/test"));

    private static final String ID = "(?:ORD|FLOW|MEM|REC|DEV)-\\d+";
    private static final Pattern ROW = Pattern.compile("^\\| (" + ID + ") \\|");
    private static final Pattern MENTION = Pattern.compile("\\b(" + ID + ")\\b");
    private static final Pattern CITATION = Pattern.compile("\\[(" + ID + ")\\]");

    private final Map<String, Set<String>> rules = places(ROW, List.of(PAGE));

    @Test
    void everyRuleIsCitedWhereTheCodeKeepsIt() {
        assertThat(rulesMissingIn(places(CITATION, CODE)))
                .as("rules that no code cites, and where they stand")
                .isEmpty();
    }

    @Test
    void everyRuleIsCitedByATestThatABreachWouldTurnRed() {
        assertThat(rulesMissingIn(places(CITATION, TESTS)))
                .as("rules that no test cites, and where they stand")
                .isEmpty();
    }

    private Map<String, Set<String>> rulesMissingIn(Map<String, Set<String>> citations) {
        Map<String, Set<String>> missing = new TreeMap<>(rules);
        missing.keySet().removeAll(citations.keySet());
        return missing;
    }

    @Test
    void nobodyCitesARuleThatThePageLacks() {
        assertThat(unknownIn(places(CITATION, CODE))).as("cited by code").isEmpty();
        assertThat(unknownIn(places(CITATION, TESTS))).as("cited by tests").isEmpty();
        assertThat(unknownIn(places(MENTION, List.of(PAGE))))
                .as("mentioned by the page")
                .isEmpty();
    }

    private Map<String, Set<String>> unknownIn(Map<String, Set<String>> citations) {
        Map<String, Set<String>> unknown = new TreeMap<>(citations);
        unknown.keySet().removeAll(rules.keySet());
        return unknown;
    }

    @Test
    void rulesAreNumberedWithoutGaps() {
        List<String> found = lines(PAGE).stream()
                .flatMap(line -> ROW.matcher(line).results())
                .map(row -> row.group(1))
                .toList();

        Map<String, Integer> last = new TreeMap<>();
        List<String> expected = new ArrayList<>();
        for (String rule : found) {
            String family = rule.substring(0, rule.indexOf('-'));
            expected.add(family + "-" + last.merge(family, 1, Integer::sum));
        }

        assertThat(found).as("the rules of %s in their order", PAGE).isEqualTo(expected);
        assertThat(last).containsOnlyKeys("DEV", "FLOW", "MEM", "ORD", "REC");
    }

    /** Each id that the pattern finds in these files and folders, with the lines on which it is. */
    private static Map<String, Set<String>> places(Pattern pattern, List<Path> roots) {
        Map<String, Set<String>> places = new TreeMap<>();
        for (Path root : roots) {
            for (Path file : files(root)) {
                int number = 0;
                for (String line : lines(file)) {
                    String place = file + ":" + ++number;
                    pattern.matcher(line)
                            .results()
                            .map(found -> found.group(1))
                            .forEach(id -> places.computeIfAbsent(id, first -> new TreeSet<>())
                                    .add(place));
                }
            }
        }
        return places;
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().matches(".*\\.(java|txt|md)"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
