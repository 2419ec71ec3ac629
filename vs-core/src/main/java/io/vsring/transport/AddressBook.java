package io.vsring.transport;

import io.vsring.MemberAddress;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Translates addresses between the ring's words and Java's, and remembers the translations. Loop thread only.
 *
 * <p>Both sides are forgotten when there are too many: strangers can invent any number of source addresses.
 */
final class AddressBook {

    static final int REMEMBERED_MAX = 1024;

    private final Map<InetSocketAddress, MemberAddress> members = new HashMap<>();
    private final Map<MemberAddress, Destination> destinations = new HashMap<>();

    private final TransportCounters counters;

    private @Nullable InetSocketAddress lastSource;
    private @Nullable MemberAddress lastMember;
    private @Nullable List<MemberAddress> lastPeers;
    private Destination[] lastTargets = {};

    AddressBook(TransportCounters counters) {
        this.counters = counters;
    }

    @SuppressWarnings("ReferenceEquality") // The same object is the fast way to see the same address.
    MemberAddress memberAt(InetSocketAddress source) {
        // The datagrams of one segmented read share their source object.
        if (source == lastSource && lastMember != null) {
            return lastMember;
        }
        MemberAddress member = members.get(source);
        if (member == null) {
            member = translate(source);
            if (members.size() >= REMEMBERED_MAX) {
                members.clear();
            }
            members.put(source, member);
            counters.addresses(remembered());
        }
        lastSource = source;
        lastMember = member;
        return member;
    }

    Destination destination(MemberAddress member) {
        Destination destination = destinations.get(member);
        if (destination == null) {
            destination = new Destination(translate(member));
            if (destinations.size() >= REMEMBERED_MAX) {
                destinations.clear();
            }
            destinations.put(member, destination);
            counters.addresses(remembered());
        }
        return destination;
    }

    /** How many are remembered on that side of which there are more. */
    int remembered() {
        return Math.max(members.size(), destinations.size());
    }

    /** The same array for the same list object. */
    @SuppressWarnings("ReferenceEquality") // Comparing the members would cost more than what is saved.
    Destination[] destinations(List<MemberAddress> peers) {
        if (peers != lastPeers) {
            Destination[] targets = new Destination[peers.size()];
            for (int i = 0; i < targets.length; i++) {
                targets[i] = destination(peers.get(i));
            }
            lastPeers = peers;
            lastTargets = targets;
        }
        return lastTargets;
    }

    static MemberAddress translate(InetSocketAddress address) {
        return translate(address.getAddress(), address.getPort());
    }

    static MemberAddress translate(InetAddress host, int port) {
        ByteBuffer bytes = ByteBuffer.wrap(host.getAddress());
        if (host instanceof Inet4Address) {
            return MemberAddress.ofIpv4(bytes.getInt(), port);
        }
        return new MemberAddress(bytes.getLong(0), bytes.getLong(8), port);
    }

    static InetSocketAddress translate(MemberAddress member) {
        byte[] bytes = member.isIpv4()
                ? ByteBuffer.allocate(4).putInt((int) member.low()).array()
                : ByteBuffer.allocate(16)
                        .putLong(member.high())
                        .putLong(member.low())
                        .array();
        try {
            return new InetSocketAddress(InetAddress.getByAddress(bytes), member.port());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 or 16 bytes are an address, not " + bytes.length, e);
        }
    }
}
