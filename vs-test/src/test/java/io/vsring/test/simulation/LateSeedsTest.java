package io.vsring.test.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.vsring.replicated.PrimaryStatus;
import io.vsring.test.simulation.SimulatedCluster.Disk;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Members that do not know at first where others are, or are told something wrong. */
class LateSeedsTest {
    private static final long SECOND = 1_000_000_000L;
    private static final int SEEDS = Integer.getInteger("vs.simulation.late-seeds", 30);
    private static final long FROM = Long.getLong("vs.simulation.from", 1);

    /** By these no number of members is expected. */
    private static final int NOBODY_EXPECTED = 6;

    /** By these as many members are expected as there are slots. */
    private static final int ALL_EXPECTED = 1;

    private final SimulatedCluster cluster = new SimulatedCluster(new Seed(19), ClusterShape.of(3));
    private List<String> known = List.of();
    private boolean answers = true;

    @Test
    void everyScheduleKeepsEveryPromiseAndAllComeTogether() {
        for (long seed = FROM; seed < FROM + SEEDS; seed++) {
            RunResult result = LateSeeds.run(new Seed(seed), false).run();

            assertThat(result.violation()).as("seed " + seed).isNull();
        }
    }

    @Test
    void everyScheduleKeepsWhatReplicatedObjectsPromise() {
        for (long seed = FROM; seed < FROM + SEEDS / 3; seed++) {
            RunResult result = LateSeeds.run(new Seed(seed), true).run();

            assertThat(result.violation()).as("seed " + seed).isNull();
        }
    }

    @Test // [MEM-19]
    void membersThatAreToldOfEachOtherComeTogether() {
        startAll();
        cluster.runFor(5 * SECOND);
        assertThat(cluster.living())
                .allMatch(member -> member.trace().configuration().members().size() == 1);

        known = cluster.seeds().all();

        assertThat(cluster.runUntil(cluster::isSettled, 5 * SECOND)).isTrue();
        cluster.requireSound();
    }

    @Test // [REP-15]
    void whoDoesNotKnowWhereOthersAreBeginsNoHistory() {
        ObjectClients clients = new ObjectClients(cluster, new Dice(NOBODY_EXPECTED), SECOND);
        cluster.withObjects(clients);
        answers = false;
        startAll();
        cluster.runFor(30 * SECOND);
        assertThat(states(clients)).containsOnly(PrimaryStatus.State.UNDECIDED);

        answers = true;
        known = cluster.seeds().all();

        assertThat(cluster.runUntil(
                        () -> cluster.isSettled()
                                && states(clients).stream().allMatch(PrimaryStatus.State.PRIMARY::equals),
                        20 * SECOND))
                .isTrue();
        cluster.requireSound();
    }

    @Test // [REP-15]
    void whereAllAreThatAreExpectedNobodyHasToBeAskedForMore() {
        ObjectClients clients = new ObjectClients(cluster, new Dice(ALL_EXPECTED), SECOND);
        cluster.withObjects(clients);
        answers = false;
        cluster.seeds().ask(1, this::seeds);
        for (int slot = 1; slot <= 3; slot++) {
            cluster.start(slot, Disk.KEPT);
        }

        assertThat(cluster.runUntil(
                        () -> states(clients).stream().allMatch(PrimaryStatus.State.PRIMARY::equals), 20 * SECOND))
                .isTrue();
    }

    private void startAll() {
        for (int slot = 1; slot <= 3; slot++) {
            cluster.seeds().ask(slot, this::seeds);
            cluster.start(slot, Disk.KEPT);
        }
    }

    private List<String> seeds() throws UnknownHostException {
        if (!answers) {
            throw new UnknownHostException("nobody knows the members yet");
        }
        return known;
    }

    private List<PrimaryStatus.State> states(ObjectClients clients) {
        return cluster.living().stream()
                .map(member -> clients.objectsOf(member).status().state())
                .toList();
    }
}
