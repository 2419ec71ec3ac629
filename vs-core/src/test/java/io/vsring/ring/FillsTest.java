package io.vsring.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.vsring.Guarantee;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a member keeps is filled, seen, and empty again: see docs/resources.md. */
class FillsTest {

    private final VirtualMembers world = new VirtualMembers();

    @Test
    void allAreShownAndNoneIsOverfull() {
        VirtualMembers.Virtual member = start(RingOptions.builder());

        assertThat(member.ring.statistics().fills().keySet())
                .containsExactlyInAnyOrderElementsOf(RingStatistics.resources());
        assertThat(member.ring.statistics().fills().values())
                .allSatisfy(fill -> assertThat(fill.max()).isPositive())
                .allSatisfy(fill -> assertThat(fill.used()).isZero());
        assertThat(RingAssembly.overfull(member.ring)).isNull();
    }

    @Test
    void whileTheHandlerDoesNotReturnTheQueuesFillUpAndThenDrain() {
        VirtualMembers.Virtual member =
                start(RingOptions.builder().sendQueueBytes(20_000).deliveryLaneFrames(256));
        int accepted = 0;
        for (int i = 0; i < 1000; i++) {
            while (offer(member, 1000)) {
                accepted++;
            }
            member.loop.pass(1_000_000); // and the delivery thread stands still
        }

        assertThat(fill(member, "send-queue").used()).isBetween(18_000L, 20_000L);
        assertThat(fill(member, "delivery-queue").used()).isGreaterThanOrEqualTo(200);
        assertThat(fill(member, "delivery-queue").used())
                .isLessThanOrEqualTo(fill(member, "delivery-queue").max());
        assertThat(fill(member, "configurations").used()).isZero();
        assertThat(RingAssembly.overfull(member.ring)).isNull();

        world.pass(500);

        assertThat(member.handler.deliveries()).hasSize(accepted);
        Set<String> keptForTheNextLoad = Set.of("spare-frames", "group-names");
        assertThat(member.ring.statistics().fills()).allSatisfy((resource, fill) -> {
            if (keptForTheNextLoad.contains(resource)) {
                assertThat(fill.used()).isBetween(1L, fill.max());
            } else {
                assertThat(fill.used()).as(resource).isZero();
            }
        });
        assertThat(offer(member, 1000)).isTrue();
    }

    @Test
    void whoGivesTasksWithoutAnEndIsToldBeforeTheMemoryEnds() {
        VirtualMembers.Virtual member = start(RingOptions.builder());
        AtomicInteger done = new AtomicInteger();
        for (int i = 0; i < 1000; i++) {
            member.ring.execute(done::incrementAndGet);
        }
        assertThat(fill(member, "tasks").used()).isEqualTo(1000);
        world.pass(1);
        assertThat(done).hasValue(1000);
        assertThat(fill(member, "tasks").used()).isZero();
        Duration never = Duration.ofDays(1);
        for (long i = 0; i < fill(member, "tasks").max(); i++) {
            member.ring.schedule(done::incrementAndGet, never);
        }
        world.pass(2000);
        assertThat(member.handler.isClosed()).isFalse();
        assertThat(RingAssembly.overfull(member.ring)).isNull();

        member.ring.schedule(done::incrementAndGet, never);
        world.pass(2000);

        assertThat(member.handler.isClosed()).isTrue();
        assertThat(member.handler.failure()).hasMessageContaining("tasks wait for the delivery thread");
        assertThat(RingAssembly.overfull(member.ring)).isNull();
    }

    @Test
    void aMessageOfWhichPiecesAreLackingIsSeenUntilTheyCome() {
        VirtualMembers.Virtual sender = start(RingOptions.builder());
        VirtualMembers.Virtual receiver = start(RingOptions.builder());
        AtomicInteger large = new AtomicInteger();
        receiver.loses = datagram -> datagram.length > 1000 && large.incrementAndGet() > 10;

        assertThat(offer(sender, 50_000)).isTrue();
        world.pass(5);

        assertThat(fill(receiver, "assemblies").used()).isBetween(10_000L, 50_000L);
        assertThat(fill(receiver, "frame-store").used()).isPositive();
        receiver.loses = datagram -> false;
        world.pass(500);
        assertThat(receiver.handler.deliveries()).hasSize(1);
        assertThat(fill(receiver, "assemblies").used()).isZero();
    }

    private VirtualMembers.Virtual start(RingOptionsBuilder options) {
        VirtualMembers.Virtual member = world.add(options);
        member.ring.start();
        world.pass(1500);
        return member;
    }

    private static boolean offer(VirtualMembers.Virtual member, int bytes) {
        return member.ring.offer("g", new byte[bytes], Guarantee.AGREED, new RecordingOutcome());
    }

    private static Fill fill(VirtualMembers.Virtual member, String resource) {
        return member.ring.statistics().fills().get(resource);
    }
}
