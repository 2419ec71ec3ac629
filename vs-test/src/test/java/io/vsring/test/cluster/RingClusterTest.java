package io.vsring.test.cluster;

import static io.vsring.Guarantee.SAFE;
import static io.vsring.test.assertj.RingAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.vsring.ConfigurationChange;
import io.vsring.Delivery;
import io.vsring.Receipt;
import io.vsring.replicated.Codec;
import io.vsring.replicated.LockHandle;
import io.vsring.replicated.NotPrimaryException;
import io.vsring.replicated.ReplicatedMap;
import io.vsring.ring.RingHandler;
import io.vsring.test.junit.RingTest;
import io.vsring.test.simulation.PacketKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What a test can do to a ring, and what it is told when it waits in vain. */
class RingClusterTest {

    @RingTest
    void aMessageReachesEveryMember(RingCluster ring) {
        ring.awaitOperational();

        Receipt receipt = ring.await(ring.member(2).send("g", "hello", SAFE));
        ring.awaitOperational();

        assertThat(receipt.configuration().members().size()).isEqualTo(3);
        assertThat(ring).hasDeliveredEverywhere("hello");
    }

    @RingTest(seed = 5, repetitions = 3)
    void whoeverIsApartGoesOnAloneAndCatchesNothingUp(RingCluster ring) {
        ring.awaitOperational();

        ring.partition(Set.of(3));
        ring.awaitOperational();
        ring.member(1).send("g", "of the many");
        ring.member(3).send("g", "of the one");
        ring.awaitOperational();
        assertThat(ring.member(1)).isTogetherWith(1, 2).isPrimary().hasDelivered("of the many");
        assertThat(ring.member(3)).isTogetherWith(3).isNotPrimary().hasDelivered("of the one");

        ring.heal();
        ring.awaitOperational();
        ring.member(3).send("g", "together");
        ring.awaitOperational();
        assertThat(ring.member(2)).isTogetherWith(1, 2, 3).hasDelivered("of the many", "together");
        assertThat(ring.member(3)).isPrimary().hasDelivered("of the one", "together");
        assertThat(ring).hasIdenticalDeliveryOrder().satisfiesExtendedVirtualSynchrony();
    }

