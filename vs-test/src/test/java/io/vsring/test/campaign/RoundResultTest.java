package io.vsring.test.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoundResultTest {

    private static RoundResult round(Map<String, List<Long>> recoveries, List<String> wrongs) {
        return new RoundResult(
                "cafe1",
                3,
                1_800,
                50_000,
                Map.of("kill", 4),
                recoveries,
                1,
                1,
                wrongs,
                new ResourceTrend(
                        0, new ProcessView.Resources(204_800, 36, 23), new ProcessView.Resources(307_200, 37, 24)),
                new Sealing("aes-256-gcm", Map.of("unproven", 7L)));
    }

    @Test
    void aLineIsReadAsItWasWritten() {
        RoundResult round = round(
                Map.of("kill", List.of(400L, 200L)), List.of("a \"claim\" \\ broke\n\tat 5", "undecided", "unproven"));

        RoundResult read = RoundResult.of(round.line(Instant.EPOCH));

        assertThat(read).isEqualTo(round);
        assertThat(read.violations()).isEqualTo(1);
        assertThat(round.line(Instant.EPOCH)).doesNotContain("\n").contains("\"violations\":1");
    }

    @Test
    void roundsOfSeveralCampaignsAddUp() {
        RoundResult one = round(Map.of("kill", List.of(400L, 200L)), List.of("a claim broke", "undecided", "unproven"));
        RoundResult other = round(Map.of("kill", List.of(300L), "stop", List.of(1_000L)), List.of("u", "u"));

        String page = new ResultPage(List.of(one, other)).toString();

        assertThat(page)
                .contains("2 rounds, 1:00 h of faults, 100000 operations")
                .containsPattern("kill +8 +3 +300 +400 +400")
                .containsPattern("stop +0 +1 +1000 +1000 +1000")
                .containsPattern("all +8 +4 +300 +1000 +1000")
                .contains("memory 200 > 300 MB, threads 36 > 37, descriptors 23 > 24")
                .contains("sealed with aes-256-gcm, did not let in {unproven=14}")
                .contains("a claim broke")
                .endsWith("WRONG violations=1 undecided=2 unproven=2\n");
    }

    @Test
    void roundsOfBeforeThereWereKeysCountAsPlaintext() {
        String line = round(Map.of(), List.of()).line(Instant.EPOCH);

        RoundResult read = RoundResult.of(line.substring(0, line.indexOf(",\"suite\"")) + "}");

        assertThat(read.sealing()).isEqualTo(Sealing.PLAINTEXT);
    }

    @Test
    void noRoundsAtAllAreNotSound() {
        assertThat(new ResultPage(List.of()).toString())
                .contains("0 rounds")
                .endsWith("violations=0 undecided=0 unproven=0\n")
                .contains("WRONG");
    }
}
