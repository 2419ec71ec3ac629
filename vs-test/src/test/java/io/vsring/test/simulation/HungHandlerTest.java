package io.vsring.test.simulation;

import static io.vsring.Guarantee.AGREED;
import static io.vsring.Guarantee.SAFE;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An application that does not return from what it was told. */
class HungHandlerTest {
    private static final long SECOND = 1_000_000_000L;
    private static final ClusterShape SMALL_LANES = new ClusterShape(3, 800, 1_400, 80, 17, 0, 64, 4 << 20);

    private final SimulatedCluster cluster = new SimulatedCluster(new Seed(17), SMALL_LANES);

    @AfterEach
    void everyPromiseIsKept() {
        cluster.requireSound();
    }

    @Test // [MEM-9] [MEM-17]
    void aHandlerThatHangsStopsTheOthersOnceAndIsLeftOutUntilItReturns() {
        together();
        cluster.blockHandler(3, 300 * SECOND);

        long stopped = 0;
        for (int second = 0; second < 290; second++) {
            stopped += offerAndCount() == 0 ? 1 : 0;
        }

        assertThat(stopped).as("seconds in which nothing was delivered").isLessThan(10);
        assertThat(cluster.member(1).trace().configuration().members().size()).isEqualTo(2);
        assertThat(cluster.runUntil(cluster::isSettled, 60 * SECOND))
                .as("it comes back")
                .isTrue();
        assertThat(cluster.member(1).trace().configuration().members().size()).isEqualTo(3);
    }

    @Test // [FLOW-4] [MEM-9]
    void aHandlerThatIsSlowButGoesOnSlowsTheOthersAndStays() {
        together();
        cluster.slowHandler(3, SECOND);

        for (int second = 0; second < 60; second++) {
            offerAndCount();
        }

        assertThat(cluster.member(1).trace().configuration().members().size()).isEqualTo(3);
        cluster.slowHandler(3, 1_000);
        assertThat(cluster.runUntil(cluster::isSettled, 60 * SECOND)).isTrue();
    }

    /** One second full of messages; returns how many of them, or of earlier ones, were delivered at their sender. */
    private long offerAndCount() {
        SimulatedMember sender = cluster.member(1);
        long before = sender.trace().ownDelivered();
        for (int index = 0; index < 100; index++) {
            sender.offer(900, index % 10 == 0 ? SAFE : AGREED);
            cluster.runFor(SECOND / 100);
        }
        return sender.trace().ownDelivered() - before;
    }

    private void together() {
        cluster.startAll();
        assertThat(cluster.runUntil(cluster::isSettled, 10 * SECOND)).isTrue();
    }
}
