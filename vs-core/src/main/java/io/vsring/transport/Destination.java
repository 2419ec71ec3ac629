package io.vsring.transport;

import java.net.Inet6Address;
import java.net.InetSocketAddress;

/** Where datagrams go to, and how long the pieces may be into which the system cuts a run on the way there. */
final class Destination {

    final InetSocketAddress address;
    final boolean isIpv6;

    /** This alone, for a datagram that goes nowhere else. */
    final Destination[] alone = {this};

    private int acceptedBytes;
    private int refusedBytes = Integer.MAX_VALUE;

    Destination(InetSocketAddress address) {
        this.address = address;
        this.isIpv6 = address.getAddress() instanceof Inet6Address;
    }

    /** Whether runs of datagrams of this length have not been refused. */
    boolean maySegment(int datagramBytes) {
        return datagramBytes < refusedBytes;
    }

    /** Whether the system has already cut runs into pieces of this length or longer. */
    boolean isProven(int datagramBytes) {
        return datagramBytes <= acceptedBytes;
    }

    void accepted(int datagramBytes) {
        acceptedBytes = Math.max(acceptedBytes, datagramBytes);
    }

    /** Longer than the path allows, or no offload there at all: datagrams like these go one by one from now on. */
    void refused(int datagramBytes) {
        refusedBytes = Math.min(refusedBytes, datagramBytes);
        acceptedBytes = Math.min(acceptedBytes, refusedBytes - 1);
    }
}
