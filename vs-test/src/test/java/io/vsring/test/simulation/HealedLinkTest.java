package io.vsring.test.simulation;

import static io.vsring.Guarantee.AGREED;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When a fault is over, nobody is left alone for it any longer. */
class HealedLinkTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long MILLI = 1_000_000L;
    private static final int MEMBERS = 5;
    private static final int TIMES = 3;

    private final ClusterShape shape = ClusterShape.of(MEMBERS);
    private final SimulatedCluster cluster = new SimulatedCluster(new Seed(5), shape);

    @AfterEach
    void everyPromiseIsKept() {
        cluster.requireSound();
    }

    @Test // [MEM-22]
    void thoseWhoDidNotReachEachOtherAreTogetherAsSoonAsTheyDo() {
        cluster.startAll();
        assertThat(cluster.runUntil(cluster::isSettled, 20 * SECOND)).isTrue();

        for (int time = 0; time < TIMES; time++) {
            cluster.network().block(3, 4);
            cluster.network().block(4, 3);
            work(6 * SECOND);
            assertThat(areTogether()).isFalse();
            cluster.network().unblockAll();

            assertThat(cluster.runUntil(this::areTogether, shape.tokenLossNanos() + shape.consensusNanos() + SECOND))
                    .as("together after time " + time)
                    .isTrue();
            work(2 * SECOND);
        }
    }

    private void work(long nanos) {
        for (long past = 0; past < nanos; past += 100 * MILLI) {
            cluster.living().forEach(member -> member.offer(100, AGREED));
            cluster.runFor(100 * MILLI);
        }
    }

    private boolean areTogether() {
        return cluster.living().stream()
                .allMatch(member -> member.trace().configuration().members().size() == MEMBERS);
    }
}
