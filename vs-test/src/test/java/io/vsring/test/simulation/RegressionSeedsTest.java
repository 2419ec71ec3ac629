package io.vsring.test.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Schedules that once broke a claim keep it: {@code regression-seeds.txt} says which, and what was wrong. */
class RegressionSeedsTest {
    private static final String OBJECTS = "--objects ";

    @Test
    void whatWasMendedStaysMended() throws IOException {
        for (String line : SeedFile.lines("regression-seeds.txt")) {
            boolean withObjects = line.startsWith(OBJECTS);
            String rest = withObjects ? line.substring(OBJECTS.length()) : line;
            Seed seed = new Seed(Long.parseLong(rest.substring(0, rest.indexOf(' '))));

            RunResult result = ScheduleRun.of(seed, withObjects).run();

            assertThat(result.violation()).as(line).isNull();
        }
    }
}
