package io.vsring.test.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.vsring.test.check.Violation;
import org.junit.jupiter.api.Test;

class ShrinkerTest {
    @Test
    void onlyWhatMattersIsLeft() {
        Schedule schedule = Swarm.schedule(new Seed(4));
        Fault guilty = schedule.faults().get(schedule.faults().size() / 2);
        Operation needed = schedule.operations().get(schedule.operations().size() / 3);

        Schedule small = new Shrinker("A2", 500, tried -> judged(tried, guilty, needed)).shrink(schedule);

        assertThat(small.faults()).containsExactly(guilty);
        assertThat(small.operations()).containsExactly(needed);
        assertThat(small.weather().replay()).isZero();
        assertThat(small.chaosNanos()).isLessThanOrEqualTo(schedule.chaosNanos());
    }

    private static RunResult judged(Schedule tried, Fault guilty, Operation needed) {
        boolean breaks = tried.faults().contains(guilty) && tried.operations().contains(needed);
        return new RunResult(tried, breaks ? new Violation("A2", "a gap", 0, 0, "") : null, 1, 0, 0, 0, new Coverage());
    }
}
