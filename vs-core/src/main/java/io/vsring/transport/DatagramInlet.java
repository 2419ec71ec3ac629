package io.vsring.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import io.vsring.MemberAddress;
import java.io.IOException;
import java.util.Set;
import java.util.function.Consumer;

/** The end of a socket's pipeline: here a ByteBuf becomes plain bytes, and ends. */
@ChannelHandler.Sharable // By the attempts to bind, one after the other.
final class DatagramInlet extends ChannelInboundHandlerAdapter {

    private final Reception reception;
    private final AddressBook addresses;
    private final Set<MemberAddress> ownSources;
    private final Runnable readEnd;
    private final Consumer<IOException> socketFailed;

    /**
     * @param ownSources what the sender of our own datagrams looks like to a socket that hears a multicast group; empty
     *     if it hears none
     * @param readEnd what to do when one reading of the socket is over
     * @param socketFailed who hears what the system reports for this socket, most of it about sends
     */
    DatagramInlet(
            Reception reception,
            AddressBook addresses,
            Set<MemberAddress> ownSources,
            Runnable readEnd,
            Consumer<IOException> socketFailed) {
        this.reception = reception;
        this.addresses = addresses;
        this.ownSources = ownSources;
        this.readEnd = readEnd;
        this.socketFailed = socketFailed;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        DatagramPacket packet = (DatagramPacket) message;
        try {
            if (packet.sender().getPort() == 0) {
                reception.withoutSource();
                return;
            }
            MemberAddress source = addresses.memberAt(packet.sender());
            if (ownSources.isEmpty()) {
                reception.datagram(source, packet.content());
            } else {
                fromGroup(source, packet.content());
            }
        } finally {
            packet.release();
        }
    }

    private void fromGroup(MemberAddress source, ByteBuf content) {
        if (ownSources.contains(source)) {
            reception.own();
        } else if (MulticastCheck.isCheck(content)) {
            reception.check();
        } else {
            reception.datagram(source, content);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        readEnd.run();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof IOException failure) {
            socketFailed.accept(failure);
        } else {
            reception.receiverFailed(cause);
        }
    }
}
