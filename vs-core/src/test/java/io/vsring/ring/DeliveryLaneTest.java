package io.vsring.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vsring.ConfigurationChange;
import io.vsring.MemberId;
import io.vsring.MemberSet;
import io.vsring.RingConfiguration;
import io.vsring.RingId;
import io.vsring.transport.LoopThread;
import io.vsring.transport.ParkingLoopThread;
import io.vsring.wire.DataFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DeliveryLaneTest implements DeliveryLane.Taker {

    private static final MemberId SELF = new MemberId(1, 1);
    private static final RingId RING = new RingId(SELF, 1);

    private final VirtualLoop thread = new VirtualLoop();
    private final List<Object> taken = new ArrayList<>();
    private final AtomicInteger rooms = new AtomicInteger();
    private final CountDownLatch end = new CountDownLatch(1);
    private long breakAt = -1;

    @Override
    public void onFrame(DataFrame frame) {
        if (frame.sequence() == breakAt) {
            throw new OutOfMemoryError("made up");
        }
        taken.add(frame.sequence());
    }

    @Override
    public void onInstall(DeliveryLane.Installation installation) {
        taken.add(installation.change().configuration().id());
    }

    @Override
    public void onEnd(Throwable failure) {
        taken.add("end");
        end.countDown();
    }

    @Test
    void keepsFramesConfigurationsAndTheEndInOrder() {
        DeliveryLane lane = lane(thread, 16, 16);

        lane.install(installation());
        lane.deliver(frame(1));
        lane.deliver(frame(2));
        lane.install(installation());
        lane.end(null);
        thread.run();

        assertThat(taken).containsExactly("1.1.1", 1L, 2L, "1.1.1", "end");
    }

    @Test
    void tasksAreDoneInTheirOrderAndWhenTheirTimeHasCome() {
        DeliveryLane lane = lane(thread, 16, 16);

        lane.schedule(() -> taken.add("later"), 1_000);
        lane.execute(() -> taken.add("first"));
        lane.execute(() -> taken.add("second"));
        assertThat(lane.tasks()).isEqualTo(3);
        thread.run();
        assertThat(lane.tasks()).isEqualTo(1);
        thread.pass(1_000);

        assertThat(taken).containsExactly("first", "second", "later");
        assertThat(lane.tasks()).isZero();
    }

    @Test
    void moreTasksThanMayWaitBreakTheLane() {
        DeliveryLane lane = lane(thread, 16, 16);
        for (int i = 0; i < DeliveryLane.TASKS_MAX / 2; i++) {
            lane.execute(() -> {});
            lane.schedule(() -> {}, 1_000);
        }
        assertThat(lane.tasks()).isEqualTo(DeliveryLane.TASKS_MAX);
        assertThat(lane.failure()).isNull();

        lane.execute(() -> taken.add("one too many"));

        assertThat(lane.failure()).isInstanceOf(RingException.class).hasMessageContaining("1048576 tasks wait");
        assertThat(lane.tasks()).isEqualTo(DeliveryLane.TASKS_MAX);
        thread.run();
        assertThat(taken).isEmpty();
    }

    @Test
    void comesOnlyWhenItIsToldTo() {
        DeliveryLane lane = lane(thread, 16, 16);

        lane.deliver(frame(1));
        thread.run();
        assertThat(taken).isEmpty();
        lane.wake();
        lane.wake();
        thread.run();

        assertThat(taken).containsExactly(1L);
    }

    @Test
    void roomGoesDownToNothingAndIsAnnouncedAtHalf() {
        DeliveryLane lane = lane(thread, 16, 16);
        for (int i = 1; i <= 16; i++) {
            assertThat(lane.room()).isEqualTo(16 - i + 1);
            lane.deliver(frame(i));
        }
        assertThat(lane.room()).isZero();
        lane.deliver(frame(17));
        assertThat(lane.room()).isZero();
        assertThat(lane.frames()).isEqualTo(17);

        lane.wake();
        thread.run();

        assertThat(rooms).hasValue(1);
        assertThat(lane.room()).isEqualTo(16);
    }

    @Test
    void largeFramesAreBoundedByTheirBytes() {
        DeliveryLane lane = new DeliveryLane(
                thread, this, rooms::incrementAndGet, new DeliveryLane.Bounds(1000, 10_000, 1000, 1000));
        long told = lane.room();
        assertThat(told).isEqualTo(10);
        for (int i = 1; i <= 40; i++) {
            lane.deliver(frame(i, i % 3 == 0 ? 1000 : 100));
            assertThat(i + lane.room()).as("the ring is never told less").isGreaterThanOrEqualTo((int) told);
            told = Math.max(told, i + lane.room());
        }
        assertThat(lane.room()).isZero();

        lane.wake();
        thread.run();

        assertThat(rooms).hasValue(1);
        assertThat(lane.room()).isEqualTo(10);
    }

    @Test
    void overTheHardBoundItSaysWhatIsWrong() {
        DeliveryLane lane = lane(thread, 16, 32);
        for (int i = 1; i <= 48; i++) {
            lane.deliver(frame(i));
        }

        assertThatThrownBy(() -> lane.deliver(frame(49)))
                .isInstanceOf(RingException.class)
                .hasMessageContaining("49 frames wait")
                .hasMessageContaining("48 frames");
    }

    @Test
    void configurationsThatWaitAreBoundedAndGoOnWhenTheyAreTaken() {
        DeliveryLane lane = lane(thread, 16, 32);
        for (int i = 0; i < DeliveryLane.INSTALLATIONS_MAX; i++) {
            lane.install(installation());
        }

        assertThat(lane.installations()).isEqualTo(DeliveryLane.INSTALLATIONS_MAX);
        assertThatThrownBy(() -> lane.install(installation()))
                .isInstanceOf(RingException.class)
                .hasMessageContaining("4097 configurations wait");
        assertThat(lane.installations()).isEqualTo(DeliveryLane.INSTALLATIONS_MAX);

        lane.wake();
        thread.run();

        assertThat(lane.installations()).isZero();
        lane.install(installation());
        assertThat(lane.installations()).isOne();
    }

    @Test
    void afterTheTakerBrokeNothingButTheEndComes() {
        DeliveryLane lane = lane(thread, 16, 16);
        breakAt = 2;
        lane.deliver(frame(1));
        lane.deliver(frame(2));
        lane.deliver(frame(3));
        lane.end(null);
        thread.run();

        assertThat(taken).containsExactly(1L, "end");
        assertThat(lane.failure()).isInstanceOf(OutOfMemoryError.class);
    }

    @Test
    void outcomesComeOutAsTheyWentIn() {
        DeliveryLane lane = lane(thread, 16, 16);
        RecordingOutcome first = new RecordingOutcome();
        RecordingOutcome second = new RecordingOutcome();
        lane.expect(first);
        lane.expect(second);

        assertThat(lane.nextOutcome()).isSameAs(first);
        assertThat(lane.nextOutcome()).isSameAs(second);
        assertThat(lane.nextOutcome()).isNull();
    }

    @Test
    void nothingIsLostOrSwappedBetweenTwoThreads() throws Exception {
        ParkingLoopThread delivery = ParkingLoopThread.open("delivery");
        DeliveryLane lane = lane(delivery, 256, 256);
        int frames = 500_000;
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(50);
        for (int i = 1; i <= frames; i++) {
            while (lane.room() == 0) {
                if (System.nanoTime() - deadline > 0) {
                    throw new AssertionError("frame " + i + " waits, and nobody makes room for it");
                }
                Thread.onSpinWait();
            }
            lane.deliver(frame(i));
            if (i % 7 == 0) {
                lane.wake();
            }
            if (i % 64 == 0) {
                lane.wake();
            }
            if (lane.room() == 0) {
                lane.wake();
            }
        }
        lane.end(null);

        assertThat(end.await(30, TimeUnit.SECONDS)).isTrue();
        delivery.close();
        assertThat(taken).hasSize(frames + 1);
        for (int i = 0; i < frames; i++) {
            assertThat(taken.get(i)).isEqualTo(i + 1L);
        }
        assertThat(lane.frames()).isZero();
    }

    @Test
    void aFrameIsTakenAlthoughNoOtherFollowsIt() {
        AtomicLong seen = new AtomicLong();
        SpinningThread spinning = new SpinningThread();
        DeliveryLane lane = new DeliveryLane(
                spinning,
                new DeliveryLane.Taker() {
                    @Override
                    public void onFrame(DataFrame frame) {
                        seen.set(frame.sequence());
                    }

                    @Override
                    public void onInstall(DeliveryLane.Installation installation) {}

                    @Override
                    public void onEnd(Throwable failure) {}
                },
                () -> {},
                new DeliveryLane.Bounds(1 << 20, 1 << 30, 1, 1));
        long sequence = 0;
        long enough = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
        while (System.nanoTime() < enough) {
            for (int round = 0; round < 1000; round++) {
                lane.deliver(frame(++sequence));
                lane.wake();
                for (int busy = 0; busy < round % 60; busy++) {
                    seen.getOpaque(); // so that the second one meets the thread at another point of its turn each time
                }
                lane.deliver(frame(++sequence));
                lane.wake();
                awaitSeen(seen, sequence);
            }
        }
        spinning.close();
    }

    private static void awaitSeen(AtomicLong seen, long sequence) {
        long deadline = 0;
        for (int spins = 0; seen.get() != sequence; spins++) {
            if (spins == 20_000) {
                deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
            }
            if (spins > 20_000 && System.nanoTime() > deadline) {
                throw new AssertionError("frame " + sequence + " waits, and nobody comes for it: seen=" + seen);
            }
        }
    }

    @Test
    void theEndComesWhateverItsThreadThrows() {
        DeliveryLane lane = lane(thread, 16, 16);
        lane.expect(new RecordingOutcome());
        thread.refuse(new OutOfMemoryError("made up"));

        lane.end(null);

        assertThat(taken).containsExactly("end");
    }

    @Test
    void aWakeUpThatFailsIsNotTheLast() {
        DeliveryLane lane = lane(thread, 16, 16);
        thread.refuse(new OutOfMemoryError("made up"));
        lane.deliver(frame(1));
        assertThatThrownBy(lane::wake).isInstanceOf(OutOfMemoryError.class);

        thread.refuse(null);
        lane.deliver(frame(2));
        lane.wake();
        thread.run();

        assertThat(taken).containsExactly(1L, 2L);
    }

    @Test
    void aTurnThatCannotBeContinuedBreaksTheLane() {
        DeliveryLane lane = lane(thread, 1000, 16);
        for (int i = 1; i <= 500; i++) {
            lane.deliver(frame(i));
        }
        lane.wake();
        thread.refuse(new OutOfMemoryError("made up"));
        thread.run();
        assertThat(lane.failure()).isInstanceOf(OutOfMemoryError.class);

        lane.end(lane.failure());

        assertThat(taken).endsWith("end");
    }

    @Test
    void theEndComesAfterTheThreadHasDiedAndBeforeToo() {
        DeliveryLane before = lane(thread, 16, 16);
        thread.whenEnded(before::abandon);
        thread.die();
        assertThat(before.failure()).hasMessageContaining("delivery thread has ended");
        before.end(before.failure());
        assertThat(taken).containsExactly("end");

        VirtualLoop other = new VirtualLoop();
        DeliveryLane after = lane(other, 16, 16);
        other.whenEnded(after::abandon);
        after.end(null);
        other.die();

        assertThat(taken).containsExactly("end", "end");
    }

    private DeliveryLane lane(LoopThread delivery, int roomFrames, int storeFrames) {
        return new DeliveryLane(
                delivery, this, rooms::incrementAndGet, new DeliveryLane.Bounds(roomFrames, 1 << 20, 1, storeFrames));
    }

    /** Never parks, so that nothing but the lane's own hand-off is tried. */
    private static final class SpinningThread implements LoopThread {

        private final AtomicReference<Runnable> next = new AtomicReference<>();
        private volatile boolean closed;

        SpinningThread() {
            Thread thread = new Thread(() -> {
                while (!closed) {
                    Runnable task = next.get();
                    if (task != null) {
                        next.set(null);
                        task.run();
                    }
                }
            });
            thread.setDaemon(true);
            thread.start();
        }

        @Override
        public void execute(Runnable task) {
            while (!next.compareAndSet(null, task)) {
                Thread.onSpinWait();
            }
        }

        @Override
        public Scheduled schedule(Runnable task, long delayNanos) {
            return () -> {};
        }

        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public boolean isCurrent() {
            return false;
        }

        @Override
        public void whenEnded(Runnable task) {}

        @Override
        public void close() {
            closed = true;
        }
    }

    static DataFrame frame(long sequence) {
        return frame(sequence, 1);
    }

    static DataFrame frame(long sequence, int bodyBytes) {
        return new DataFrame(RING, SELF, sequence, DataFrame.Kind.AGREED, 1, new byte[bodyBytes]);
    }

    static DeliveryLane.Installation installation() {
        MemberSet alone = MemberSet.of(SELF);
        return new DeliveryLane.Installation(
                ConfigurationChange.between(alone, RingConfiguration.regular(RING, alone)), List.of());
    }
}
