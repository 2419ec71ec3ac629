package io.vsring.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vsring.Guarantee;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FramePoolTest {

    private static final int BODY_BYTES = 1000;

    private final FramePool pool = new FramePool();
    private final Packer packer = new Packer(BODY_BYTES, pool);

    @Test
    void aFrameThatWasGivenBackIsFilledAgainAndSaysNothingOfWhatItSaid() {
        DataFrame first = full(7);
        byte[] body = first.body();

        pool.giveBack(first);
        assertThat(first.body()).as("whoever looks at it still finds nothing").isEmpty();
        DataFrame second = full(8);

        assertThat(second).isSameAs(first);
        assertThat(second.sequence()).isEqualTo(8);
        assertThat(second.body()).isSameAs(body).isEqualTo(alone(8).body());
    }

    @Test
    void aFrameThatWasNotGivenBackIsNeverFilledAgain() {
        DataFrame first = full(1);
        DataFrame second = full(2);

        assertThat(second).isNotSameAs(first);
        assertThat(first.body()).isNotSameAs(second.body()).isEqualTo(alone(1).body());
    }

    @Test
    void bodiesOfOtherLengthsAreNotKept() {
        pool.giveBack(frame(1, 10));

        assertThat(pool.size()).isEqualTo(1);
        assertThat(pool.bytes()).isZero();
        assertThat(frame(2, 20).body()).hasSizeLessThan(40);
    }

    @Test
    void aShortBodyThatFollowsAFullOneHasNothingOfIt() {
        pool.giveBack(full(1));

        assertThat(frame(2, 20).body())
                .isEqualTo(new FramePoolTest().frame(2, 20).body());
    }

    @Test
    void whatIsDecodedComesFromHereToo() throws MalformedDatagramException {
        DatagramCodec codec = new DatagramCodec("test", 1400);
        ByteBuffer datagram = ByteBuffer.allocate(WireFormat.DATAGRAM_BYTES_MAX);
        codec.encode(full(5), datagram);
        datagram.flip();
        codec.frames().keep(BODY_BYTES);
        DataFrame first = (DataFrame) codec.decode(datagram);
        byte[] body = first.body();
        assertThat(body).isEqualTo(alone(5).body());

        codec.frames().giveBack(first);

        DataFrame second = (DataFrame) codec.decode(datagram);
        assertThat(second).isSameAs(first);
        assertThat(second.body()).isSameAs(body).isEqualTo(alone(5).body());
    }

    @Test
    void aRingWithFramesOfAnotherLengthKeepsThose() {
        pool.giveBack(full(1));
        assertThat(pool.bytes()).isEqualTo(BODY_BYTES);

        Packer shorter = new Packer(BODY_BYTES / 2, pool);

        assertThat(pool.bytes()).isZero();
        assertThat(pool.body(BODY_BYTES / 2)).hasSize(BODY_BYTES / 2);
        assertThat(shorter.bodyBytes()).isEqualTo(BODY_BYTES / 2);
    }

    @Test
    void soManyAreKeptAndNotMore() {
        DataFrame[] frames = new DataFrame[FramePool.FRAMES_MAX + 10];
        for (int i = 0; i < frames.length; i++) {
            frames[i] = full(i + 1);
        }
        for (DataFrame frame : frames) {
            pool.giveBack(frame);
        }

        assertThat(pool.size()).isEqualTo(FramePool.FRAMES_MAX);
        assertThat(pool.bytes()).isEqualTo((long) FramePool.FRAMES_MAX * BODY_BYTES);
    }

    @Test
    void soManyBytesAreKeptAndNotMore() {
        int bodyBytes = 60_000;
        Packer large = new Packer(bodyBytes, pool);
        DataFrame[] frames = new DataFrame[400];
        for (int i = 0; i < frames.length; i++) {
            frames[i] = pack(large, i + 1, bodyBytes);
        }
        for (DataFrame frame : frames) {
            pool.giveBack(frame);
        }

        assertThat(pool.bytes()).isBetween(FramePool.BYTES_MAX - (long) bodyBytes, (long) FramePool.BYTES_MAX);
    }

    @Test
    void nothingIsGivenBackTwice() {
        DataFrame frame = full(3);
        pool.giveBack(frame);

        assertThatThrownBy(() -> pool.giveBack(frame))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("once")
                .hasMessageContaining("sequence=3");
        assertThat(pool.size()).isEqualTo(1);
    }

    private DataFrame full(long sequence) {
        return frame(sequence, BODY_BYTES);
    }

    private static DataFrame alone(long sequence) {
        return new FramePoolTest().full(sequence);
    }

    private DataFrame frame(long sequence, int bytes) {
        return pack(packer, sequence, bytes);
    }

    /** One message of this sender, cut if it is too long. */
    private static DataFrame pack(Packer packer, long sequence, int bytes) {
        byte[] message = new byte[bytes];
        Arrays.fill(message, (byte) sequence);
        packer.begin();
        packer.pack(new OutgoingMessage(sequence, "g".getBytes(StandardCharsets.UTF_8), Guarantee.AGREED, message), 0);
        return packer.frame(Samples.RING, Samples.A, sequence);
    }
}
