package io.vsring.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LockServerTest {

    private final LockServer server = new LockServer(() -> {});
    private final EmbeddedChannel first = new EmbeddedChannel(server.connection());
    private final EmbeddedChannel second = new EmbeddedChannel(server.connection());

    @AfterEach
    void releaseWhatNobodyRead() {
        first.finishAndReleaseAll();
        second.finishAndReleaseAll();
    }

    @Test
    void whoAsksForALockThatIsHeldIsAnsweredWhenItIsReleased() {
        first.writeInbound(request(LockWire.ACQUIRE, 1));
        second.writeInbound(request(LockWire.ACQUIRE, 7));

        assertThat(answer(first)).isEqualTo("1: 1");
        assertThat(answer(second)).isNull();

        first.writeInbound(request(LockWire.RELEASE, 2));
        assertThat(answer(first)).isEqualTo("2: 1");
        assertThat(answer(second)).isEqualTo("7: 2");
    }

    @Test
    void whoDoesNotHoldALockCannotReleaseIt() {
        first.writeInbound(request(LockWire.ACQUIRE, 1));
        second.writeInbound(request(LockWire.RELEASE, 2));

        assertThat(answer(second)).isEqualTo("2: 0");
    }

    @Test
    void whatTcpHasCutIsPutTogether() {
        ByteBuf bytes = request(LockWire.ACQUIRE, 1);

        first.writeInbound(bytes.readBytes(5));
        assertThat(answer(first)).isNull();
        first.writeInbound(bytes);
        assertThat(answer(first)).isEqualTo("1: 1");
    }

    private static ByteBuf request(byte kind, int number) {
        ByteBuf bytes = Unpooled.buffer();
        LockWire.request(bytes, kind, number, "a-lock");
        return bytes;
    }

    private static String answer(EmbeddedChannel channel) {
        ByteBuf bytes = channel.readOutbound();
        if (bytes == null) {
            return null;
        }
        try {
            return bytes.readInt() + ": " + bytes.readLong();
        } finally {
            bytes.release();
        }
    }
}
