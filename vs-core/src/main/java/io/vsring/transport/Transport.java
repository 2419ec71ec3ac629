package io.vsring.transport;

import io.vsring.MemberAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalLong;

/**
 * Carries datagrams to members and back. It may lose, repeat and reorder them, but what it hands over arrived whole.
 *
 * <p>All methods but {@link #advertised()}, {@link #receiveBufferBytes()}, {@link #description()}, {@link #counters()}
 * and {@link #receiveDrops()} are called on the loop thread, and the receiver is called on it. Buffers that are given
 * to be sent keep their position and limit.
 */
public interface Transport {

    /** Addresses that are remembered at most. */
    int ADDRESSES_MAX = AddressBook.REMEMBERED_MAX;

    /** Sockets for {@link #sendWatched} at most. */
    int WATCHED_SOCKETS_MAX = WatchedSends.WATCHES_MAX;

    /**
     * What arrives. Called on the loop thread, never inside a call of the transport except {@link Transport#drain()}
     * and {@link Transport#sendWatched}. It must not throw.
     */
    interface Receiver {

        /**
         * A datagram.
         *
         * @param source where it came from; for what was sent with {@link Transport#sendWatched}, or passed NAT, that
         *     is not the address that its sender advertises
         * @param bytes from position to limit, direct or not; valid during the call only, and the receiver's to
         *     overwrite
         */
        void onDatagram(MemberAddress source, ByteBuffer bytes);

        /**
         * All that one reading of the socket brought has been handed over. Follows each row of {@link #onDatagram},
         * which is never longer than some 320.
         */
        void onBatchEnd();

        /** The host at this address says that nobody listens on the port any more. A hint, not a proof. */
        void onUnreachable(MemberAddress address);
    }

    /** The address under which others reach this transport. Known once it has been opened; any thread. */
    MemberAddress advertised();

    /**
     * How many bytes can wait in the socket's receive buffer: what the system really granted, in the unit in which it
     * was asked for. Headers and bookkeeping take their share of it; count on half for datagrams of 1,400 bytes. Any
     * thread.
     */
    long receiveBufferBytes();

    /**
     * By what means datagrams are carried, as was found out when it was opened, for people to read: {@code epoll
     * unicast UDP_SEGMENT UDP_GRO}. Any thread.
     */
    default String description() {
        return "in memory";
    }

    /** What has been carried so far. Any thread. */
    TransportCounters counters();

    /**
     * How many datagrams the system has dropped since the transport was opened because the receive buffer was full.
     * Empty if it does not tell, and when the transport is closed. Any thread but a ring's: it reads a file.
     */
    default OptionalLong receiveDrops() {
        return OptionalLong.empty();
    }

    /** Whether this system tells how many datagrams it has dropped, as Linux does. Any thread. */
    static boolean areReceiveDropsTold() {
        return SocketDrops.OURS.areTold();
    }

    /** Begins to receive. */
    void start(Receiver receiver);

    /**
     * Sends one datagram. It may wait until {@link #flush()}.
     *
     * @param destination to whom
     * @param bytes from position to limit; copied or sent before this method returns
     * @throws IllegalArgumentException if it is empty or longer than the transport carries
     */
    void send(MemberAddress destination, ByteBuffer bytes);

    /**
     * Sends one datagram in such a way that {@link Receiver#onUnreachable} may follow if nobody listens there. For the
     * rare datagram only: it may overtake, or be overtaken by, what {@link #send} sends, and its source port is not the
     * advertised one. Needs no {@link #flush()}.
     *
     * @throws IllegalArgumentException if it is empty or longer than the transport carries
     */
    void sendWatched(MemberAddress destination, ByteBuffer bytes);

    /**
     * Sends one datagram to the peers of the ring. It may wait until {@link #flush()}.
     *
     * @param peers to whom; the same list object as long as the ring is the same, and never changed
     * @param bytes from position to limit; copied or sent before this method returns
     * @throws IllegalArgumentException if it is empty or longer than the transport carries
     */
    void broadcast(List<MemberAddress> peers, ByteBuffer bytes);

    /** Sends what still waits. Towards each destination in the order in which it was given. */
    void flush();

    /**
     * Reads what the socket still holds, as far as a bound of some 256 datagrams, and hands it to the receiver before
     * it returns, {@link Receiver#onBatchEnd()} included. Called before a timer is believed: what it waits for may be
     * lying in the buffer. Does nothing when called by the receiver itself, that is, while a socket is being read.
     */
    void drain();

    /**
     * Stops receiving and releases the socket. What waits for {@link #flush()} is dropped. The loop thread lives on.
     */
    void close();
}
