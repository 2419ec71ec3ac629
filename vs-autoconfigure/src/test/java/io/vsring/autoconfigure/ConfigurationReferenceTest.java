package io.vsring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.vsring.autoconfigure.RingProperties.ReplicatedCounterSettings;
import io.vsring.autoconfigure.RingProperties.ReplicatedMapSettings;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.ClassUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code docs/configuration.md} is what the metadata of the properties says. */
class ConfigurationReferenceTest {

    private static final Path DOCUMENT = Path.of(System.getProperty("basedir", "."), "../docs/configuration.md");
    private static final String BEGIN = "<!-- from here on written by ConfigurationReferenceTest -->\n";

    /** With {@code -Dvs.docs.write=true} the page is written anew, below its introduction. */
    @Test
    void everyPropertyIsDocumented() throws IOException {
        String page = Files.readString(DOCUMENT);
        String introduction = page.substring(0, page.indexOf(BEGIN) + BEGIN.length());
        String expected = introduction + reference();
        if (Boolean.getBoolean("vs.docs.write")) {
            Files.writeString(DOCUMENT, expected);
        }

        assertThat(Files.readString(DOCUMENT))
                .as("run this test with -Dvs.docs.write=true, and read what it has written")
                .isEqualTo(expected);
    }

    /**
     * A line of the reference.
     *
     * @param group under which it stands
     */
    private record Row(String group, String name, String type, String fallback, String description) {

        @Override
        public String toString() {
            return "| `" + name + "` | " + type + " | " + fallback + " | " + description + " |\n";
        }
    }

    private static String reference() throws IOException {
        List<Row> rows = new ArrayList<>();
        for (JsonNode property : metadata().get("properties")) {
            String name = property.get("name").asString();
            if (name.startsWith("vs.") && !property.get("type").asString().startsWith("java.util.Map<")) {
                rows.add(row(name, property));
            }
        }
        rows.addAll(entries("vs.maps.<name>", ReplicatedMapSettings.class));
        rows.addAll(entries("vs.security.keys[]", RingProperties.Security.Key.class));
        rows.addAll(entries("vs.counters.<name>", ReplicatedCounterSettings.class));
        StringBuilder text = new StringBuilder();
        rows.stream()
                .sorted(Comparator.comparing(Row::name))
                .collect(Collectors.groupingBy(Row::group, TreeMap::new, Collectors.toList()))
                .forEach((group, members) -> {
                    text.append("\n## `").append(group).append("`\n\n");
                    text.append("| property | type | default | |\n| --- | --- | --- | --- |\n");
                    members.forEach(text::append);
                });
        return text.toString();
    }

    private static Row row(String name, JsonNode property) {
        String type = property.get("type").asString();
        JsonNode fallback = property.get("defaultValue");
        String group = name.substring(0, name.lastIndexOf('.'));
        String text = fallback == null ? "" : "`" + fallback.asString() + "`";
        return new Row(
                group, name, type(type), text, property.get("description").asString());
    }

    /** What is said of the entries of a map of properties, which the metadata leaves out. */
    private static List<Row> entries(String group, Class<? extends Record> settings) throws IOException {
        var parameters = settings.getDeclaredConstructors()[0].getParameters();
        RecordComponent[] components = settings.getRecordComponents();
        List<Row> rows = new ArrayList<>();
        for (int index = 0; index < components.length; index++) {
            DefaultValue fallback = parameters[index].getAnnotation(DefaultValue.class);
            String text = fallback == null ? "" : "`" + String.join(",", fallback.value()) + "`";
            String name = components[index].getName();
            rows.add(new Row(
                    group,
                    group + "." + name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT),
                    type(components[index].getType().getName()),
                    text,
                    description(settings, name)));
        }
        return rows;
    }

    /** The javadoc of a component, on one line. */
    private static String description(Class<?> settings, String component) throws IOException {
        String source = Files.readString(Path.of(
                System.getProperty("basedir", "."), "src/main/java/io/vsring/autoconfigure/RingProperties.java"));
        int end = source.indexOf("public record " + settings.getSimpleName() + "(");
        String javadoc = source.substring(source.lastIndexOf("/**", end), end);
        Matcher matcher = Pattern.compile("(?s)@param " + component + " (.*?)(?=@param|\\*/)")
                .matcher(javadoc);
        assertThat(matcher.find()).as(settings + "." + component).isTrue();
        return matcher.group(1).replaceAll("\\s*\n\\s*\\*?\\s*", " ").strip();
    }

    private static String type(String type) {
        Class<?> known = ClassUtils.resolveClassName(type.replaceAll("<.*", ""), null);
        if (known.isEnum()) {
            return Arrays.stream(known.getEnumConstants())
                    .map(each -> "`" + each.toString().toLowerCase(Locale.ROOT).replace('_', '-') + "`")
                    .collect(Collectors.joining(", "));
        }
        return switch (known.getSimpleName()) {
            case "Boolean" -> "true, false";
            case "Integer", "Long", "int" -> "number";
            case "String" -> "text";
            case "List" -> "list of texts";
            case "DataSize" -> "size";
            default -> known.getSimpleName().toLowerCase(Locale.ROOT);
        };
    }

    private static JsonNode metadata() throws IOException {
        try (InputStream metadata = Objects.requireNonNull(ConfigurationReferenceTest.class
                .getClassLoader()
                .getResourceAsStream("META-INF/spring-configuration-metadata.json"))) {
            return JsonMapper.builder().build().readTree(metadata);
        }
    }
}
