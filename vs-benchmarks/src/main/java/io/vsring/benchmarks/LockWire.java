package io.vsring.benchmarks;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * What the lock server and its clients say: a request is a kind, a number and a name, an answer is that number and a
 * token. TCP, with what carries the ring's datagrams; what is to be sent leaves when all that came has been read, so
 * that many requests share a system call, as many messages share a frame.
 */
final class LockWire {

    static final byte ACQUIRE = 0;
    static final byte RELEASE = 1;
    static final int ANSWER_BYTES = Integer.BYTES + Long.BYTES;

    private static final int NAME_AT = 1 + Integer.BYTES;

    private LockWire() {}

    static EventLoopGroup thread(MemberSeat seat) {
        IoHandlerFactory io = seat.isEpoll() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        return new MultiThreadIoEventLoopGroup(1, io);
    }

    static Class<? extends ServerChannel> serverChannel(MemberSeat seat) {
        return seat.isEpoll() ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    }

    static Class<? extends SocketChannel> channel(MemberSeat seat) {
        return seat.isEpoll() ? EpollSocketChannel.class : NioSocketChannel.class;
    }

    static void setUp(SocketChannel channel) {
        channel.config().setOption(ChannelOption.TCP_NODELAY, true);
    }

    static void request(ByteBuf out, byte kind, int number, String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        out.writeByte(kind).writeInt(number).writeShort(bytes.length).writeBytes(bytes);
    }

    static boolean holdsRequest(ByteBuf in) {
        int head = NAME_AT + Short.BYTES;
        return in.readableBytes() >= head
                && in.readableBytes() >= head + in.getUnsignedShort(in.readerIndex() + NAME_AT);
    }

    static boolean holdsAnswer(ByteBuf in) {
        return in.readableBytes() >= ANSWER_BYTES;
    }

    static String name(ByteBuf in) {
        return in.readString(in.readUnsignedShort(), StandardCharsets.UTF_8);
    }
}
