package io.vsring.test.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The suite: so many schedules as {@code vs.simulation.seeds} says, from {@code vs.simulation.from} on, each with every
 * claim of extended virtual synchrony.
 */
class EvsSimulationTest {
    private static final int SEEDS = Integer.getInteger("vs.simulation.seeds", 1_200);
    private static final long FROM = Long.getLong("vs.simulation.from", 1);
    private static final int SEEDS_FOR_FLOORS = 1_000;

    /** What happens too seldom for the floor of all others: hits in a thousand schedules. */
    private static final Map<Sometimes, Integer> RARE = new EnumMap<>(Map.of(
            Sometimes.GAP, 2,
            Sometimes.LEFT_LATE, 1,
            Sometimes.OFFER_REFUSED, 1));

    private static final int FLOOR = 20;

    @Test
    void everyScheduleKeepsEveryPromise() throws InterruptedException {
        List<String> told = new ArrayList<>();
        int threads = Runtime.getRuntime().availableProcessors();
        SimulatorCliCampaign campaign = new SimulatorCliCampaign(FROM, SEEDS, told::add);

        Tally tally = campaign.run(threads);

        assertThat(tally.violations()).as(() -> String.join("\n", told)).isZero();
        assertThat(tally.schedules()).isEqualTo(SEEDS);
        assertThat(tally.medianEvents()).as("events in the median").isGreaterThanOrEqualTo(2_000);
        assertThat(tally.counting()).as("schedules that count").isGreaterThan(SEEDS * 8 / 10);
        if (SEEDS >= SEEDS_FOR_FLOORS) {
            assertThat(missing(tally.coverage())).as(tally::toString).isEmpty();
        }
    }

    private static List<Sometimes> missing(Coverage coverage) {
        List<Sometimes> missing = new ArrayList<>();
        for (Sometimes what : Sometimes.values()) {
            int floor = RARE.getOrDefault(what, FLOOR) * (SEEDS / SEEDS_FOR_FLOORS);
            if (coverage.count(what) < floor) {
                missing.add(what);
            }
        }
        return missing;
    }
}
