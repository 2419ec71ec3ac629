package io.vsring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What fuzzing has found worth keeping goes through the targets again (docs/fuzzing.md). */
class FuzzCorpusTest {

    private static final Path CORPORA = Path.of("src/test/fuzz");
    private static final Path TARGETS = Path.of("../config/fuzz-targets");

    static List<String> targets() throws IOException {
        try (Stream<String> lines = Files.lines(TARGETS)) {
            return lines.filter(line -> line.startsWith("vs-core "))
                    .map(line -> line.split(" ", -1)[1])
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("targets")
    void whatWasFoundOnceIsNotFoundAgain(String target) throws Exception {
        Class<?> type = Class.forName(target);
        try (Stream<Path> inputs = Files.list(CORPORA.resolve(target))) {
            for (Path input : inputs.sorted().toList()) {
                type.getMethod("fuzzerTestOneInput", byte[].class).invoke(null, (Object) Files.readAllBytes(input));
            }
        }
    }

    @Test
    void thereIsNoCorpusWithoutATarget() throws IOException {
        try (Stream<Path> folders = Files.list(CORPORA)) {
            assertThat(folders.map(folder -> folder.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(targets());
        }
    }
}
