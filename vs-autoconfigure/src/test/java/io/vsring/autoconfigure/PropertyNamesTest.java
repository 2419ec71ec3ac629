package io.vsring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Texts tell people which property to set, so there must be one of that name. */
class PropertyNamesTest {

    private static final Pattern LITERAL = Pattern.compile("\"(?:[^\"\\\\\n]|\\\\.)*\"");
    private static final Pattern NAME = Pattern.compile("(?<![\\w.-])vs\\.[a-z][a-z-]*(?:\\.[a-z][a-z-]*)*");

    /** Names that begin like ours and are none: the mutants' switch, the id of our own listener, a group. */
    private static final Set<String> NO_PROPERTIES = Set.of("vs.mutant", "vs.events", "vs.replicated", "vs.page");

    /** Where names begin like ours that are not those of properties: of meters, observations and groups. */
    private static final Pattern OTHER_NAMES = Pattern.compile(".*(Meters|/observation/\\w+|ReservedGroups)\\.java");

    @Test
    void everyPropertyThatATextNamesExists() throws IOException {
        Map<String, String> named = new TreeMap<>();
        for (String module : new String[] {"vs-core", "vs-autoconfigure"}) {
            try (Stream<Path> files = Files.walk(sources(module))) {
                files.filter(file -> file.toString().endsWith(".java"))
                        .filter(file -> !OTHER_NAMES.matcher(file.toString()).matches())
                        .forEach(file -> namesIn(file).forEach(name -> named.put(name, file.toString())));
            }
        }

        named.keySet().removeAll(properties());
        named.keySet().removeAll(NO_PROPERTIES);

        assertThat(named).isEmpty();
    }

    private static Path sources(String module) {
        return Path.of(System.getProperty("basedir", "."), "..", module, "src", "main", "java");
    }

    private static Stream<String> namesIn(Path file) {
        try {
            return LITERAL.matcher(Files.readString(file))
                    .results()
                    .flatMap(literal -> NAME.matcher(literal.group()).results())
                    .map(MatchResult::group);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> properties() throws IOException {
        try (InputStream metadata = Objects.requireNonNull(PropertyNamesTest.class
                .getClassLoader()
                .getResourceAsStream("META-INF/spring-configuration-metadata.json"))) {
            return JsonMapper.builder()
                    .build()
                    .readTree(metadata)
                    .get("properties")
                    .valueStream()
                    .map(property -> property.get("name").asString())
                    .collect(Collectors.toSet());
        }
    }
}
