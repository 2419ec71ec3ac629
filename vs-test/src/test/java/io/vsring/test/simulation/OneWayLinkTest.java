package io.vsring.test.simulation;

import static io.vsring.Guarantee.AGREED;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A link that only frames need may be dead in one direction: others repair what it loses, and the ring turns on. */
class OneWayLinkTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long MILLI = 1_000_000L;

    private final ClusterShape shape = ClusterShape.of(5);
    private final SimulatedCluster cluster = new SimulatedCluster(new Seed(7), shape);

    @AfterEach
    void everyPromiseIsKept() {
        cluster.requireSound();
    }

    @Test // [DEV-16]
    void whoCannotBeHandedTheTokenGetsItByWayOfTheOthers() {
        cluster.startAll();
        assertThat(cluster.runUntil(cluster::isSettled, 20 * SECOND)).isTrue();
        int configurations = configurations();
        cluster.network().block(1, 3);

        for (int time = 0; time < 5; time++) {
            cluster.member(1).offer(100, AGREED); // who spoke last has the token
            cluster.runFor(SECOND);
            SimulatedMember asker = cluster.member(3);
            long delivered = asker.delivered();
            asker.offer(100, AGREED);
            cluster.runFor(time == 0 ? 200 * MILLI : 5 * MILLI); // the first time it is resent once
            assertThat(asker.delivered()).as("time %s", time).isEqualTo(delivered + 1);
        }
        assertThat(configurations()).isEqualTo(configurations);
    }

    @Test // [DEV-17]
    void whoseQuestionIsLostAsksAllAtOnceTheNextTime() {
        cluster.startAll();
        assertThat(cluster.runUntil(cluster::isSettled, 20 * SECOND)).isTrue();
        int configurations = configurations();
        cluster.network().block(5, 2);

        for (int time = 0; time < 5; time++) {
            cluster.member(2).offer(100, AGREED);
            cluster.runFor(SECOND);
            SimulatedMember asker = cluster.member(5);
            long delivered = asker.delivered();
            asker.offer(100, AGREED);
            cluster.runFor(time == 0 ? 200 * MILLI : 5 * MILLI);
            assertThat(asker.delivered()).as("time %s", time).isEqualTo(delivered + 1);
        }
        assertThat(configurations()).isEqualTo(configurations);
    }

    private int configurations() {
        return (int) cluster.living().stream()
                .mapToLong(member -> member.protocol().counters().configurations())
                .sum();
    }
}