    @RingTest
    void aCrashedMemberSaysNothingMoreAndStartsAgainAsAnother(RingCluster ring) {
        ring.awaitOperational();
        ring.member(1).send("g", "before");
        ring.awaitOperational();

        ring.crash(2);

        assertThat(ring.member(2).isRunning()).isFalse();
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> ring.member(2).send("g", "from the grave"))
                .withMessageContaining("ring.restart(2)");
        ring.awaitOperational();
        assertThat(ring.member(1)).isTogetherWith(1, 3).isPrimary();
        ring.restart(2);
        ring.awaitOperational();
        ring.member(2).send("g", "after");
        ring.awaitOperational();
        assertThat(ring.member(2)).isTogetherWith(1, 2, 3).hasDelivered("after");
        assertThat(ring.member(2).deliveriesOfAllLives()).hasSize(2);
        assertThat(ring.member(3)).hasDelivered("before", "after");
    }

    @RingTest
    void membersPauseAndLeave(RingCluster ring) {
        ring.awaitOperational();

        ring.pause(1, Duration.ofSeconds(5));
        ring.advance(Duration.ofSeconds(4));
        assertThat(ring.member(2)).isTogetherWith(2, 3);
        ring.awaitOperational();
        assertThat(ring.member(2)).isTogetherWith(1, 2, 3);

        ring.leave(3);
        ring.awaitOperational();
        assertThat(ring.member(3).isRunning()).isFalse();
        assertThat(ring.member(2)).isTogetherWith(1, 2).isPrimary();
    }

    @RingTest(
            members = 4,
            seed = {1, 77})
    void aBadNetworkLosesNoMessage(RingCluster ring) {
        ring.awaitOperational();
        ring.drop(0.2);
        ring.duplicate(0.1);
        ring.reorder(0.1);
        ring.delay(Duration.ofMillis(2));

        for (int number = 0; number < 200; number++) {
            ring.member(1 + number % 4).send("g", "message " + number, SAFE);
            ring.advance(Duration.ofMillis(3));
        }
        ring.heal();
        ring.awaitOperational();

        assertThat(ring.member(1).deliveries()).hasSize(200);
        assertThat(ring).hasIdenticalDeliveryOrder();
        assertThat(ring.trace()).contains("LOST", "DUPLICATED");
    }

    @RingTest
    void exactlyTheNextSuchDatagramIsLost(RingCluster ring) {
        ring.awaitOperational();
        ring.dropNext((packet, to) -> packet.kind() == PacketKind.DATA && to == 2);

        ring.await(ring.member(1).send("g", "m", SAFE));
        ring.awaitOperational();

        assertThat(ring.trace().lines().filter(line -> line.contains("LOST (DATA)")))
                .hasSize(1);
        assertThat(ring).hasDeliveredEverywhere("m");
    }

    @RingTest
    void objectsAreTheSameOnAllMembers(RingCluster ring) {
        ring.awaitOperational();

        ring.await(stock(ring.member(1)).putAsync("apples", 12L));
        LockHandle lock = ring.await(ring.member(2).objects().locks().acquireAsync("door"));
        ring.awaitOperational();

        assertThat(stock(ring.member(3)).get("apples")).isEqualTo(12);
        CompletableFuture<LockHandle> next = ring.member(3).objects().locks().acquireAsync("door");
        ring.advance(Duration.ofSeconds(1));
        assertThat(next).isNotDone();
        ring.crash(2);
        assertThat(ring.await(next).fencingToken()).isGreaterThan(lock.fencingToken());
        ring.partition(Set.of(1), Set.of(3));
        ring.awaitOperational();
        assertThatExceptionOfType(NotPrimaryException.class)
                .isThrownBy(() -> ring.await(stock(ring.member(1)).putAsync("apples", 0L)));
    }

    private static ReplicatedMap<String, Long> stock(ClusterMember member) {
        return member.objects().map("stock", Codec.strings(), Codec.longs());
    }

    @RingTest
    void whatWouldWaitForeverIsRefused(RingCluster ring) {
        ring.awaitOperational();

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> stock(ring.member(1)).put("apples", 1L))
                .withMessageContaining("ring.await(");
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> ring.member(1).send("g", "m").join())
                .withMessageContaining("ring.await(");
    }

    @RingTest
    void aHandlerIsToldWhatItsMemberIsTold(RingCluster ring) {
        List<String> told = new ArrayList<>();
        ring.application(member -> new RingHandler() {
            @Override
            public void onMessage(Delivery delivery) {
                told.add(member.number() + " message");
            }

            @Override
            public void onConfigurationChange(ConfigurationChange change) {
                told.add(member.number() + " of "
                        + change.configuration().members().size());
            }
        });
        ring.crash(1);
        ring.awaitOperational();
        ring.restart(1);
        ring.awaitOperational();
        ring.member(2).send("g", "m");
        ring.awaitOperational();

        assertThat(told).contains("2 of 2", "1 of 3", "1 message", "2 message", "3 message");
        assertThat(told).doesNotContain("1 of 2");
    }

    @Test
    void theSameSeedGivesTheSameHistoryAndAnotherOneAnother() {
        assertThat(historyOf(4)).isEqualTo(historyOf(4)).isNotEqualTo(historyOf(5));
    }

    private static String historyOf(long seed) {
        RingCluster ring = RingCluster.of(3, seed);
        ring.drop(0.05);
        ring.awaitOperational();
        ring.member(1).send("g", "m", SAFE);
        ring.crash(2);
        ring.awaitOperational();
        return ring.trace();
    }

    @Test
    void aWaitInVainSaysWhatTheRingWasDoing() {
        RingCluster ring = RingCluster.of(3, 42);
        ring.awaitOperational();
        ring.partition(Set.of(1));
        CompletableFuture<Receipt> never = new CompletableFuture<>();

        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> ring.await(never))
                .withMessageContainingAll(
                        "waited 120s of virtual time for an answer",
                        "seed 42",
                        "partition [[1], [2, 3]]",
                        "member 1 is in regular",
                        "NOT_PRIMARY",
                        "**** partition");
    }

    @Test
    void refusesMembersThatThereAreNotAndPartsThatOverlap() {
        RingCluster ring = RingCluster.of(2, 1);

        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> ring.crash(0))
                .withMessageContaining("numbers from 1 to 2, not 0");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> ring.partition(Set.of(1), Set.of(1, 2)));
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> ring.restart(1))
                .withMessageContaining("crash(1) it first");
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> RingCluster.of(65, 1));
    }
}
