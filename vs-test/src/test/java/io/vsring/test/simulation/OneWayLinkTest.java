package io.vsring.test.simulation;

import static io.vsring.Guarantee.AGREED;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    /** The one that holds the token cannot hand it to the other, or the other cannot ask for it. */
    @ParameterizedTest // [DEV-16] [DEV-17]
    @CsvSource({"1, 3, 1, 3", "5, 2, 2, 5"})
    void theTokenComesByWayOfTheOthersAndTheNextTimeAtOnce(int from, int to, int holder, int asking) {
        cluster.startAll();
        assertThat(cluster.runUntil(cluster::isSettled, 20 * SECOND)).isTrue();
        int configurations = configurations();
        cluster.network().block(from, to);
        SimulatedMember asker = cluster.member(asking);

        for (int time = 0; time < 5; time++) {
            cluster.member(holder).offer(100, AGREED); // who spoke last has the token
            cluster.runFor(SECOND);
            long delivered = asker.delivered();
            asker.offer(100, AGREED);
            cluster.runFor(time == 0 ? 200 * MILLI : 5 * MILLI); // the first time something is sent again
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
