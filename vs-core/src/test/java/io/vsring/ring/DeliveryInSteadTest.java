package io.vsring.ring;

import static io.vsring.ring.DeliveryLaneTest.frame;
import static io.vsring.ring.DeliveryLaneTest.installation;
import static org.assertj.core.api.Assertions.assertThat;

import io.vsring.transport.LoopThread;
import io.vsring.transport.ParkingLoopThread;
import io.vsring.wire.DataFrame;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the loop thread takes out of the delivery lane itself, and what it leaves to the delivery thread. */
@Timeout(60)
class DeliveryInSteadTest implements DeliveryLane.Taker {

    private final VirtualLoop thread = new VirtualLoop();
    private final List<Object> taken = new ArrayList<>();
    private final List<Long> takenHere = new ArrayList<>();
    private final Set<Long> slow = new HashSet<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private final List<Long> slowNanos = new ArrayList<>();
    private Runnable onFrame = () -> {};
    private long breakAt = -1;

    @Override
    public void onFrame(DataFrame frame) {
        if (frame.sequence() == breakAt) {
            throw new OutOfMemoryError("made up");
        }
        taken.add(frame.sequence());
        onFrame.run();
    }

    @Override
    public DeliveryLane.Progress onNext(DataFrame frame) {
        if (slow.contains(frame.sequence())) {
            return DeliveryLane.Progress.NOT_HERE;
        }
        onFrame(frame);
        takenHere.add(frame.sequence());
        return DeliveryLane.Progress.ALL;
    }

