package io.vsring.test.simulation;

import static io.vsring.Guarantee.AGREED;
import static io.vsring.Guarantee.SAFE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vsring.test.simulation.SimulatedCluster.Disk;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The cluster in the hands of a test. */
class SimulatedClusterTest {
    private static final long SECOND = 1_000_000_000L;

    private final SimulatedCluster cluster = new SimulatedCluster(new Seed(11), ClusterShape.of(3));

    @AfterEach
    void everyPromiseIsKept() {
        cluster.requireSound();
    }

    @Test
    void membersFindEachOther() {
        cluster.startAll();

        assertThat(cluster.runUntil(cluster::isSettled, 10 * SECOND)).isTrue();

        assertThat(cluster.living())
                .allSatisfy(member -> assertThat(
                                member.trace().configuration().members().size())
                        .isEqualTo(3));
    }

    @Test
    void messagesReachEverybody() {
        together();
        for (int index = 0; index < 100; index++) {
            cluster.member(1 + index % 3).offer(index * 50, index % 2 == 0 ? SAFE : AGREED);
        }

        assertThat(cluster.runUntil(cluster::isSettled, 10 * SECOND)).isTrue();

        assertThat(cluster.history().deliveries()).isEqualTo(300);
    }

    @Test
    void theOthersGoOnWithoutAMemberThatCrashed() {
        together();
        cluster.crash(1);

        assertThat(cluster.runUntil(cluster::isSettled, 10 * SECOND)).isTrue();

        assertThat(cluster.living()).hasSize(2);
        cluster.start(1, Disk.KEPT);
        assertThat(cluster.runUntil(cluster::isSettled, 10 * SECOND)).isTrue();
    }

    @Test
    void halvesFindEachOtherAgain() {
        together();
        cluster.network().split(1L << 1, 1L << 2 | 1L << 3);
        cluster.runFor(5 * SECOND);
        assertThat(cluster.isSettled()).isFalse();
        cluster.member(1).offer(10, SAFE);
        cluster.member(2).offer(10, SAFE);
        cluster.network().unblockAll();

        assertThat(cluster.runUntil(cluster::isSettled, 60 * SECOND)).isTrue();
    }

    @Test
    void aMemberThatLeavesIsNotMissed() {
        together();
        cluster.member(2).offer(10, SAFE);
        cluster.leave(2);

        assertThat(cluster.runUntil(cluster::isSettled, 10 * SECOND)).isTrue();
        assertThat(cluster.living()).hasSize(2);
        assertThat(cluster.coverage().count(Sometimes.LEFT)).isEqualTo(1);
    }

    @Test
    void aMemberThatStoodStillComesBack() {
        together();
        cluster.pause(3, 3 * SECOND);
        cluster.runFor(2 * SECOND);
        assertThat(cluster.isSettled()).isFalse();

        assertThat(cluster.runUntil(cluster::isSettled, 20 * SECOND)).isTrue();
    }

    @Test
    void lossIsRepaired() {
        together();
        cluster.network().all(LinkProfile.calm().losing(0.1).duplicating(0.1).shuffling(0.1, 300_000));
        for (int index = 0; index < 300; index++) {
            cluster.member(1 + index % 3).offer(700, AGREED);
            cluster.runFor(2_000_000);
        }
        cluster.network().heal(100_000);

        assertThat(cluster.runUntil(cluster::isSettled, 60 * SECOND)).isTrue();
        assertThat(cluster.coverage().count(Sometimes.DATAGRAM_LOST)).isGreaterThan(50);
    }

    @Test
    void whatShouldHaveHappenedIsJudgedAtTheEndOnly() {
        SimulatedCluster other = new SimulatedCluster(new Seed(12), ClusterShape.of(2));
        other.startAll();
        assertThat(other.runUntil(other::isSettled, 10 * SECOND)).isTrue();

        other.member(1).trace().submitted(1, SAFE, 0); // and never sent

        assertThat(other.violation()).isNull();
        assertThatThrownBy(other::requireSound)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("S2 violated");
    }

    private void together() {
        cluster.startAll();
        assertThat(cluster.runUntil(cluster::isSettled, 10 * SECOND)).isTrue();
    }
}
