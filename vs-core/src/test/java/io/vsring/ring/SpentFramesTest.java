package io.vsring.ring;

import static io.vsring.ring.DeliveryLaneTest.frame;
import static org.assertj.core.api.Assertions.assertThat;

import io.vsring.wire.DataFrame;
import io.vsring.wire.FramePool;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SpentFramesTest implements DeliveryLane.Taker {

    private final VirtualLoop thread = new VirtualLoop();
    private final DeliveryLane lane =
            new DeliveryLane(thread, this, () -> {}, new DeliveryLane.Bounds(16_384, 1 << 20, 1, 16));
    private final FramePool pool = new FramePool();
    private final SpentFrames spent = new SpentFrames(pool, lane);
    private final List<Integer> seen = new ArrayList<>();

    @Test
    void aFrameGoesBackWhenTheHandlerHasBeenGivenItAndNotBefore() {
        DataFrame frame = frame(1);
        lane.deliver(frame);
        spent.add(frame);
        spent.giveBack();
        assertThat(pool.size()).as("the handler has not been given it").isZero();

        lane.wake();
        thread.run();
        assertThat(seen).as("its body was there").containsExactly(1);
        spent.giveBack();

        assertThat(pool.size()).isEqualTo(1);
        assertThat(frame.body()).isEmpty();
        assertThat(spent.size()).isZero();
    }

    @Test
    void aFrameThatIsNeverDeliveredWaitsForThoseBeforeItOnly() {
        lane.deliver(frame(1));
        spent.add(frame(2)); // of recovery
        spent.giveBack();
        assertThat(pool.size()).isZero();

        lane.wake();
        thread.run();
        spent.giveBack();

        assertThat(pool.size()).isEqualTo(1);
    }

    @Test
    void whereTooManyWaitTheOthersAreNotKept() {
        for (int i = 1; i <= SpentFrames.WAITING_MAX + 10; i++) {
            DataFrame frame = frame(i);
            lane.deliver(frame);
            spent.add(frame);
        }
        assertThat(spent.size()).isEqualTo(SpentFrames.WAITING_MAX);

        lane.wake();
        thread.run();
        spent.giveBack();

        assertThat(seen).hasSize(SpentFrames.WAITING_MAX + 10);
        assertThat(spent.size()).isZero();
        assertThat(pool.size()).isEqualTo(FramePool.FRAMES_MAX);
    }

    @Override
    public void onFrame(DataFrame frame) {
        seen.add(frame.body().length);
    }

    @Override
    public void onInstall(DeliveryLane.Installation installation) {
        throw new AssertionError("no configuration is told here");
    }

    @Override
    public void onEnd(@Nullable Throwable failure) {
        throw new AssertionError("the lane does not end here", failure);
    }
}
