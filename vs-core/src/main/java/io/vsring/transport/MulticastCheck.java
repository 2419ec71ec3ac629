package io.vsring.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.concurrent.Promise;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;

/**
 * Sends one datagram to the group and waits until it is heard: a wrong interface, a missing route or a network without
 * multicast should fail at the start, and not as a ring that never forms.
 */
final class MulticastCheck extends ChannelInboundHandlerAdapter {

    /** In front of each check, so that other members of the group know it and say nothing: ASCII "vs-check". */
    private static final long MARK = 0x76732d636865636bL;

    private static final int CHECK_BYTES = 24;
    private static final long WAIT_MILLIS = 250;
    private static final int ATTEMPTS = 4;

    private final ByteBuf expected;
    private final Promise<Void> heard;

    private MulticastCheck(ByteBuf expected, Promise<Void> heard) {
        this.expected = expected;
        this.heard = heard;
    }

    /** Whether what this socket sends to the group arrives at that socket. Blocks; not on the loop thread. */
    static boolean passes(Channel sending, Channel hearing, InetSocketAddress group) {
        byte[] bytes = new byte[CHECK_BYTES];
        new SecureRandom().nextBytes(bytes);
        ByteBuf expected = Unpooled.wrappedBuffer(bytes).setLong(0, MARK);
        Promise<Void> heard = hearing.eventLoop().newPromise();
        MulticastCheck check = new MulticastCheck(expected, heard);
        hearing.pipeline().addFirst(check);
        hearing.read();
        try {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                ChannelFuture unused = sending.writeAndFlush(new DatagramPacket(Unpooled.copiedBuffer(bytes), group));
                if (heard.awaitUninterruptibly(WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
                    return true;
                }
            }
            return false;
        } finally {
            hearing.pipeline().remove(check);
        }
    }

    /** Whether another member of the group only wants to know if it can hear itself. */
    static boolean isCheck(ByteBuf content) {
        return content.readableBytes() == CHECK_BYTES && content.getLong(content.readerIndex()) == MARK;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        DatagramPacket packet = (DatagramPacket) message;
        try {
            if (packet.content().equals(expected)) {
                heard.trySuccess(null);
            }
        } finally {
            packet.release();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (!heard.isDone()) {
            context.read();
        }
    }
}
