package io.vsring.transport;

/**
 * What a socket turned out to be able to do.
 *
 * @param ipv6 reaches IPv6 addresses
 * @param segmentation the system cuts a run of datagrams that it gets in one piece (UDP_SEGMENT)
 * @param coalescing the system hands over runs of datagrams in one piece (UDP_GRO)
 */
record SocketAbilities(boolean ipv6, boolean segmentation, boolean coalescing) {}
