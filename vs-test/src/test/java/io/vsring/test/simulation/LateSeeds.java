package io.vsring.test.simulation;

import io.vsring.ring.SeedProvider;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Lets the members of a run begin without knowing where others are. Each hears the truth at a time of its own, before
 * everything is healed; until then nothing, or what is wrong or old.
 *
 * <p>What is drawn has a stream of its own, so that a schedule stays what it is without this.
 */
final class LateSeeds {
    private static final String NOBODY = "10.0.0.250:7400";

    private LateSeeds() {}

    /** The run of this seed, in which all have to ask. */
    static ScheduleRun run(Seed seed, boolean withObjects) {
        ScheduleRun run = new Setting(withObjects, false).run(seed);
        SimulatedCluster cluster = run.cluster();
        Dice dice = seed.stream("late seeds");
        for (int slot = 1; slot <= cluster.shape().slots(); slot++) {
            long known = dice.between(0, run.chaosNanos());
            SeedProvider before = before(slot, cluster.seeds().all(), dice);
            cluster.seeds()
                    .ask(
                            slot,
                            () -> cluster.now() < known
                                    ? before.seeds()
                                    : cluster.seeds().all());
        }
        return run;
    }

    private static SeedProvider before(int slot, List<String> all, Dice dice) {
        return switch (dice.below(5)) {
            case 0 -> List::of;
            case 1 -> () -> List.of(NOBODY);
            case 2 -> () -> List.of(all.get(slot - 1));
            case 3 -> () -> List.of(all.get(0), NOBODY);
            default ->
                () -> {
                    throw new UnknownHostException("nobody knows the members yet");
                };
        };
    }
}
