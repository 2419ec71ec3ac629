package io.vsring.test.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogPaceTest {

    @TempDir
    Path folder;

    @Test
    void oneLineInTenSecondsForAReasonIsEnough() throws IOException {
        LogPace pace = of(
                "2026-11-27T02:00:00.000 WARN member=1 ring=1.7 kept out a datagram: source=x reason=FORGED"
                        + " suppressed=0: a",
                "2026-11-27T02:00:00.001 INFO member=1 ring=1.7 configuration installed: members=[1]",
                "2026-11-27T02:00:03.000 WARN member=1 ring=1.7 kept out a datagram: source=x reason=OWN suppressed=0:"
                        + " a",
                "2026-11-27T02:00:10.000 WARN member=1 ring=1.7 kept out a datagram: source=x reason=FORGED"
                        + " suppressed=9: a");

        assertThat(pace.lines()).isEqualTo(Map.of("FORGED", 2, "OWN", 1));
        assertThat(pace.tooOften()).isEmpty();
    }

    @Test
    void twoLinesWithinTenSecondsAreTooMany() throws IOException {
        LogPace pace = of(
                "2026-11-27T23:59:59.000 WARN member=1 ring=1.7 kept out a datagram: source=x reason=FORGED"
                        + " suppressed=0: a",
                "2026-11-28T00:00:08.000 WARN member=1 ring=1.7 kept out a datagram: source=x reason=FORGED"
                        + " suppressed=9: a");

        assertThat(pace.tooOften()).hasSize(1);
    }

    private LogPace of(String... lines) throws IOException {
        return LogPace.of(Files.write(folder.resolve("log"), List.of(lines)));
    }
}
