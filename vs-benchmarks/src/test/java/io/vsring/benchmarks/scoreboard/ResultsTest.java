package io.vsring.benchmarks.scoreboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsTest {

    private static final Run RUN = new Run(Net.LOOPBACK, List.of("throughput", "--size", "64"));
    private static final Run OTHER = new Run(Net.ETHERNET, List.of("throughput", "--size", "64"));

    @TempDir
    private Path folder;

    @Test
    void whatHasBeenRunIsThereWhenItIsReadAgain() throws IOException {
        Results results = read("abc");
        results.add(Map.of("code", "abc"), RUN, "{\"msgs_per_s\":30}");
        results.add(Map.of("code", "abc"), RUN, "{\"msgs_per_s\":10}");
        results.add(Map.of("code", "abc"), RUN, "{\"msgs_per_s\":20}");

        Results again = read("abc");

        assertThat(again.count(RUN)).isEqualTo(3);
        assertThat(again.median(RUN, "msgs_per_s")).hasValue(20);
        assertThat(again.count(OTHER)).isZero();
        assertThat(again.median(OTHER, "msgs_per_s")).isEmpty();
    }

    @Test
    void anotherStateOfTheCodeStartsAnew() throws IOException {
        read("abc").add(Map.of("code", "abc"), RUN, "{\"msgs_per_s\":30}");

        assertThat(read("def").count(RUN)).isZero();
    }

    @Test
    void aFigureThatIsMissingOrNoNumberIsNone() throws IOException {
        Results results = read("abc");
        results.add(Map.of("code", "abc"), RUN, "{\"p50_us\":null}");

        assertThat(results.median(RUN, "p50_us")).isEmpty();
        assertThat(results.median(RUN, "p99_us")).isEmpty();
    }

    @Test
    void aLineThatIsNoneIsNamed() throws IOException {
        Files.writeString(folder.resolve("results.jsonl"), "{\"code\":\"abc\"}\n{broken\n");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> read("abc"))
                .withMessageEndingWith("results.jsonl:2 is no line of JSON: {broken");
    }

    private Results read(String code) throws IOException {
        return Results.read(folder.resolve("results.jsonl"), code);
    }
}
