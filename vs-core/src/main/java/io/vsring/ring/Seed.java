package io.vsring.ring;

import io.vsring.MemberAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Where to look for others: a host and a range of ports.
 *
 * @param text as it was given
 * @param host a name or an address
 * @param from the first port
 * @param to the last port
 */
record Seed(String text, String host, int from, int to) {

    private static final int RANGE_MAX = 256;

    /** Who knows the addresses of a host. */
    @FunctionalInterface
    interface Hosts {

        /** What this JVM asks, and remembers as long as {@code networkaddress.cache.ttl} says. */
        Hosts OF_THIS_JVM = InetAddress::getAllByName;

        InetAddress[] addressesOf(String host) throws UnknownHostException;
    }

    /**
     * Reads {@code host}, {@code host:port} or {@code host:from-to}; an IPv6 address with a port stands in brackets.
     *
     * @param ownFrom the first port of a host without one; 0 if this member has no ports that others could guess
     * @param ownTo the last port of a host without one
     * @throws IllegalArgumentException naming the value
     */
    static Seed parse(String text, int ownFrom, int ownTo) {
        try {
            HostAndPorts spelled = HostAndPorts.split(text);
            return spelled.ports().isEmpty()
                    ? atOwnPorts(text, spelled.host(), ownFrom, ownTo)
                    : atPorts(text, spelled.host(), spelled.ports());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a seed, which is host, host:port or host:from-to: " + e.getMessage(), e);
        }
    }

    private static Seed atOwnPorts(String text, String host, int ownFrom, int ownTo) {
        if (ownFrom == 0) {
            throw new IllegalArgumentException(
                    "it needs a port, because this member's own port (vs.transport.port) is any free one");
        }
        if (ownTo - ownFrom >= RANGE_MAX) {
            throw new IllegalArgumentException("it needs a port, because this member's own ports (vs.transport.port "
                    + ownFrom + "-" + ownTo + ") are more than the " + RANGE_MAX + " that are looked at");
        }
        return new Seed(text, host, ownFrom, ownTo);
    }

    private static Seed atPorts(String text, String host, String ports) {
        int dash = ports.indexOf('-');
        int from = HostAndPorts.port(dash < 0 ? ports : ports.substring(0, dash));
        int to = dash < 0 ? from : HostAndPorts.port(ports.substring(dash + 1));
        if (to < from || to - from >= RANGE_MAX) {
            throw new IllegalArgumentException("its ports go up, and are at most " + RANGE_MAX);
        }
        return new Seed(text, host, from, to);
    }

    /** All addresses behind the seed, one for each address of the host and each port. May ask a name server. */
    List<MemberAddress> resolve(Hosts hosts) throws UnknownHostException {
        List<MemberAddress> addresses = new ArrayList<>();
        for (InetAddress address : hosts.addressesOf(host)) {
            for (int port = from; port <= to; port++) {
                addresses.add(address(address, port));
            }
        }
        return addresses;
    }

    /** Whether the host is an address, and not a name that a name server would be asked for. */
    boolean isLiteral() {
        return isLiteral(host);
    }

    static boolean isLiteral(String host) {
        return host.indexOf(':') >= 0 || host.matches("[0-9]+\\.[0-9]+\\.[0-9]+\\.[0-9]+");
    }

    /** Whether the host is known to be this one without asking anybody. */
    static boolean isLoopback(String host) {
        if (host.equalsIgnoreCase("localhost")) {
            return true;
        }
        try {
            return isLiteral(host) && InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    static MemberAddress address(InetAddress address, int port) {
        ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
        return bytes.remaining() == 4
                ? MemberAddress.ofIpv4(bytes.getInt(), port)
                : new MemberAddress(bytes.getLong(), bytes.getLong(), port);
    }

    static boolean isLoopback(MemberAddress address) {
        return address.isIpv4() ? ((int) address.low() >>> 24) == 127 : address.high() == 0 && address.low() == 1;
    }
}
