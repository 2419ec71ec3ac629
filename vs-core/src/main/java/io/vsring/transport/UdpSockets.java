package io.vsring.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioDatagramChannel;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes the sockets of one transport on one event loop, and explains why if it cannot. */
final class UdpSockets {

    private static final boolean LINUX =
            System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux");

    private static final int DATAGRAMS_PER_READ = 256;
    private static final int DATAGRAMS_PER_NIO_READ = 64;

    /** Beyond this much waiting for the send buffer, new datagrams are dropped and counted until half of it is gone. */
    private static final int WAITING_BYTES_MAX = 16 * 1024 * 1024;

    private final UdpOptions options;
    private final NettyLoopThread loop;
    private final SocketProtocolFamily family;

    /** One datagram for all watched sockets: what they get is rare, and handed over before the next is read. */
    private final ReceiveBuffers watchedBuffers = new ReceiveBuffers(1, 1, ReceiveBuffers.DATAGRAM_BYTES);

    UdpSockets(UdpOptions options, NettyLoopThread loop) {
        this.options = options;
        this.loop = loop;
        this.family =
                options.bindAddress() instanceof Inet6Address ? SocketProtocolFamily.INET6 : SocketProtocolFamily.INET;
    }

    EventLoop eventLoop() {
        return loop.eventLoop();
    }

    /** The one socket that sends and receives, on the first free port of the range. Reads nothing yet. */
    DatagramChannel bind(ChannelHandler inlet) {
        Throwable inUse = null;
        for (int port = options.portFrom(); port <= options.portTo(); port++) {
            ChannelFuture bound = bootstrap(inlet)
                    .bind(new InetSocketAddress(options.bindAddress(), port))
                    .awaitUninterruptibly();
            Throwable cause = bound.cause();
            if (cause == null) {
                return (DatagramChannel) bound.channel();
            }
            switch (BindFailure.of(cause, options.bindAddress(), port)) {
                case PORT_IN_USE -> inUse = cause;
                case ADDRESS_NOT_OURS -> throw BindFailure.notOurs(options.bindAddress(), cause);
                case NOT_PERMITTED -> throw BindFailure.notPermitted(options.bindAddress(), port, cause);
                case OTHER -> throw BindFailure.other(options.bindAddress(), port, cause);
            }
        }
        throw BindFailure.inUse(options, Objects.requireNonNull(inUse));
    }

    /** A second socket that hears what is sent to the group. */
    DatagramChannel bindToGroup(UdpOptions.Multicast multicast, int port, ChannelHandler inlet) {
        // Linux lets a socket have a group's address, and then gives it nothing else.
        InetAddress address = LINUX ? multicast.group() : anyAddress(multicast.group());
        ChannelFuture bound = bootstrap(inlet)
                .option(ChannelOption.SO_REUSEADDR, true)
                .bind(new InetSocketAddress(address, port))
                .awaitUninterruptibly();
        if (bound.cause() != null) {
            throw BindFailure.group(multicast, port, bound.cause());
        }
        return (DatagramChannel) bound.channel();
    }

    /** A socket for datagrams to one destination only. Loop thread; the future tells when it is ready. */
    ChannelFuture connect(InetSocketAddress destination, ChannelHandler inlet) {
        return new Bootstrap()
                .group(loop.eventLoop())
                .channelFactory(this::channel)
                .option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .option(ChannelOption.RECVBUF_ALLOCATOR, watchedBuffers)
                .handler(inlet)
                .connect(destination, new InetSocketAddress(options.bindAddress(), 0));
    }

    /** Asks for everything that saves system calls, and says what was granted. */
    SocketAbilities enable(DatagramChannel channel) {
        boolean coalescing = false;
        boolean segmentation = false;
        if (channel instanceof EpollDatagramChannel epoll) {
            segmentation = EpollDatagramChannel.isSegmentedDatagramPacketSupported();
            try {
                epoll.config().setUdpGro(true);
                coalescing = true;
            } catch (ChannelException old) {
                coalescing = false; // A Linux before 5.0.
            }
        }
        return new SocketAbilities(family == SocketProtocolFamily.INET6, segmentation, coalescing);
    }

    /** The size of the receive buffer in the unit in which it was asked for. */
    int grantedReceiveBytes(Channel channel) {
        return granted(channel, ChannelOption.SO_RCVBUF);
    }

    /** The size of the send buffer in the unit in which it was asked for. */
    int grantedSendBytes(Channel channel) {
        return granted(channel, ChannelOption.SO_SNDBUF);
    }

    static InetAddress anyAddress(InetAddress ofFamily) {
        return new InetSocketAddress(ofFamily instanceof Inet6Address ? "::" : "0.0.0.0", 0).getAddress();
    }

    private int granted(Channel channel, ChannelOption<Integer> option) {
        int reported = channel.config().getOption(option);
        // Linux doubles what it grants, to have room for its bookkeeping. Java halves that again, Netty's epoll does
        // not.
        return channel instanceof EpollDatagramChannel ? reported / 2 : reported;
    }

    private Bootstrap bootstrap(ChannelHandler inlet) {
        Bootstrap bootstrap = new Bootstrap()
                .group(loop.eventLoop())
                .channelFactory(this::channel)
                .option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .option(ChannelOption.RECVBUF_ALLOCATOR, receiveBuffers())
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.SO_RCVBUF, options.receiveBufferBytes())
                .option(ChannelOption.SO_SNDBUF, options.sendBufferBytes())
                .option(
                        ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark(WAITING_BYTES_MAX / 2, WAITING_BYTES_MAX))
                .handler(inlet);
        UdpOptions.Multicast multicast = options.multicast();
        if (multicast != null) {
            bootstrap
                    .option(ChannelOption.IP_MULTICAST_IF, interfaceOf(multicast))
                    .option(ChannelOption.IP_MULTICAST_TTL, multicast.hops());
        }
        return bootstrap;
    }

    private ReceiveBuffers receiveBuffers() {
        return loop.kind() == SocketKind.EPOLL
                ? new ReceiveBuffers(DATAGRAMS_PER_READ, 1, ReceiveBuffers.DATAGRAM_BYTES)
                : new ReceiveBuffers(DATAGRAMS_PER_NIO_READ, DATAGRAMS_PER_NIO_READ, ReceiveBuffers.DATAGRAM_BYTES);
    }

    private DatagramChannel channel() {
        return loop.kind() == SocketKind.EPOLL ? new EpollDatagramChannel(family) : new NioDatagramChannel(family);
    }

    /** The interface of that name, or else the one that has the bind address. */
    NetworkInterface interfaceOf(UdpOptions.Multicast multicast) {
        String name = multicast.networkInterface();
        @Nullable NetworkInterface found = null;
        try {
            found = name != null
                    ? NetworkInterface.getByName(name)
                    : NetworkInterface.getByInetAddress(options.bindAddress());
        } catch (java.net.SocketException e) {
            throw BindFailure.noInterface(name, options.bindAddress(), e);
        }
        if (found == null) {
            throw BindFailure.noInterface(name, options.bindAddress(), null);
        }
        return found;
    }
}
