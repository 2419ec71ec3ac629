package io.vsring.transport;

import io.netty.channel.epoll.Epoll;

/** What the sockets of a member are made of. */
public enum SocketKind {

    /** {@link #EPOLL} where it works, {@link #NIO} elsewhere. */
    AUTO,

    /** The sockets of the Java platform: work everywhere, one system call for each datagram. */
    NIO,

    /** Linux only, with Netty's native library on the class path: many datagrams in one system call. */
    EPOLL;

    /**
     * The kind that this machine can really offer.
     *
     * @throws TransportOpenException if {@link #EPOLL} is asked for and does not work here
     */
    SocketKind resolve() {
        if (this == AUTO) {
            return Epoll.isAvailable() ? EPOLL : NIO;
        }
        if (this == EPOLL && !Epoll.isAvailable()) {
            Throwable cause = Epoll.unavailabilityCause();
            throw new TransportOpenException(
                    "vs.transport.native",
                    "vs.transport.native is EPOLL, but epoll does not work here (" + rootOf(cause) + "). It needs Linux"
                            + " and the jar netty-transport-native-epoll for this processor; AUTO or NIO work without",
                    cause);
        }
        return this;
    }

    private static String rootOf(Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.toString();
    }
}
