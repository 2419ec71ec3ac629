package io.vsring.test.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The code in docs/testing.md is that of tests that run. */
class TestingGuideTest {

    private static final Pattern JAVA = Pattern.compile("(?s)```java\n(.*?)```");

    @Test
    void everyPieceOfCodeIsPartOfATestThatRuns() throws IOException {
        String guide = Files.readString(Path.of("../docs/testing.md"));
        String tests = sources();

        List<String> pieces =
                JAVA.matcher(guide).results().map(found -> found.group(1)).toList();

        assertThat(pieces)
                .hasSizeGreaterThan(5)
                .allSatisfy(piece -> assertThat(tests).as(piece).contains(withoutIndentation(piece)));
    }

    private static String sources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/test/java/io/vsring/test/guide"))) {
            StringBuilder all = new StringBuilder();
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                all.append(withoutIndentation(Files.readString(file))).append('\n');
            }
            return all.toString();
        }
    }

    private static String withoutIndentation(String code) {
        return code.lines().map(String::strip).filter(line -> !line.isEmpty()).collect(Collectors.joining("\n"));
    }
}
