package io.vsring.test.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** So many schedules as {@code vs.simulation.objects.seeds} says, each with every claim of docs/replication.md. */
class ReplicationSimulationTest {
    private static final int SEEDS = Integer.getInteger("vs.simulation.objects.seeds", 200);
    private static final long FROM = Long.getLong("vs.simulation.objects.from", 1);

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everyScheduleKeepsWhatReplicatedObjectsPromise(boolean sealed) throws InterruptedException {
        List<String> told = new ArrayList<>();
        SimulatorCliCampaign campaign = new SimulatorCliCampaign(FROM, SEEDS, new Setting(true, sealed), told::add);

        Tally tally = campaign.run(Runtime.getRuntime().availableProcessors());

        assertThat(tally.violations()).as(() -> String.join("\n", told)).isZero();
        // They have shown something only if much was promised, and mostly kept to the end.
        assertThat(campaign.answers()).as("answers judged").isGreaterThan(100L * SEEDS);
        assertThat(campaign.inOrder())
                .as("answers of maps and counters put into an order")
                .isGreaterThan(50L * SEEDS);
        assertThat(campaign.locks()).as("locks granted").isGreaterThan(5L * SEEDS);
        assertThat(campaign.components()).as("primary components").isGreaterThan(2L * SEEDS);
        assertThat(campaign.judged()).as("runs judged to the end").isGreaterThan(SEEDS * 6L / 10);
    }
}