    @Override
    public void onSlow(long nanos) {
        slowNanos.add(nanos);
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
    void whatIsQuickIsTakenInTheThreadsSteadIfItIsAtRest() {
        thread.lend();
        DeliveryLane lane = lane(thread, 16, 16);

        lane.deliver(frame(1));
        lane.deliver(frame(2));
        lane.wake();
        assertThat(taken).containsExactly(1L, 2L);
        assertThat(lane.frames()).isZero();
        lane.end(null);
        thread.run();

        assertThat(taken).containsExactly(1L, 2L, "end");
    }

    @Test
    void whatIsNotQuickIsLeftToTheThreadWithAllThatComesBehindIt() {
        thread.lend();
        slow.add(2L);
        DeliveryLane lane = lane(thread, 16, 16);

        for (int sequence = 1; sequence <= 3; sequence++) {
            lane.deliver(frame(sequence));
        }
        lane.wake();
        assertThat(takenHere).containsExactly(1L);
        lane.deliver(frame(4));
        lane.wake(); // the thread has something to do, and keeps it
        thread.run();
        lane.install(installation());
        lane.wake();
        thread.run();
        lane.deliver(frame(5));
        lane.wake();

        assertThat(taken).containsExactly(1L, 2L, 3L, 4L, "1.1.1", 5L);
        assertThat(takenHere).containsExactly(1L, 5L);
    }

    @Test
    void littleIsTakenBeforeTheTokenIsWorkedOn() {
        thread.lend();
        DeliveryLane lane = lane(thread, 64, 64);

        assertThat(lane.takeFew()).as("nothing is there").isFalse();
        lane.deliver(frame(1));
        assertThat(lane.takeFew()).isTrue();
        assertThat(taken).containsExactly(1L);
        slow.add(3L);
        lane.deliver(frame(2));
        lane.deliver(frame(3));
        lane.takeFew();
        thread.run();
        assertThat(taken).as("the thread is not woken before the token is gone").containsExactly(1L, 2L);
        lane.wake();
        thread.run();
        assertThat(taken).containsExactly(1L, 2L, 3L);
        lane.deliver(frame(4, 2049));
        assertThat(lane.takeFew()).isFalse();
        lane.wake();

        assertThat(taken).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void whatTheThreadWasGivenMeanwhileComesBeforeTheNextMessage() {
        thread.lend();
        DeliveryLane lane = lane(thread, 16, 16);
        onFrame = () -> {
            if (taken.equals(List.of(1L))) {
                thread.execute(() -> taken.add("told"));
            }
        };

        lane.deliver(frame(1));
        lane.deliver(frame(2));
        lane.wake();
        thread.run();

        assertThat(taken).containsExactly(1L, "told", 2L);
    }

    @Test
    void theLoopThreadDoesNotTakeManyAtOnce() {
        thread.lend();
        DeliveryLane lane = lane(thread, 64, 64);
        for (int sequence = 1; sequence <= 40; sequence++) {
            lane.deliver(frame(sequence));
        }

        lane.wake();
        assertThat(taken).isEmpty();
        thread.run();

        assertThat(taken).hasSize(40);
    }

    @Test
    void whatIsSlowAlthoughItSaidOtherwiseHoldsTheLoopThreadUpForAFiftiethOfTheTime() {
        thread.lend();
        DeliveryLane lane = lane(thread, 16, 16);
        onFrame = () -> thread.freeze(100_000_000);

        lane.deliver(frame(1));
        lane.wake();
        onFrame = () -> {};
        assertThat(slowNanos).containsExactly(100_000_000L);
        lane.deliver(frame(2));
        lane.wake();
        assertThat(takenHere).containsExactly(1L);
        thread.pass(4_999_000_000L);
        lane.deliver(frame(3));
        lane.wake();
        thread.run();
        assertThat(takenHere).containsExactly(1L);
        thread.pass(1_000_000);
        lane.deliver(frame(4));
        lane.wake();

        assertThat(takenHere).containsExactly(1L, 4L);
        assertThat(taken).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void aBreakInTheThreadsSteadEndsTheLane() {
        thread.lend();
        breakAt = 1;
        DeliveryLane lane = lane(thread, 16, 16);

        lane.deliver(frame(1));
        lane.deliver(frame(2));
        lane.wake();
        thread.run();
        lane.end(lane.failure());
        thread.run();

        assertThat(lane.failure()).isInstanceOf(OutOfMemoryError.class);
        assertThat(taken).containsExactly("end");
    }

    @Test
    void framesAreTakenInOrderHereAndThere() throws Exception {
        ParkingLoopThread delivery = ParkingLoopThread.open("vs-delivery-lane-test");
        int frames = 200_000;
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger twoAtOnce = new AtomicInteger();
        onFrame = () -> {
            if (inside.incrementAndGet() != 1 || !delivery.isCurrent()) {
                twoAtOnce.incrementAndGet();
            }
            inside.decrementAndGet();
        };
        for (long sequence = 1; sequence <= frames; sequence += 1 + sequence % 7) {
            slow.add(sequence);
        }
        DeliveryLane lane = lane(delivery, frames, frames);
        AtomicInteger tasks = new AtomicInteger();
        AtomicBoolean done = new AtomicBoolean();
        Thread other = new Thread(() -> {
            while (!done.get()) {
                delivery.execute(() -> {
                    onFrame.run();
                    tasks.incrementAndGet();
                });
                LockSupport.parkNanos(20_000);
            }
        });
        other.start();
        for (long sequence = 1; sequence <= frames; sequence++) {
            lane.deliver(frame(sequence));
            if (sequence % 3 != 0) {
                lane.wake();
            }
            for (int busy = 0; busy < sequence % 1000; busy++) {
                Thread.onSpinWait();
            }
        }
        done.set(true);
        other.join();
        lane.end(null);
        assertThat(end.await(20, TimeUnit.SECONDS)).isTrue();

        assertThat(taken).hasSize(frames + 1).last().isEqualTo("end");
        for (int i = 0; i < frames; i++) {
            assertThat(taken.get(i)).isEqualTo(i + 1L);
        }
        assertThat(twoAtOnce).hasValue(0);
        assertThat(takenHere).isNotEmpty();
        assertThat(tasks.get()).isPositive();
        delivery.close();
    }

    private DeliveryLane lane(LoopThread delivery, int roomFrames, int storeFrames) {
        return new DeliveryLane(delivery, this, () -> {}, new DeliveryLane.Bounds(roomFrames, 1 << 20, 1, storeFrames));
    }
}
