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

    private static final int NONCE_BYTES = 16;
    private static final long WAIT_MILLIS = 250;
    private static final int ATTEMPTS = 4;

    private final ByteBuf nonce;
    private final Promise<Void> heard;

    private MulticastCheck(byte[] nonce, Promise<Void> heard) {
        this.nonce = Unpooled.wrappedBuffer(nonce);
        this.heard = heard;
    }

    /** Whether what this socket sends to the group arrives at that socket. Blocks; not on the loop thread. */
    static boolean passes(Channel sending, Channel hearing, InetSocketAddress group) {
        byte[] nonce = new byte[NONCE_BYTES];
        new SecureRandom().nextBytes(nonce);
        Promise<Void> heard = hearing.eventLoop().newPromise();
        MulticastCheck check = new MulticastCheck(nonce, heard);
        hearing.pipeline().addFirst(check);
        hearing.read();
        try {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                ChannelFuture unused = sending.writeAndFlush(new DatagramPacket(Unpooled.copiedBuffer(nonce), group));
                if (heard.awaitUninterruptibly(WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
                    return true;
                }
            }
            return false;
        } finally {
            hearing.pipeline().remove(check);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        DatagramPacket packet = (DatagramPacket) message;
        try {
            if (packet.content().equals(nonce)) {
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
