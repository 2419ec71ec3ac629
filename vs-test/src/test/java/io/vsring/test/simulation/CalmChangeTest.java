package io.vsring.test.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.vsring.test.simulation.SimulatedCluster.Disk;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Each claim about a change of a ring at rest can fail: if it costs more than it may, that is seen. */
class CalmChangeTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long DELAY = 100_000;
    private static final int ONE = 2;

    /** What makes each of them cost more. */
    private static final Map<Sometimes, Consumer<SimulatedCluster>> WORSE = Map.of(
            Sometimes.LEFT_AT_REST, cluster -> cluster.network().loseKind(PacketKind.JOIN, 1),
            Sometimes.RESTARTED_AT_REST, cluster -> cluster.network().loseKind(PacketKind.PROBE, 1),
            Sometimes.HOST_DIED_AT_REST, cluster -> cluster.network().loseKind(PacketKind.JOIN, 1),
            Sometimes.HEARD_NOBODY_AT_REST, CalmChangeTest::anotherCrashesAndComesBackMeanwhile,
            Sometimes.GOT_NO_DATA_AT_REST, cluster -> cluster.network().loseKind(PacketKind.JOIN, 1),
            Sometimes.SLOW_AT_REST,
                    cluster -> cluster.network()
                            .lose((packet, to) ->
                                    packet.kind() == PacketKind.DATA && packet.sender() == ONE && to == 4),
            Sometimes.HEARD_OLD_JOINS_AT_REST, CalmChangeTest::anotherCrashesAndComesBackMeanwhile,
            Sometimes.UNHEARD_AT_REST, CalmChangeTest::anotherCrashesAndComesBackMeanwhile);

    private static final Map<Sometimes, String> CLAIMS = Map.of(
            Sometimes.LEFT_AT_REST, "P5",
            Sometimes.RESTARTED_AT_REST, "P6",
            Sometimes.HOST_DIED_AT_REST, "P7",
            Sometimes.HEARD_NOBODY_AT_REST, "P8",
            Sometimes.GOT_NO_DATA_AT_REST, "P9",
            Sometimes.SLOW_AT_REST, "P10",
            Sometimes.HEARD_OLD_JOINS_AT_REST, "P11",
            Sometimes.UNHEARD_AT_REST, "P12");

    @Test
    void whatCostsTooMuchIsSeen() {
        CLAIMS.forEach((change, claim) -> assertThat(brokenBy(change, WORSE.get(change)))
                .as("%s, made worse", change)
                .contains(claim));
    }

    @Test
    void whatCostsWhatItMayIsNoViolation() {
        for (Sometimes change : CLAIMS.keySet()) {
            assertThat(brokenBy(change, cluster -> {})).as("%s", change).isEmpty();
        }
    }

    private static List<String> brokenBy(Sometimes change, Consumer<SimulatedCluster> worse) {
        SimulatedCluster cluster = new SimulatedCluster(new Seed(5), ClusterShape.of(4));
        cluster.startAll();
        assertThat(cluster.runUntil(cluster::isSettled, 10 * SECOND)).isTrue();
        cluster.runFor(SECOND);
        List<String> broken = new ArrayList<>();
        CalmChange calm = new CalmChange(cluster, DELAY, (predicate, fact) -> broken.add(predicate));

        worse.accept(cluster);
        calm.happen(change, cluster.member(ONE));

        assertThat(cluster.coverage().count(change)).isEqualTo(1);
        return broken;
    }

    private static void anotherCrashesAndComesBackMeanwhile(SimulatedCluster cluster) {
        for (long wait : new long[] {SECOND / 1000, 2 * SECOND}) {
            cluster.queue().at(cluster.now() + wait, what -> cluster.outside(() -> restart(cluster)), null);
        }
    }

    private static void restart(SimulatedCluster cluster) {
        cluster.crash(4);
        cluster.start(4, Disk.KEPT);
    }
}
