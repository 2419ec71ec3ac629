package io.vsring.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.vsring.autoconfigure.RingProperties;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.PropertiesPropertySourceLoader;
import org.springframework.boot.env.PropertySourceLoader;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.json.JsonMapper;

/** Whoever copies a block out of a document gets something that works. */
class DocumentedCodeTest {

    /** Those of tags, of observations with their keys, and of the beginning of reserved groups. */
    private static final Set<String> OTHER_NAMES = Set.of(
            "vs.",
            "vs.cluster",
            "vs.guarantee",
            "vs.sender",
            "vs.configuration",
            "vs.sequence",
            "vs.test.seed",
            "vs.page");

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(vs\\.[a-z<>.-]+)`");

    private static final Pattern DEPENDENCY = Pattern.compile("(?s)<dependency>.*?</dependency>");

    private static final String PROJECT = "docs/getting-started";

    static List<String> documents() throws IOException {
        return CodeBlock.documents();
    }

    /** {@code docs/testing.md} is made of pieces of tests, which run: a test of vs-test sees to that. */
    static List<String> documentsWithJava() throws IOException {
        return documents().stream()
                .filter(document -> !document.equals("docs/testing.md"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("documentsWithJava")
    void javaCompiles(String document, @TempDir Path classes) throws IOException {
        assertThat(DocumentedJava.errors(CodeBlock.of(document, "java"), classes))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void settingsExistAndHaveSuchValues(String document) throws IOException {
        List<String> errors = new ArrayList<>();
        for (CodeBlock block : CodeBlock.of(document, "yaml")) {
            bind(block, new YamlPropertySourceLoader(), errors);
        }
        for (CodeBlock block : CodeBlock.of(document, "properties")) {
            bind(block, new PropertiesPropertySourceLoader(), errors);
        }

        assertThat(errors).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void jsonIsJson(String document) throws IOException {
        List<String> errors = new ArrayList<>();
        for (CodeBlock block : CodeBlock.of(document, "json")) {
            try (MappingIterator<JsonNode> values =
                    JsonMapper.builder().build().readerFor(JsonNode.class).readValues(block.text())) {
                assertThat(values.readAll()).isNotEmpty();
            } catch (JacksonException e) {
                int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
                errors.add(block.at(line) + ": " + e.getOriginalMessage());
            }
        }

        assertThat(errors).isEmpty();
    }

    /** The references of properties and meters are compared with these by tests of their own. */
    @ParameterizedTest
    @MethodSource("documents")
    void propertiesAndMetersThatAreNamedExist(String document) throws IOException {
        Set<String> named = names(document, Pattern.compile("`(vs\\.[a-z][a-z.-]*)(?:=[^`]*)?`"));
        Set<String> known = names("docs/configuration.md", ROW);
        known.addAll(names("docs/metrics.md", ROW));
        if (document.equals("docs/decisions.md")) {
            return; // it names what was planned, and is not there
        }
        named.removeIf(name -> OTHER_NAMES.contains(name)
                || known.stream().anyMatch(each -> each.equals(name) || each.startsWith(name + ".")));

        assertThat(named).isEmpty();
    }

    private static Set<String> names(String document, Pattern pattern) throws IOException {
        return pattern.matcher(Files.readString(CodeBlock.root().resolve(document)))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** So that it is true that an application can be written from the README alone. */
    @Test
    void theReadmeHasAllOfTheProjectThatIsBuiltFromIt() throws IOException {
        List<String> blocks = new ArrayList<>();
        for (String language : List.of("java", "yaml")) {
            CodeBlock.of("README.md", language).forEach(block -> blocks.add(block.text()));
        }
        try (Stream<Path> files = Files.walk(CodeBlock.root().resolve(PROJECT + "/src/main"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(blocks).as(file.toString()).contains(Files.readString(file));
            }
        }
        String described = withoutIndentation(Files.readString(CodeBlock.root().resolve("README.md")));
        DEPENDENCY
                .matcher(withoutIndentation(Files.readString(CodeBlock.root().resolve(PROJECT + "/pom.xml"))))
                .results()
                .filter(dependency -> !dependency.group().contains("<scope>test</scope>"))
                .forEach(dependency -> assertThat(described).contains(dependency.group()));
    }

    private static String withoutIndentation(String text) {
        return text.replaceAll("(?m)^\\s+", "");
    }

    private static void bind(CodeBlock block, PropertySourceLoader loader, List<String> errors) throws IOException {
        byte[] bytes = block.text().getBytes(StandardCharsets.UTF_8);
        try {
            List<PropertySource<?>> sources = loader.load(block.at(1), new ByteArrayResource(bytes, block.at(1)));
            new Binder(ConfigurationPropertySources.from(sources), new PropertySourcesPlaceholdersResolver(sources))
                    .bind(
                            "vs",
                            Bindable.of(RingProperties.class),
                            new NoUnboundElementsBindHandler(BindHandler.DEFAULT));
        } catch (RuntimeException e) {
            Throwable cause = e;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            errors.add(block.at(1) + ": " + e.getMessage() + ": " + cause.getMessage());
        }
    }
}
