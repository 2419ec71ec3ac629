package io.vsring.transport;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a {@link UdpTransport} binds, what it tells others about itself, and how much the system may keep for it.
 *
 * <p>Immutable. Any combination can be built; {@link #violations()} says what does not fit, all at once.
 */
public final class UdpOptions {

    /** The longest datagram that UDP over IPv4 can carry, in bytes. */
    public static final int DATAGRAM_BYTES_LIMIT = 65_507;

    private static final int DATAGRAM_BYTES_MIN = 576;
    private static final int BUFFER_BYTES_MIN = 4096;

    private final InetAddress bindAddress;
    private final int portFrom;
    private final int portTo;
    private final @Nullable String advertisedHost;
    private final int advertisedPort;
    private final @Nullable Multicast multicast;
    private final int receiveBufferBytes;
    private final int sendBufferBytes;
    private final int maxDatagramBytes;
    private final SocketKind kind;

    private UdpOptions(Builder builder) {
        this.bindAddress = builder.bindAddress;
        this.portFrom = builder.portFrom;
        this.portTo = builder.portTo;
        this.advertisedHost = builder.advertisedHost;
        this.advertisedPort = builder.advertisedPort;
        this.multicast = builder.multicast;
        this.receiveBufferBytes = builder.receiveBufferBytes;
        this.sendBufferBytes = builder.sendBufferBytes;
        this.maxDatagramBytes = builder.maxDatagramBytes;
        this.kind = builder.kind;
    }

    /** A free port on loopback, unicast, and the buffers that a busy ring wants. */
    public static UdpOptions defaults() {
        return builder().build();
    }

    /** Starts from {@link #defaults()}. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * How to reach all members with one datagram.
     *
     * @param group an IP multicast address of the family of the bind address
     * @param port the port of the group, the same at all members; 0 is {@link UdpOptions#portFrom()}
     * @param networkInterface name of the interface, such as {@code eth0}; null is the one that has the bind address
     * @param hops how many routers a datagram may pass plus one, 0 to 255; 1 stays in the local network
     */
    public record Multicast(
            InetAddress group, int port, @Nullable String networkInterface, int hops) {}

    /** The local address of the socket. Loopback: this machine only. */
    public InetAddress bindAddress() {
        return bindAddress;
    }

    /** The first port that is tried; 0 takes any that is free. */
    public int portFrom() {
        return portFrom;
    }

    /** The last port that is tried. */
    public int portTo() {
        return portTo;
    }

    /** Under which name or address others reach this member; null if under the bound address. */
    public @Nullable String advertisedHost() {
        return advertisedHost;
    }

    /** At which port others reach this member; 0 if at the bound port. */
    public int advertisedPort() {
        return advertisedPort;
    }

    /** How to reach all members with one datagram; null to send one to each. */
    public @Nullable Multicast multicast() {
        return multicast;
    }

    /** How much the system is asked to keep until it is read. Too little loses datagrams when many arrive at once. */
    public int receiveBufferBytes() {
        return receiveBufferBytes;
    }

    /** How much the system is asked to keep until it is sent. */
    public int sendBufferBytes() {
        return sendBufferBytes;
    }

    /** Longer datagrams are neither sent nor handed over. */
    public int maxDatagramBytes() {
        return maxDatagramBytes;
    }

    /** What the sockets are to be made of. */
    public SocketKind kind() {
        return kind;
    }

    /** What is wrong, one sentence for each; empty if this can be opened. */
    public List<String> violations() {
        List<String> found = new ArrayList<>();
        checkPorts(found);
        if (advertisedHost != null && advertisedHost.isBlank()) {
            found.add("vs.transport.advertised-address must be a name or an address, not blank");
        }
        if (receiveBufferBytes < BUFFER_BYTES_MIN) {
            found.add(tooSmall("vs.transport.receive-buffer", receiveBufferBytes));
        }
        if (sendBufferBytes < BUFFER_BYTES_MIN) {
            found.add(tooSmall("vs.transport.send-buffer", sendBufferBytes));
        }
        if (maxDatagramBytes < DATAGRAM_BYTES_MIN || maxDatagramBytes > DATAGRAM_BYTES_LIMIT) {
            found.add("maxDatagramBytes (" + maxDatagramBytes + ") must be " + DATAGRAM_BYTES_MIN + " to "
                    + DATAGRAM_BYTES_LIMIT + " bytes, which is what one UDP datagram can carry");
        }
        if (multicast != null) {
            checkMulticast(multicast, found);
        }
        return List.copyOf(found);
    }

    private void checkPorts(List<String> found) {
        if (portFrom < 0 || portTo > 65_535 || portFrom > portTo) {
            found.add("vs.transport.port (" + portFrom + "-" + portTo
                    + ") must be a port, a range of ports such as 7460-7469, or 0 for any free one; ports"
                    + " end at 65535");
        } else if (portFrom == 0 && portTo != 0) {
            found.add("vs.transport.port (0-" + portTo + ") must not start at 0: 0 alone means any free port");
        }
        if (advertisedPort < 0 || advertisedPort > 65_535) {
            found.add("vs.transport.advertised-port (" + advertisedPort
                    + ") must be 1 to 65535, or 0 for the port that is bound");
        }
    }

    private void checkMulticast(Multicast wanted, List<String> found) {
        InetAddress group = wanted.group();
        if (!group.isMulticastAddress()) {
            found.add("vs.transport.multicast-group (" + group.getHostAddress()
                    + ") must be a multicast address, such as 239.192.74.60");
        }
        if (group instanceof Inet4Address != bindAddress instanceof Inet4Address) {
            found.add("vs.transport.multicast-group (" + group.getHostAddress() + ") and vs.transport.bind-address ("
                    + bindAddress.getHostAddress() + ") must both be IPv4 or both be IPv6");
        }
        if (wanted.hops() < 0 || wanted.hops() > 255) {
            found.add("vs.transport.multicast-ttl (" + wanted.hops()
                    + ") must be 0 to 255; 1 stays in the local network");
        }
        if (wanted.port() < 0 || wanted.port() > 65_535) {
            found.add("vs.transport.multicast-group has port " + wanted.port() + ", which must be 1 to 65535");
        } else if (wanted.port() == 0 && (portFrom == 0 || portFrom != portTo)) {
            found.add(
                    "vs.transport.multicast-group needs a port, as address:port, if vs.transport.port is a range or 0:"
                            + " all members of a group need the same one");
        }
    }

    private static String tooSmall(String property, int bytes) {
        return property + " (" + bytes + " bytes) must be at least " + BUFFER_BYTES_MIN
                + " bytes, or hardly a datagram fits";
    }

    /** Makes {@link UdpOptions}. One thread. */
    public static final class Builder {

        private InetAddress bindAddress = InetAddress.getLoopbackAddress();
        private int portFrom;
        private int portTo;
        private @Nullable String advertisedHost;
        private int advertisedPort;
        private @Nullable Multicast multicast;
        private int receiveBufferBytes = 4 * 1024 * 1024;
        private int sendBufferBytes = 1024 * 1024;
        private int maxDatagramBytes = DATAGRAM_BYTES_LIMIT;
        private SocketKind kind = SocketKind.AUTO;

        private Builder() {}

        /** See {@link UdpOptions#bindAddress()}. */
        public Builder bindAddress(InetAddress address) {
            this.bindAddress = address;
            return this;
        }

        /** Exactly this port, or any free one if it is 0. */
        public Builder port(int port) {
            return ports(port, port);
        }

        /** The first free port from one to the other, both included. */
        public Builder ports(int from, int to) {
            this.portFrom = from;
            this.portTo = to;
            return this;
        }

        /** See {@link UdpOptions#advertisedHost()}. */
        public Builder advertisedHost(@Nullable String nameOrAddress) {
            this.advertisedHost = nameOrAddress;
            return this;
        }

        /** See {@link UdpOptions#advertisedPort()}. */
        public Builder advertisedPort(int port) {
            this.advertisedPort = port;
            return this;
        }

        /** See {@link UdpOptions#multicast()}. */
        public Builder multicast(@Nullable Multicast groupOfAllMembers) {
            this.multicast = groupOfAllMembers;
            return this;
        }

        /** See {@link UdpOptions#receiveBufferBytes()}. */
        public Builder receiveBufferBytes(int bytes) {
            this.receiveBufferBytes = bytes;
            return this;
        }

        /** See {@link UdpOptions#sendBufferBytes()}. */
        public Builder sendBufferBytes(int bytes) {
            this.sendBufferBytes = bytes;
            return this;
        }

        /** See {@link UdpOptions#maxDatagramBytes()}. */
        public Builder maxDatagramBytes(int bytes) {
            this.maxDatagramBytes = bytes;
            return this;
        }

        /** See {@link UdpOptions#kind()}. */
        public Builder kind(SocketKind wanted) {
            this.kind = wanted;
            return this;
        }

        /** The options, checked or not: see {@link UdpOptions#violations()}. */
        public UdpOptions build() {
            return new UdpOptions(this);
        }
    }
}
