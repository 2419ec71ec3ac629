package io.vsring.ring;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Where a datagram goes that is meant for all members at once.
 *
 * @param address an address of IP multicast
 * @param port the same at all members; 0 is that of the member
 */
record MulticastGroup(InetAddress address, int port) {

    /**
     * Reads {@code address} or {@code address:port}; an IPv6 address with a port stands in brackets.
     *
     * @throws IllegalArgumentException naming the property and the value
     */
    static MulticastGroup parse(String text) {
        try {
            HostAndPorts spelled = HostAndPorts.split(text);
            InetAddress address = Seed.isLiteral(spelled.host()) ? InetAddress.getByName(spelled.host()) : null;
            if (address == null || !address.isMulticastAddress()) {
                throw new IllegalArgumentException(spelled.host() + " is not one");
            }
            return new MulticastGroup(address, spelled.ports().isEmpty() ? 0 : HostAndPorts.port(spelled.ports()));
        } catch (IllegalArgumentException | UnknownHostException e) {
            throw new IllegalArgumentException(
                    "vs.transport.multicast-group: '" + text + "' is not a multicast address, such as 239.192.74.60,"
                            + " or address:port: " + e.getMessage(),
                    e);
        }
    }
}
