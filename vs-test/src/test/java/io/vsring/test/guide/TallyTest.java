package io.vsring.test.guide;

import static io.vsring.test.assertj.RingAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.vsring.Guarantee;
import io.vsring.replicated.ReplicatedCounter;
import io.vsring.test.cluster.RingCluster;
import io.vsring.test.junit.RingTest;
import io.vsring.test.simulation.PacketKind;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

class TallyTest {

    private final Map<Integer, Tally> tallies = new HashMap<>();

    @RingTest(members = 3, seed = 42)
    void bothSidesOfACutGoOnAndMeetAgain(RingCluster ring) {
        ring.awaitOperational();

        ring.partition(Set.of(1, 2), Set.of(3));
        ring.awaitOperational();
        ring.member(1).send("votes", "apples");
        ring.member(3).send("votes", "pears");
        ring.awaitOperational();
        assertThat(ring.member(2)).isTogetherWith(1, 2).isPrimary().hasDelivered("apples");
        assertThat(ring.member(3)).isTogetherWith(3).isNotPrimary().hasDelivered("pears");

        ring.heal();
        ring.awaitOperational();
        ring.await(ring.member(3).send("votes", "plums", Guarantee.SAFE));
        ring.awaitOperational();
        assertThat(ring.member(1)).hasDelivered("apples", "plums");
        assertThat(ring).hasIdenticalDeliveryOrder().satisfiesExtendedVirtualSynchrony();
    }

    @RingTest(
            members = 3,
            seed = {42, 4711},
            repetitions = 10)
    void allWhoLiveCountTheSameVotes(RingCluster ring) {
        ring.application(member -> tallies.compute(member.number(), (number, former) -> new Tally()));
        ring.awaitOperational();

        ring.drop(0.1);
        for (int round = 0; round < 20; round++) {
            ring.member(1 + round % 3).send("votes", "candidate " + round % 7);
            ring.advance(Duration.ofMillis(5));
        }
        ring.crash(3);
        ring.heal();
        ring.awaitOperational();

        assertThat(tallies.get(1).votes()).isEqualTo(tallies.get(2).votes());
    }

    @RingTest
    void aLostTokenCostsNoVote(RingCluster ring) {
        ring.awaitOperational();

        ring.dropNext((packet, to) -> packet.kind() == PacketKind.TOKEN && to == 2);
        ring.member(1).send("votes", "apples");
        ring.awaitOperational();

        assertThat(ring).hasDeliveredEverywhere("apples");
    }

    @RingTest
    void objectsAreCalledAsynchronously(RingCluster ring) {
        ring.awaitOperational();
        ReplicatedCounter counter = ring.member(1).objects().counter("votes");

        assertThat(ring.await(counter.addAndGetAsync(1))).isEqualTo(1);
    }
}
