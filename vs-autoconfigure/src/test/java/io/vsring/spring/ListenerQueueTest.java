package io.vsring.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.vsring.Guarantee;
import io.vsring.MemberId;
import io.vsring.MemberSet;
import io.vsring.RingConfiguration;
import io.vsring.RingId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ListenerQueueTest {

    private static final long NOW = 0;
    private static final MemberId MEMBER = new MemberId(1, 1);
    private static final RingConfiguration ALONE =
            RingConfiguration.regular(new RingId(MEMBER, 1), MemberSet.of(MEMBER));

    private final List<ListenerEvent> batch = new ArrayList<>();

    @Test
    void givesEventsInTheOrderInWhichTheyCame() {
        ListenerQueue queue = new ListenerQueue(8, 10_000);
        List<ListenerEvent> events = List.of(message(1), message(2), message(3));

        events.forEach(event -> queue.put(event, NOW));

        assertThat(queue.take(batch)).isTrue();
        assertThat(batch).containsExactlyElementsOf(events);
    }

    @Test
    void countsWhatWasTakenUntilTheNextBatchIsAskedFor() {
        ListenerQueue queue = new ListenerQueue(2, 10_000);
        queue.put(message(1), NOW);
        queue.put(message(1), NOW);

        assertThat(queue.put(message(1), NOW)).isFalse();
        queue.take(batch);
        assertThat(queue.put(message(1), NOW)).isFalse();
        queue.end();
        queue.take(batch);

        assertThat(queue.size()).isZero();
        assertThat(queue.bytes()).isZero();
    }

    @Test
    void isBoundedInBytes() {
        ListenerQueue queue = new ListenerQueue(100, 5_000);

        assertThat(queue.put(message(4_000), NOW)).isTrue();
        assertThat(queue.put(message(2_000), NOW)).isFalse();
        assertThat(queue.put(message(10), NOW)).isTrue();
        assertThat(queue.isHalfFull()).isTrue();
    }

    @Test
    void saysWhetherItStaysHalfEmpty() {
        ListenerQueue queue = new ListenerQueue(4, 10_000);

        assertThat(queue.hasAmpleRoom(2_400)).isTrue();
        assertThat(queue.hasAmpleRoom(2_500))
                .as("its headers may be there once more")
                .isFalse();
        queue.put(message(4_000), NOW);
        assertThat(queue.hasAmpleRoom(300)).isTrue();
        assertThat(queue.hasAmpleRoom(400)).isFalse();
        queue.put(message(1), NOW);
        assertThat(queue.hasAmpleRoom(1)).as("two of four").isFalse();
        assertThat(new ListenerQueue(1, 10_000).hasAmpleRoom(1)).isFalse();
    }

    @Test
    void letsAnEventInThatIsLargerThanAllOfIt() {
        ListenerQueue queue = new ListenerQueue(100, 5_000);

        assertThat(queue.put(message(1_000_000), NOW)).isTrue();
        assertThat(queue.put(message(1), NOW)).isFalse();
    }

    /** The delivery thread adds them, and must not wait for that. */
    @Test
    void hasRoomForAsManyMarksAsEventsAndRefusesMore() {
        ListenerQueue queue = new ListenerQueue(4, 10_000);
        List<String> told = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            assertThat(queue.put(message(1), NOW)).isTrue();
        }
        for (int i = 0; i < 4; i++) {
            queue.putMark(mark(told));
        }
        assertThat(told).isEmpty();
        assertThat(queue.size()).isEqualTo(8);

        queue.putMark(mark(told));

        assertThat(told).hasSize(1);
        assertThat(told.get(0)).startsWith("4 barriers wait").contains("vs.listener.queue-capacity");
        assertThat(queue.size()).isEqualTo(8);
        queue.take(batch);
        queue.putMark(mark(told));
        assertThat(told).hasSize(1);
        queue.abandon();
        assertThat(told).hasSize(2).last().asString().contains("was ended");
    }

    private static ListenerEvent.Mark mark(List<String> told) {
        return new ListenerEvent.Mark(() -> told.add("passed"), failure -> told.add(failure.getMessage()));
    }

    @Test
    void wakesWhoWaitsForRoom() {
        ListenerQueue queue = new ListenerQueue(1, 10_000);
        queue.put(message(1), NOW);
        CompletableFuture<Boolean> second =
                CompletableFuture.supplyAsync(() -> queue.put(message(2), TimeUnit.MINUTES.toNanos(1)));

        queue.take(batch);
        batch.clear();
        queue.take(batch);

        assertThat(second.join()).isTrue();
        assertThat(batch).hasSize(1);
    }

    @Test
    void isStillDrainedAfterItsEnd() {
        ListenerQueue queue = new ListenerQueue(8, 10_000);
        queue.put(message(1), NOW);

        queue.end();

        assertThat(queue.put(message(2), NOW)).isTrue();
        assertThat(queue.take(batch)).isTrue();
        assertThat(queue.take(batch)).isFalse();
        assertThat(batch).hasSize(1);
    }

    @Test
    void freesWhoWaitsForRoomWhenItIsAbandoned() {
        ListenerQueue queue = new ListenerQueue(1, 10_000);
        queue.put(message(1), NOW);
        CompletableFuture<Boolean> second =
                CompletableFuture.supplyAsync(() -> queue.put(message(2), TimeUnit.MINUTES.toNanos(1)));

        queue.abandon();

        assertThat(second.join()).isTrue();
        assertThat(queue.take(batch)).isFalse();
    }

    @Test
    void dropsWhatHasNotBegunWhenItIsAbandonedAndSaysHowMuch() {
        ListenerQueue queue = new ListenerQueue(8, 10_000);
        queue.put(message(1), NOW);
        queue.put(message(1), NOW);
        queue.take(batch);
        queue.put(message(1), NOW);

        assertThat(queue.begin()).isTrue();
        assertThat(queue.abandon()).isEqualTo(2);

        assertThat(queue.begin()).isFalse();
        assertThat(queue.take(batch)).isFalse();
        assertThat(queue.abandon()).isZero();
        assertThat(queue.size()).isZero();
        assertThat(queue.bytes()).isZero();
    }

    private static ListenerEvent message(int bytes) {
        return new ListenerEvent.Message(
                new MemoryDelivery(MEMBER, 1, "g", Guarantee.AGREED, ALONE, 1, new byte[bytes]));
    }
}
