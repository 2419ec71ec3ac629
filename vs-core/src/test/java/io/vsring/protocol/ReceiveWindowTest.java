package io.vsring.protocol;

import static io.vsring.protocol.Cast.A;
import static io.vsring.protocol.Cast.RING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vsring.wire.DataFrame;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ReceiveWindowTest {

    /** The same, kept as simply as can be. */
    private static final class NaiveWindow {
        private final TreeMap<Long, DataFrame> all = new TreeMap<>();
        private long releasedUpTo;

        boolean insert(DataFrame frame) {
            return all.putIfAbsent(frame.sequence(), frame) == null;
        }

        long aru() {
            long aru = 0;
            while (all.containsKey(aru + 1)) {
                aru++;
            }
            return aru;
        }

        long highest() {
            return all.isEmpty() ? 0 : all.lastKey();
        }

        DataFrame get(long sequence) {
            return sequence <= releasedUpTo ? null : all.get(sequence);
        }
    }

    @Test
    void theWindowDoesWhatItsNaiveTwinDoes() {
        Random random = new Random(7);
        for (int game = 0; game < 20; game++) {
            ReceiveWindow window = new ReceiveWindow(1 + random.nextInt(60));
            NaiveWindow twin = new NaiveWindow();
            for (int step = 0; step < 200; step++) {
                if (random.nextInt(5) == 0) {
                    long upTo = window.releasedUpTo() + random.nextInt((int) (twin.aru() - twin.releasedUpTo) + 1);
                    window.release(upTo, frame -> {});
                    twin.releasedUpTo = Math.max(twin.releasedUpTo, upTo);
                } else {
                    long sequence = window.releasedUpTo() + 1 + random.nextInt(window.capacity());
                    DataFrame frame = new DataFrame(RING, A, sequence, DataFrame.Kind.AGREED, 1, new byte[0]);
                    assertThat(window.insert(frame)).isEqualTo(twin.insert(frame));
                }
                assertAlike(window, twin);
            }
        }
    }

    private static void assertAlike(ReceiveWindow window, NaiveWindow twin) {
        assertThat(window.aru()).isEqualTo(twin.aru());
        assertThat(window.highest()).isEqualTo(twin.highest());
        assertThat(window.releasedUpTo()).isEqualTo(twin.releasedUpTo);
        assertThat(LongStream.rangeClosed(0, twin.highest() + 2)
                        .filter(sequence -> window.get(sequence) != twin.get(sequence)
                                || window.holds(sequence) != (twin.get(sequence) != null)))
                .as("frames that only one of the two holds")
                .isEmpty();
    }

    @Test
    void aFrameIsAcceptedFromTheLastReleasedOneOnAsFarAsThereIsRoom() {
        ReceiveWindow window = new ReceiveWindow(8);
        for (long sequence = 1; sequence <= 3; sequence++) {
            window.insert(Cast.agreed(RING, A, sequence));
        }
        window.release(3, frame -> {});

        assertThat(window.accepts(3)).isFalse();
        assertThat(window.accepts(4)).isTrue();
        assertThat(window.accepts(11)).isTrue();
        assertThat(window.accepts(12)).isFalse();
        assertThat(window.accepts(1L << 40)).isFalse();
    }

    @Test
    void whoStoresAFrameOutsideOrReleasesWhatIsMissingIsWrong() {
        ReceiveWindow window = new ReceiveWindow(8);
        window.insert(Cast.agreed(RING, A, 2));

        assertThatThrownBy(() -> window.insert(Cast.agreed(RING, A, 9))).isInstanceOf(ProtocolViolation.class);
        assertThatThrownBy(() -> window.release(2, frame -> {})).isInstanceOf(ProtocolViolation.class);
    }
}
