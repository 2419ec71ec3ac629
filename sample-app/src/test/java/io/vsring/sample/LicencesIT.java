package io.vsring.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The licences of all dependencies, read from the bills of materials that the build has made. A licence has its SPDX
 * identifier, or where there is none the name that the library gives. docs/decisions.md says why these are allowed.
 */
class LicencesIT {

    private static final List<String> PUBLISHED =
            List.of("vs-core", "vs-autoconfigure", "vs-test", "vs-spring-boot-starter", "vs-spring-boot-starter-test");

    private static final Set<String> ALLOWED = Set.of("Apache-2.0", "MIT", "BSD-2-Clause", "BSD-3-Clause", "EPL-2.0");

    /** JUnit 4 and JMH, which nobody gets from us. */
    private static final Set<String> ALLOWED_IF_NOT_SHIPPED =
            Set.of("EPL-1.0", "GNU General Public License (GPL), version 2, with the Classpath exception", "MIT-0");

    private static final String ADVICE = """
            Take another library, or leave it out. If the licence is one that an application with closed \
            sources can live with: read it, write into docs/decisions.md why it is allowed, and add it to LicencesIT.\
            """;

    private final JsonMapper json = JsonMapper.builder().build();

    @Test
    void whatIsShippedMayBeShipped() throws IOException {
        Set<String> refused = new TreeSet<>();
        for (String module : PUBLISHED) {
            refused.addAll(refused(module, "bom.json", ALLOWED));
        }

        assertThat(refused).as(ADVICE).isEmpty();
    }

    @Test
    void whatTestsAndMeasurementsUseMayBeUsed() throws IOException {
        Set<String> allowed =
                Stream.of(ALLOWED, ALLOWED_IF_NOT_SHIPPED).flatMap(Set::stream).collect(Collectors.toSet());
        Set<String> refused = new TreeSet<>();
        for (String module : builtModules()) {
            refused.addAll(refused(module, "licences.json", allowed));
        }

        assertThat(refused).as(ADVICE).isEmpty();
    }

    /** One line for each library with none of these licences; of several that it offers, one is enough. */
    private List<String> refused(String module, String file, Set<String> allowed) throws IOException {
        JsonNode components =
                json.readTree(Files.readString(folder(module).resolve(file))).required("components");
        assertThat(components.size()).as(module).isPositive();
        List<String> refused = new ArrayList<>();
        for (JsonNode component : components) {
            List<String> licences = licences(component);
            if (licences.stream().noneMatch(allowed::contains)) {
                refused.add("%s:%s:%s in %s: %s, not one of %s"
                        .formatted(
                                component.path("group").asString(),
                                component.required("name").asString(),
                                component.required("version").asString(),
                                module,
                                licences.isEmpty() ? "no licence in its pom" : String.join(" or ", licences),
                                new TreeSet<>(allowed)));
            }
        }
        return refused;
    }

    private static List<String> licences(JsonNode component) {
        List<String> licences = new ArrayList<>();
        for (JsonNode choice : component.path("licenses")) {
            JsonNode licence = choice.path("license");
            if (licence.has("id")) {
                licences.add(licence.get("id").asString());
            } else if (licence.has("name")) {
                licences.add(licence.get("name").asString());
            } else {
                licences.add(choice.path("expression").asString());
            }
        }
        return licences;
    }

    /** With the sample come all modules that are published; the benchmarks only in a build of everything. */
    private static List<String> builtModules() throws IOException {
        try (Stream<Path> modules = Files.list(CodeBlock.root())) {
            return modules.map(module -> module.getFileName().toString())
                    .filter(module -> Files.exists(folder(module).resolve("licences.json")))
                    .toList();
        }
    }

    private static Path folder(String module) {
        return CodeBlock.root().resolve(module).resolve(System.getProperty("build.folder"));
    }
}
