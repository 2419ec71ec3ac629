package io.vsring.test.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CampaignOptionsTest {

    @TempDir
    private Path folder;

    private String app;

    @BeforeEach
    void makeApp() throws IOException {
        app = Files.createFile(folder.resolve("app.jar")).toString();
    }

    private CampaignOptions parse(String... more) {
        return CampaignOptions.parse(
                Stream.concat(Stream.of("--app", app), Stream.of(more)).toArray(String[]::new));
    }

    @Test
    void twelveClientsInjureThreeMembersInAllWaysForTwoMinutesUnlessToldElse() {
        CampaignOptions options = parse();

        assertThat(options.app()).containsExactly("-jar", app);
        assertThat(options.members()).isEqualTo(3);
        assertThat(options.clients()).isEqualTo(12);
        assertThat(options.time()).isEqualTo(Duration.ofMinutes(2));
        assertThat(options.faults())
                .containsExactlyInAnyOrder(FaultKind.KILL, FaultKind.STOP, FaultKind.LEAVE, FaultKind.ROTATE_KEYS);
        assertThat(options.isNamespaced()).isFalse();
    }

    @Test
    void inNamespacesThereAreMoreMembersAndAllFaults() {
        CampaignOptions options = parse("--network", "namespaces", "--results", "all.jsonl", "--round-seconds", "60");

        assertThat(options.isNamespaced()).isTrue();
        assertThat(options.members()).isEqualTo(5);
        assertThat(options.faults()).containsExactlyInAnyOrder(FaultKind.values());
        assertThat(options.rounds().results()).isEqualTo(Path.of("all.jsonl"));
        assertThat(options.rounds().length()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void withoutASeedACampaignGoesOnWhereTheResultsEnd() throws IOException {
        String line = new RoundResult(
                        "", 41, 1, 1, Map.of(), Map.of(), 0, 0, List.of(), ResourceTrend.NONE, Sealing.PLAINTEXT)
                .line(Instant.EPOCH);
        String results =
                Files.writeString(folder.resolve("results.jsonl"), line + "\n").toString();

        assertThat(parse("--network", "namespaces", "--results", results).seed())
                .isEqualTo(42);
        assertThat(parse("--network", "namespaces", "--results", results, "--seed", "7")
                        .seed())
                .isEqualTo(7);
        assertThat(parse("--network", "namespaces").seed()).isEqualTo(1);
    }

    @Test
    void threeMembersHaveNoMajoritiesThatOverlap() {
        assertThat(parse("--network", "namespaces", "--members", "3").faults())
                .doesNotContain(FaultKind.OVERLAP)
                .hasSize(FaultKind.values().length - 1);
    }

    @Test
    void aFaultOfSeveralWordsIsWrittenWithADash() {
        assertThat(parse("--network", "namespaces", "--faults", "one-way,full-disk")
                        .faults())
                .containsExactlyInAnyOrder(FaultKind.ONE_WAY, FaultKind.FULL_DISK);
    }

    @Test
    void roundsDifferInSeedAndFolder() {
        CampaignOptions options = parse("--seed", "7", "--folder", "somewhere");

        CampaignOptions third = options.round(2, Duration.ofSeconds(5));

        assertThat(third.seed()).isEqualTo(9);
        assertThat(third.folder()).isEqualTo(Path.of("somewhere", "round-2"));
        assertThat(third.time()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void whatIsSaidCounts() {
        CampaignOptions options = parse("--members", "5", "--seconds", "7", "--faults", "stop,kill", "--seed", "-4");

        assertThat(options.members()).isEqualTo(5);
        assertThat(options.time()).isEqualTo(Duration.ofSeconds(7));
        assertThat(options.faults()).containsExactlyInAnyOrder(FaultKind.STOP, FaultKind.KILL);
        assertThat(options.seed()).isEqualTo(-4);
    }

    @ParameterizedTest
    @CsvSource({
        "--members, 2, --members is 3 to 10",
        "--clients, many, '--clients needs a number, not many'",
        "--faults, flood, 'of kill, stop, leave, rotate-keys, not flood'",
        "--faults, isolate, 'of kill, stop, leave, rotate-keys, not isolate'",
        "--network, mars, '--network is loopback or namespaces, not mars'",
        "--member, 3, no such option: --member",
        "--app, gone.jar, gone.jar is no file"
    })
    void whatIsWrongIsNamed(String name, String value, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parse(name, value))
                .withMessageContaining(message);
    }

    @Test
    void anOptionWithoutAValueAndALineWithoutTheApplicationAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parse("--seed"))
                .withMessageContaining("--seed needs a value");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CampaignOptions.parse(new String[0]))
                .withMessageContaining("--app is missing");
    }
}
