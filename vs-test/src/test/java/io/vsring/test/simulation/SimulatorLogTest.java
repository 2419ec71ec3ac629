package io.vsring.test.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulatorLogTest {

    private static final Setting SEALED = new Setting(false, true);

    @TempDir
    private Path folder;

    private SimulatorCliArguments arguments(String... more) {
        String[] words = new String[more.length + 2];
        words[0] = "--results";
        words[1] = folder.resolve("results.jsonl").toString();
        System.arraycopy(more, 0, words, 2, more.length);
        return SimulatorCliArguments.parse(words);
    }

    @Test
    void aCallGoesOnBehindTheSeedsThatWereRunWithItsOptions() throws InterruptedException {
        SimulatorLog log = new SimulatorLog(folder.resolve("results.jsonl"), "abc1234");
        SimulatorCliCampaign two = new SimulatorCliCampaign(1_000, 2, SEALED, line -> {});
        log.add(1_000, SEALED, two.run(1), 0, 500);

        assertThat(arguments("--sealed").from()).isEqualTo(1_002);
        assertThat(arguments("--sealed", "--objects").from()).isEqualTo(1);
        assertThat(arguments("--sealed", "--from", "7").from()).isEqualTo(7);
        assertThat(log.ranges()).singleElement().satisfies(range -> {
            assertThat(range.code()).isEqualTo("abc1234");
            assertThat(range.options()).isEqualTo("--sealed");
            assertThat(range.seeds()).isEqualTo(2);
            assertThat(range.events()).isGreaterThan(1_000);
        });
        assertThat(log.page()).contains("--sealed: 2 schedules in 1 ranges", "0 violations", "4.0 schedules/s");
    }

    @Test
    void whatIsNoResultIsRefusedWithItsLine() throws IOException {
        Files.writeString(folder.resolve("results.jsonl"), "{\"at\":\"now\"}\n");

        assertThatThrownBy(() -> arguments())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'code'");
    }

    @Test
    void whatWouldBreakALineIsRefused() {
        assertThatThrownBy(() -> arguments("--code", "a\"b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--code is a word");
    }
}
