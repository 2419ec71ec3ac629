package io.vsring.test.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vsring.test.check.Violation;
import java.util.List;
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

    @Test
    void aFaultThatNamesTheLastSlotGoesWithIt() {
        Fault link = new Fault(100_000_000L, Fault.Kind.ONE_WAY, 2, 3, 500_000_000L, null);
        Fault twin = new Fault(2_000_000_000L, Fault.Kind.TWIN, 1, 3, 0, null);
        Schedule schedule = new Schedule(
                new Seed(1),
                ClusterShape.of(3),
                Weather.calm(100_000),
                List.of(0L, 0L, 0L),
                2_000_000_000L,
                List.of(link),
                List.of(),
                twin,
                Schedule.PLAIN);

        Schedule smaller = schedule.withoutLastSlot();

        assertThat(smaller.faults()).isEmpty();
        assertThat(smaller.lasting()).isNull();
        assertThat(new ScheduleRun(smaller).run().violation()).isNull();
    }

    @Test
    void anErrorOfTheSimulatorIsNoFinding() {
        Fault impossible = new Fault(100_000_000L, Fault.Kind.ONE_WAY, 2, 9, 500_000_000L, null);
        Schedule schedule = new Schedule(
                new Seed(1),
                ClusterShape.of(2),
                Weather.calm(100_000),
                List.of(0L, 0L),
                2_000_000_000L,
                List.of(impossible),
                List.of(),
                null,
                Schedule.PLAIN);

        assertThatThrownBy(new ScheduleRun(schedule)::run)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("the simulator itself failed");
    }

    private static RunResult judged(Schedule tried, Fault guilty, Operation needed) {
        boolean breaks = tried.faults().contains(guilty) && tried.operations().contains(needed);
        return new RunResult(tried, breaks ? new Violation("A2", "a gap", 0, 0, "") : null, 1, 0, 0, 0, new Coverage());
    }
}
