package io.vsring.test.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Schedules that once broke a claim keep it: {@code regression-seeds.txt} says which, and what was wrong. */
class RegressionSeedsTest {
    @Test
    void whatWasMendedStaysMended() throws IOException {
        for (String line : SeedFile.lines("regression-seeds.txt")) {
            Seed seed = new Seed(Long.parseLong(line.substring(0, line.indexOf(' '))));

            RunResult result = new ScheduleRun(Swarm.schedule(seed)).run();

            assertThat(result.violation()).as(line).isNull();
        }
    }
}
