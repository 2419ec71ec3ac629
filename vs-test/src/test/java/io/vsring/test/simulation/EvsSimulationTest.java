package io.vsring.test.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The suite: so many schedules as {@code vs.simulation.seeds} says, from {@code vs.simulation.from} on, each with every
 * claim of extended virtual synchrony.
 */
class EvsSimulationTest {
    private static final int SEEDS = Integer.getInteger("vs.simulation.seeds", 1_200);
    private static final long FROM = Long.getLong("vs.simulation.from", 1);

    @Test
    void everyScheduleKeepsEveryPromise() throws InterruptedException {
        List<String> told = new ArrayList<>();
        int threads = Runtime.getRuntime().availableProcessors();
        SimulatorCliCampaign campaign = new SimulatorCliCampaign(FROM, SEEDS, false, told::add);

        Tally tally = campaign.run(threads);

        assertThat(tally.violations()).as(() -> String.join("\n", told)).isZero();
        assertThat(tally.schedules()).isEqualTo(SEEDS);
        assertThat(tally.counting()).as("schedules that count").isGreaterThan(SEEDS * 7 / 10);
        assertThat(Floors.missing(tally)).as(tally::toString).isEmpty();
    }
}
