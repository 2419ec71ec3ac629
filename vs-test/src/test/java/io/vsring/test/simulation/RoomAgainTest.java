package io.vsring.test.simulation;

import static io.vsring.Guarantee.AGREED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A handler that returns at last: who waited for room need not wait for the rest of the token as well. */
class RoomAgainTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long MILLI = 1_000_000L;
    private static final int MEMBERS = 4;
    private static final ClusterShape SMALL_LANES = new ClusterShape(MEMBERS, 800, 1_400, 80, 17, 0, 64, 4 << 20);

    private record Roles(int blocked, int spokeLast, int waiting) {}

    /** Whoever is before whom on the ring, and wherever the representative is between them. */
    static List<Roles> roles() {
        List<Roles> all = new ArrayList<>();
        for (int blocked = 1; blocked <= MEMBERS; blocked++) {
            for (int spokeLast = 1; spokeLast <= MEMBERS; spokeLast++) {
                for (int waiting = 1; waiting <= MEMBERS; waiting++) {
                    if (blocked != spokeLast && blocked != waiting && spokeLast != waiting) {
                        all.add(new Roles(blocked, spokeLast, waiting));
                    }
                }
            }
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("roles") // [FLOW-4] [DEV-1] [DEV-17]
    void theTokenDoesNotRestBeforeAllKnowOfTheRoom(Roles roles) {
        long room = fill(blockedCluster(roles), roles.spokeLast(), Long.MAX_VALUE);
        SimulatedCluster cluster = blockedCluster(roles);
        assertThat(fill(cluster, roles.spokeLast(), room))
                .as("nothing of it waits")
                .isEqualTo(room);
        SimulatedMember waiting = cluster.member(roles.waiting());
        long delivered = waiting.delivered();
        waiting.offer(900, AGREED);
        cluster.runFor(300 * MILLI);
        assertThat(waiting.delivered()).as("there is no room").isEqualTo(delivered);

        cluster.unblockHandler(roles.blocked());
        cluster.runFor(20 * MILLI);

        assertThat(waiting.delivered()).isEqualTo(delivered + 1);
        cluster.requireSound();
    }

    private static SimulatedCluster blockedCluster(Roles roles) {
        SimulatedCluster cluster = new SimulatedCluster(new Seed(17), SMALL_LANES);
        cluster.startAll();
        assertThat(cluster.runUntil(cluster::isSettled, 20 * SECOND)).isTrue();
        cluster.runFor(SECOND);
        cluster.blockHandler(roles.blocked(), 2 * SECOND);
        return cluster;
    }

    /** Has the member send one frame after the other, as long as it is given them; returns how many. */
    private static long fill(SimulatedCluster cluster, int sender, long max) {
        SimulatedMember member = cluster.member(sender);
        for (long frames = 0; frames < max; frames++) {
            long delivered = member.delivered();
            member.offer(900, AGREED);
            cluster.runFor(5 * MILLI);
            if (member.delivered() == delivered) {
                return frames;
            }
        }
        return max;
    }
}
