package io.vsring.transport;

import io.vsring.MemberAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * A network inside one JVM: members on threads of their own, no sockets. For tests of applications; it loses a datagram
 * only if its receiver is too slow, and never changes the order between two members. Any thread.
 */
public final class InMemoryNetwork {

    private static final int LOOPBACK = 0x7F000001;

    private final ConcurrentMap<MemberAddress, InMemoryTransport> open = new ConcurrentHashMap<>();

    /**
     * Joins this network under the first address that is free.
     *
     * @param loop where the transport is used and its receiver is called
     */
    public InMemoryTransport open(LoopThread loop) {
        for (int port = 1; port <= 65_535; port++) {
            InMemoryTransport transport = new InMemoryTransport(this, MemberAddress.ofIpv4(LOOPBACK, port), loop);
            if (open.putIfAbsent(transport.advertised(), transport) == null) {
                return transport;
            }
        }
        throw new IllegalStateException("this in-memory network has 65535 open transports: close some");
    }

    @Nullable
    InMemoryTransport at(MemberAddress address) {
        return open.get(address);
    }

    void closed(InMemoryTransport transport) {
        open.remove(transport.advertised(), transport);
    }
}
