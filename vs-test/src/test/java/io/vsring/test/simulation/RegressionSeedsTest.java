package io.vsring.test.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Schedules that once broke a claim keep it: {@code regression-seeds.txt} says which, and what was wrong. */
class RegressionSeedsTest {
    private static final Pattern LINE = Pattern.compile("(--objects )?(--sealed )?(-?\\d+) .*");

    @Test
    void whatWasMendedStaysMended() throws IOException {
        for (String line : SeedFile.lines("regression-seeds.txt")) {
            Matcher found = LINE.matcher(line);
            assertThat(found.matches()).as(line).isTrue();
            Setting setting = new Setting(found.group(1) != null, found.group(2) != null);

            RunResult result =
                    setting.run(new Seed(Long.parseLong(found.group(3)))).run();

            assertThat(result.violation()).as(line).isNull();
        }
    }
}
