package io.vsring.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelConfig;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Gives the sockets of one event loop the same few buffers again and again, each long enough for any datagram.
 *
 * <p>Netty's own allocator for datagrams has 2,048 bytes, and what is longer is cut without a word. And since a
 * datagram is done with when the receiver returns, there is nothing to allocate for each read. Direct memory is freed
 * when the collector finds it, which may be late: so sockets that come and go share one of these.
 */
final class ReceiveBuffers extends DefaultMaxMessagesRecvByteBufAllocator {

    /** One more than the longest datagram of UDP over IPv6, and what a coalesced run of datagrams has at most. */
    static final int DATAGRAM_BYTES = 65_536;

    private final @Nullable ByteBuf[] ring;
    private final int bytesEach;

    /**
     * @param datagramsPerRead after how many datagrams a read ends, if there are more
     * @param buffers how many reads may happen before the first one's bytes are handed over
     * @param bytesEach the length of each buffer
     */
    ReceiveBuffers(int datagramsPerRead, int buffers, int bytesEach) {
        super(datagramsPerRead);
        respectMaybeMoreData(false);
        this.ring = new @Nullable ByteBuf[buffers];
        this.bytesEach = bytesEach;
    }

    @Override
    @SuppressWarnings("deprecation") // The type is the interface's; there is no other.
    public RecvByteBufAllocator.Handle newHandle() {
        return new Handle();
    }

    private final class Handle extends MaxMessageHandle {

        private int next;

        @Override
        public void reset(ChannelConfig config) {
            super.reset(config);
            next = 0;
        }

        @Override
        public int guess() {
            return bytesEach;
        }

        @Override
        public ByteBuf allocate(ByteBufAllocator unused) {
            ByteBuf buffer = ring[next];
            // Somebody still holds the last read, which only a mistake can cause: its bytes are not written over.
            if (buffer == null || buffer.refCnt() != 1) {
                buffer = Unpooled.wrappedBuffer(ByteBuffer.allocateDirect(bytesEach));
                ring[next] = buffer;
            }
            next = (next + 1) % ring.length;
            return buffer.clear().retain();
        }
    }
}
