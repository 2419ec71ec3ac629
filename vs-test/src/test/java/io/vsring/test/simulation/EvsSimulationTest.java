package io.vsring.test.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The suite: so many schedules as {@code vs.simulation.seeds} says, from {@code vs.simulation.from} on, each with every
 * claim of extended virtual synchrony. Most of them are of a hostile world; a few are of members that have no keys.
 */
class EvsSimulationTest {
    private static final int SEEDS = Integer.getInteger("vs.simulation.seeds", 1_000);
    private static final int SEEDS_PLAIN = SEEDS / 4;
    private static final long FROM = Long.getLong("vs.simulation.from", 1);

    @Test
    void everyScheduleKeepsEveryPromise() throws InterruptedException {
        keepEveryPromise(new Setting(false, true), SEEDS);
    }

    @Test
    void everyScheduleWithoutKeysKeepsEveryPromise() throws InterruptedException {
        keepEveryPromise(Setting.PLAIN, SEEDS_PLAIN);
    }

    private static void keepEveryPromise(Setting setting, int seeds) throws InterruptedException {
        List<String> told = new ArrayList<>();
        int threads = Runtime.getRuntime().availableProcessors();
        SimulatorCliCampaign campaign = new SimulatorCliCampaign(FROM, seeds, setting, told::add);

        Tally tally = campaign.run(threads);

        assertThat(tally.violations()).as(() -> String.join("\n", told)).isZero();
        assertThat(tally.schedules()).isEqualTo(seeds);
        assertThat(tally.counting()).as("schedules that count").isGreaterThan(seeds * 7 / 10);
        assertThat(Floors.missing(tally, setting)).as(tally::toString).isEmpty();
    }
}
