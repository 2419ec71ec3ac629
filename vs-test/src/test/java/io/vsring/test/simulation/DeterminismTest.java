package io.vsring.test.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A seed is worth something only if it does the same each time. */
class DeterminismTest {
    @Test
    void aSeedGivesTheSameRunTwice() {
        for (long seed = 1; seed <= 12; seed++) {
            assertThat(hashOf(seed)).as("seed %d", seed).isEqualTo(hashOf(seed));
        }
    }

    @Test
    void differentSeedsGiveDifferentRuns() {
        assertThat(LongStream.rangeClosed(1, 12).map(DeterminismTest::hashOf).distinct())
                .hasSize(12);
    }

    @Test
    void aSeedGivesTheSameRunInAnotherProcess() throws IOException, InterruptedException {
        Process other = SimulatorCliMutants.start("", "--seed", "7");
        String found = "";
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(other.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                found = line.startsWith("hash ") ? line : found;
            }
        }

        assertThat(other.waitFor()).isZero();
        assertThat(found).isEqualTo("hash " + Long.toHexString(hashOf(7)));
    }

    @Test
    void tellingARunDoesNotChangeIt() {
        Schedule schedule = Swarm.schedule(new Seed(2));
        StringBuilder told = new StringBuilder();
        RunResult silent = new ScheduleRun(schedule).run();
        RunResult loud = new ScheduleRun(schedule, new TextStory(schedule.shape(), told::append), false).run();

        assertThat(loud.hash()).isEqualTo(silent.hash());
        assertThat(told.toString().contains("token") && told.toString().contains("installs"))
                .isTrue();
    }

    private static long hashOf(long seed) {
        return new ScheduleRun(Swarm.schedule(new Seed(seed))).run().hash();
    }
}
