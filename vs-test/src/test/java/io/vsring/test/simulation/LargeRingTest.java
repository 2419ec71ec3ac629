package io.vsring.test.simulation;

import static io.vsring.Guarantee.SAFE;
import static org.assertj.core.api.Assertions.assertThat;

import io.vsring.test.simulation.SimulatedCluster.Disk;
import io.vsring.wire.WireFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** As many members as a ring may have. */
class LargeRingTest {
    private static final long SECOND = 1_000_000_000L;
    private static final int MEMBERS = WireFormat.MEMBERS_MAX;

    private final SimulatedCluster cluster = new SimulatedCluster(new Seed(64), ClusterShape.of(MEMBERS));

    @AfterEach
    void everyPromiseIsKept() {
        cluster.requireSound();
    }

    @Test
    void startedAtOnceTheyAreOneRing() {
        together();

        for (int slot = 1; slot <= MEMBERS; slot++) {
            cluster.member(slot).offer(slot * 40, SAFE);
        }

        assertThat(cluster.runUntil(cluster::isSettled, 10 * SECOND)).isTrue();
        assertThat(cluster.history().deliveries()).isEqualTo((long) MEMBERS * MEMBERS);
    }

    @Test // [MEM-16] [DEV-14]
    void startedAtOnceTheyDoNotDrownTheNetworkInJoins() {
        long[] joins = new long[1];
        cluster.network().lose((packet, to) -> {
            joins[0] += packet.kind() == PacketKind.JOIN ? 1 : 0;
            return false;
        });

        together();

        assertThat(joins[0]).as("Joins, each way counted").isLessThan(16L * MEMBERS * MEMBERS);
    }

    @Test // [MEM-1] [MEM-13]
    void oneCarriesOnWhenAllOthersAreStartedAnew() {
        together();
        cluster.member(1).offer(100, SAFE);
        assertThat(cluster.runUntil(cluster::isSettled, 10 * SECOND)).isTrue();

        for (int slot = 2; slot <= MEMBERS; slot++) {
            cluster.crash(slot);
            cluster.start(slot, Disk.KEPT);
        }

        assertThat(cluster.runUntil(cluster::isSettled, 60 * SECOND)).isTrue();
        assertThat(cluster.living()).hasSize(MEMBERS);
    }

    @Test
    void halvesThatWerePartedBecomeOneRing() {
        together();
        cluster.network().split(0xFFFF_FFFFL, 0xFFFF_FFFFL << 32);
        cluster.runFor(5 * SECOND);
        for (SimulatedMember member : cluster.living()) {
            assertThat(member.trace().configuration().members()).hasSize(MEMBERS / 2);
        }

        cluster.network().unblockAll();

        assertThat(cluster.runUntil(cluster::isSettled, 120 * SECOND)).isTrue();
    }

    private void together() {
        cluster.startAll();
        assertThat(cluster.runUntil(cluster::isSettled, 60 * SECOND)).isTrue();
    }
}
