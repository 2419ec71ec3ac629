package io.vsring.protocol;

import static io.vsring.protocol.Cast.A;
import static io.vsring.protocol.Cast.RING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vsring.Guarantee;
import io.vsring.RingId;
import io.vsring.wire.DataFrame;
import io.vsring.wire.Unpacker;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SendQueueTest {

    private static final RingId NEXT_RING = new RingId(A, 8);

    private final RecordedEffects effects = new RecordedEffects();
    private final SendQueue queue = new SendQueue(A, effects, 1400);
    private final Unpacker unpacker = new Unpacker();
    private final List<String> arrived = new ArrayList<>();

    @Test
    void whatFitsIsPackedIntoOneFrameInTheOrderOfItsNumbers() {
        IntStream.rangeClosed(1, 3).forEach(number -> queue.append(Cast.message(number)));

        DataFrame frame = queue.next(RING, 9);

        unpack(frame);
        assertThat(arrived).containsExactly("1 of 2", "2 of 2", "3 of 2");
        assertThat(effects.positions()).containsExactly("1 at 1.7.a 9/0", "2 at 1.7.a 9/1", "3 at 1.7.a 9/2");
        assertThat(frame.firstNumber()).isEqualTo(1);
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void aFrameInWhichASafeMessageEndsIsSafe() {
        queue.append(Cast.message(1));
        queue.append(Cast.message(2, Guarantee.SAFE));
        DataFrame both = queue.next(RING, 1);
        queue.append(Cast.message(3));
        DataFrame alone = queue.next(RING, 2);

        assertThat(both.kind()).isEqualTo(DataFrame.Kind.SAFE);
        assertThat(alone.kind()).isEqualTo(DataFrame.Kind.AGREED);
    }

    @Test // [ORD-8]
    void aMessageIsSentWhenItsLastFragmentIsNumbered() {
        queue.append(Cast.messageOf(1, 3000));

        DataFrame first = queue.next(RING, 1);
        DataFrame second = queue.next(RING, 2);
        assertThat(effects.positions()).isEmpty();
        assertThat(queue.bytes()).isEqualTo(3000);
        DataFrame third = queue.next(RING, 3);

        assertThat(effects.positions()).containsExactly("1 at 1.7.a 3/0");
        assertThat(queue.bytes()).isZero();
        unpack(first, second, third);
        assertThat(arrived).containsExactly("1 of 3000");
    }

    @Test // [ORD-8]
    void aMessageThatIsCutByTheEndOfItsRingBeginsAnewOnTheNext() {
        queue.append(Cast.messageOf(1, 2000));
        queue.next(RING, 1);

        queue.restart(1400);

        List<DataFrame> frames = rest(NEXT_RING);
        unpack(frames.toArray(DataFrame[]::new));
        assertThat(frames).hasSize(2);
        assertThat(arrived).containsExactly("1 of 2000");
        assertThat(effects.positions()).containsExactly("1 at 1.8.a 2/0");
    }

    @Test // [ORD-8]
    void framesOfTheNextRingHaveItsSize() {
        queue.append(Cast.messageOf(1, 1000));

        queue.restart(512);

        List<DataFrame> frames = rest(NEXT_RING);
        unpack(frames.toArray(DataFrame[]::new));
        assertThat(frames).hasSize(3).allMatch(frame -> frame.body().length < 512);
        assertThat(arrived).containsExactly("1 of 1000");
    }

    @Test
    void theBacklogIsAboutTheFramesThatItWillTake() {
        assertThat(queue.backlogFrames()).isZero();
        IntStream.rangeClosed(1, 10).forEach(number -> queue.append(Cast.messageOf(number, 1200)));
        int estimated = queue.backlogFrames();

        int needed = rest(RING).size();

        assertThat(estimated).isCloseTo(needed, within(1));
    }

    private List<DataFrame> rest(RingId ring) {
        List<DataFrame> frames = new ArrayList<>();
        while (!queue.isEmpty()) {
            frames.add(queue.next(ring, frames.size() + 1));
        }
        return Collections.unmodifiableList(frames);
    }

    private void unpack(DataFrame... frames) {
        for (DataFrame frame : frames) {
            unpacker.accept(frame, message -> arrived.add(message.number() + " of " + message.length()));
        }
    }
}
