package io.vsring.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.IoHandle;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.nio.AbstractNioChannel;
import io.netty.channel.socket.DatagramChannel;
import io.vsring.MemberAddress;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Datagrams over one UDP socket: to each member its own copy or, if a group is set, to all of them one by IP multicast.
 *
 * <p>On Linux with epoll, rows of datagrams of the same length and destination pass the system in one piece, in both
 * directions; so full frames of equal length are what it carries fastest. Whatever waits is sent by {@link #flush()}.
 */
public final class UdpTransport implements Transport {

    private static final Logger LOG = LoggerFactory.getLogger(UdpTransport.class);

    private static final int DRAIN_DATAGRAMS_MAX = 256;

    private final UdpOptions options;
    private final NettyLoopThread loop;
    private final TransportCounters counters = new TransportCounters();
    private final AddressBook addresses = new AddressBook(counters);
    private final Reception reception;
    private final DatagramChannel channel;
    private final Outbox outbox;
    private final WatchedSends watched;
    private final SocketAbilities abilities;
    private final MemberAddress advertised;
    private final int receiveBufferBytes;

    /** Where the group is heard: a socket of its own, or the main one; null without multicast. */
    private final @Nullable Channel groupChannel;

    private final Destination @Nullable [] group;

    /** The addresses of the sockets that receive. */
    private final Set<InetSocketAddress> receiving = new HashSet<>();

    private boolean draining;
    private boolean closed;

    private UdpTransport(UdpOptions options, NettyLoopThread loop) {
        this.options = options;
        this.loop = loop;
        this.reception = new Reception(options.maxDatagramBytes(), counters);
        UdpSockets sockets = new UdpSockets(options, loop);
        Set<MemberAddress> own = new HashSet<>();
        this.channel = sockets.bind(new DatagramInlet(reception, addresses, own, this::mainRead, this::sendFailed));
        try {
            this.abilities = sockets.enable(channel);
            this.advertised = advertisedFor(channel.localAddress());
            this.outbox = new Outbox(channel, abilities, counters);
            this.watched = new WatchedSends(sockets, reception, addresses, outbox, WatchedSends.UNUSED_NANOS_MAX);
            this.receiveBufferBytes = sockets.grantedReceiveBytes(channel);
            this.receiving.add(channel.localAddress());
            UdpOptions.Multicast multicast = options.multicast();
            if (multicast == null) {
                this.groupChannel = null;
                this.group = null;
            } else {
                int port = multicast.port() == 0 ? options.portFrom() : multicast.port();
                this.group = new Destination(new InetSocketAddress(multicast.group(), port)).alone;
                this.groupChannel = join(sockets, multicast, port, own);
            }
        } catch (Throwable failed) {
            ChannelFuture unused = channel.close();
            throw failed;
        }
        tell(sockets.grantedSendBytes(channel));
    }

    /**
     * Binds a socket on this loop. Blocks until that is done; not on the loop thread.
     *
     * @throws IllegalArgumentException if the options have {@linkplain UdpOptions#violations() violations}
     * @throws TransportOpenException if the address or the ports cannot be had, or multicast does not work
     */
    public static UdpTransport open(UdpOptions options, NettyLoopThread loop) {
        List<String> violations = options.violations();
        if (!violations.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", violations));
        }
        if (options.kind() != SocketKind.AUTO && options.kind() != loop.kind()) {
            throw new IllegalArgumentException(
                    "the loop thread is made for " + loop.kind() + " sockets, the options want " + options.kind()
                            + ": open the loop thread with the kind of the options");
        }
        return new UdpTransport(options, loop);
    }

    @Override
    public MemberAddress advertised() {
        return advertised;
    }

    /** The local address and port of the socket. Any thread. */
    public InetSocketAddress bound() {
        return channel.localAddress();
    }

    @Override
    public TransportCounters counters() {
        return counters;
    }

    @Override
    public long receiveBufferBytes() {
        return receiveBufferBytes;
    }

    @Override
    public OptionalLong receiveDrops() {
        if (!channel.isOpen()) {
            return OptionalLong.empty(); // somebody else may have the port by now
        }
        return SocketDrops.OURS.of(receiving);
    }

    @Override
    public void start(Receiver receiver) {
        reception.open(receiver);
        channel.config().setAutoRead(true);
        if (groupChannel != null) {
            groupChannel.config().setAutoRead(true);
        }
    }

    @Override
    public void send(MemberAddress destination, ByteBuffer bytes) {
        add(addresses.destination(destination).alone, bytes);
    }

    @Override
    public void sendWatched(MemberAddress destination, ByteBuffer bytes) {
        if (!closed) {
            check(bytes);
            counters.sent(1, bytes.remaining());
            watched.send(destination, bytes);
        }
    }

    @Override
    public void broadcast(List<MemberAddress> peers, ByteBuffer bytes) {
        if (!peers.isEmpty()) {
            add(group != null ? group : addresses.destinations(peers), bytes);
        }
    }

    @Override
    public void flush() {
        if (!closed) {
            outbox.flush();
        }
    }

    @Override
    public void drain() {
        if (reception.batch() > 0 || closed) {
            return;
        }
        draining = true;
        try {
            int before;
            do {
                before = reception.batch();
                if (groupChannel != null && groupChannel != channel) {
                    readNow(groupChannel);
                }
                readNow(channel);
            } while (reception.batch() > before && reception.batch() < DRAIN_DATAGRAMS_MAX);
        } finally {
            draining = false;
        }
        endBatch();
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        reception.close();
        watched.close();
        ChannelFuture unused = channel.close();
        if (groupChannel != null) {
            unused = groupChannel.close();
        }
        outbox.close();
    }

    private void add(Destination[] targets, ByteBuffer bytes) {
        if (!closed) {
            check(bytes);
            outbox.add(targets, bytes);
        }
    }

    private void check(ByteBuffer bytes) {
        int length = bytes.remaining();
        if (length == 0 || length > options.maxDatagramBytes()) {
            throw new IllegalArgumentException(
                    "a datagram has 1 to " + options.maxDatagramBytes() + " bytes, not " + length);
        }
    }

    /** One reading of the main socket is over. */
    private void mainRead() {
        if (draining) {
            return;
        }
        if (groupChannel != null && groupChannel != channel && !closed) {
            // Frames come through the group's socket and the token through this one: the frames belong before it.
            draining = true;
            try {
                readNow(groupChannel);
            } finally {
                draining = false;
            }
        }
        endBatch();
    }

    /** One reading of the group's socket is over. */
    private void groupRead() {
        if (!draining) {
            endBatch();
        }
    }

    private void endBatch() {
        try {
            reception.endBatch();
        } catch (RuntimeException | Error failure) {
            reception.receiverFailed(failure);
        }
    }

    private void sendFailed(Throwable failure) {
        if (!closed) {
            outbox.failed(1, failure);
        }
    }

    /**
     * Reads the socket at once, as the event loop does when it hears that there is something to read. Netty has no
     * public word for that, but the handle that its loop calls is public.
     */
    private static void readNow(Channel channel) {
        if (!channel.isActive()) {
            return;
        }
        Channel.Unsafe unsafe = channel.unsafe();
        if (unsafe instanceof AbstractNioChannel.NioUnsafe nio) {
            nio.read();
        } else {
            ((IoHandle) unsafe).handle(null, SocketIsReadable.EVENT);
        }
    }

    private Channel join(UdpSockets sockets, UdpOptions.Multicast multicast, int port, Set<MemberAddress> ownByMain) {
        InetSocketAddress bound = channel.localAddress();
        boolean mainHearsIt = bound.getAddress().isAnyLocalAddress() && bound.getPort() == port;
        if (mainHearsIt) {
            ownByMain.addAll(ownSources());
        }
        DatagramChannel hearing = mainHearsIt
                ? channel
                : sockets.bindToGroup(
                        multicast,
                        port,
                        new DatagramInlet(reception, addresses, ownSources(), this::groupRead, this::sendFailed));
        try {
            InetSocketAddress groupAddress = new InetSocketAddress(multicast.group(), port);
            sockets.enable(hearing);
            Throwable refused = hearing.joinGroup(groupAddress, sockets.interfaceOf(multicast))
                    .awaitUninterruptibly()
                    .cause();
            if (refused != null) {
                throw BindFailure.group(multicast, port, refused);
            }
            if (!MulticastCheck.passes(channel, hearing, groupAddress)) {
                throw BindFailure.groupIsSilent(multicast, port, null);
            }
            receiving.add(hearing.localAddress());
            return hearing;
        } catch (Throwable failed) {
            ChannelFuture unused = hearing.close();
            throw failed;
        }
    }

    /** What the sender of our own datagrams may look like when the group's socket hears them. */
    private Set<MemberAddress> ownSources() {
        InetSocketAddress bound = channel.localAddress();
        Set<MemberAddress> sources = new HashSet<>();
        if (bound.getAddress().isAnyLocalAddress()) {
            for (LocalAddresses.Local local : LocalAddresses.all()) {
                sources.add(AddressBook.translate(local.address(), bound.getPort()));
            }
        } else {
            sources.add(AddressBook.translate(bound));
        }
        return sources;
    }

    private MemberAddress advertisedFor(InetSocketAddress bound) {
        int port = options.advertisedPort() == 0 ? bound.getPort() : options.advertisedPort();
        String name = options.advertisedHost();
        InetAddress host = bound.getAddress();
        if (name != null) {
            host = hostOf(name, host);
        } else if (host.isAnyLocalAddress()) {
            host = onlyAddress(host);
        }
        return AddressBook.translate(host, port);
    }

    /** The first address of that name at which what is sent gets to a socket that is bound here. */
    private static InetAddress hostOf(String name, InetAddress bound) {
        boolean takesBoth = bound instanceof Inet6Address && bound.isAnyLocalAddress();
        try {
            return Arrays.stream(InetAddress.getAllByName(name))
                    .filter(address -> takesBoth || address.getClass() == bound.getClass())
                    .filter(address -> !address.isAnyLocalAddress())
                    .findFirst()
                    .orElseThrow(() -> BindFailure.cannotBeSentTo(name, bound));
        } catch (UnknownHostException e) {
            throw BindFailure.unknownHost(name, e);
        }
    }

    /** The one address that "any" can mean for others; loopback if this machine is alone. */
    private static InetAddress onlyAddress(InetAddress any) {
        List<InetAddress> candidates = LocalAddresses.all().stream()
                .map(LocalAddresses.Local::address)
                .filter(address -> address.getClass() == any.getClass())
                .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                .toList();
        if (candidates.size() > 1) {
            throw BindFailure.whichAddress(any);
        }
        return candidates.isEmpty() ? InetAddress.getLoopbackAddress() : candidates.get(0);
    }

    @Override
    public String description() {
        String mode = group == null ? " unicast" : " multicast";
        String sending = abilities.segmentation() ? " UDP_SEGMENT" : "";
        String receiving = abilities.coalescing() ? " UDP_GRO" : "";
        return loop.kind().name().toLowerCase(Locale.ROOT) + mode + sending + receiving;
    }

    private void tell(int sendBufferBytes) {
        LOG.info(
                "transport bound={} advertised={} means=\"{}\" receiveBuffer={}B sendBuffer={}B",
                channel.localAddress(),
                advertised,
                description(),
                receiveBufferBytes,
                sendBufferBytes);
    }

    /** What the event loop would say. A class of its own, so that it is never loaded where there is no epoll. */
    private static final class SocketIsReadable {
        private static final EpollIoEvent EVENT = () -> EpollIoOps.EPOLLIN;
    }
}
