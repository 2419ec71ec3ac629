package io.vsring.benchmarks;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.function.Predicate;

/** Reads one end of a connection to the lock server: what TCP has cut is put together. Sends once for all that came. */
final class LockReader extends ChannelInboundHandlerAdapter {

    /** Takes what has come. On the connection's thread. */
    interface Taker {

        /** One request, or one answer, and maybe more behind it. */
        void take(ChannelHandlerContext context, ByteBuf in);
    }

    private final Predicate<ByteBuf> whole;
    private final Taker taker;
    private final ByteBuf waiting = Unpooled.buffer();

    /** @param whole whether the first of what is there has come entirely */
    LockReader(Predicate<ByteBuf> whole, Taker taker) {
        this.whole = whole;
        this.taker = taker;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf more = (ByteBuf) message;
        waiting.discardReadBytes().writeBytes(more);
        more.release();
        while (whole.test(waiting)) {
            taker.take(context, waiting);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        context.flush();
    }
}
