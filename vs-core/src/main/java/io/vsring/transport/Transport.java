package io.vsring.transport;

import io.vsring.MemberAddress;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Carries datagrams to members and back. It may lose, repeat and reorder them, but what it hands over arrived whole.
 *
 * <p>All methods but {@link #advertised()} are called on the loop thread, and the receiver is called on it.
 */
public interface Transport {

    /** What arrives. Called on the loop thread. */
    interface Receiver {

        /**
         * A datagram.
         *
         * @param source where it came from
         * @param bytes from position to limit; valid during the call only
         */
        void onDatagram(MemberAddress source, ByteBuffer bytes);

        /** All that one reading of the socket brought has been handed over. */
        void onBatchEnd();

        /** The host at this address says that nobody listens on the port any more. A hint, not a proof. */
        void onUnreachable(MemberAddress address);
    }

    /** The address under which others reach this transport. Known once it has been opened; any thread. */
    MemberAddress advertised();

    /** Datagrams that can wait in the socket's receive buffer, in bytes: what the system really granted. */
    long receiveBufferBytes();

    /** Begins to receive. */
    void start(Receiver receiver);

    /**
     * Sends one datagram. It may wait until {@link #flush()}.
     *
     * @param destination to whom
     * @param bytes from position to limit; copied or sent before this method returns
     */
    void send(MemberAddress destination, ByteBuffer bytes);

    /**
     * Sends one datagram in such a way that {@link Receiver#onUnreachable} may follow if nobody listens there. For the
     * rare datagram only: it may overtake, or be overtaken by, what {@link #send} sends.
     */
    void sendWatched(MemberAddress destination, ByteBuffer bytes);

    /**
     * Sends one datagram to the peers of the ring. It may wait until {@link #flush()}.
     *
     * @param peers to whom; the same list object as long as the ring is the same
     * @param bytes from position to limit; copied or sent before this method returns
     */
    void broadcast(List<MemberAddress> peers, ByteBuffer bytes);

    /** Sends what still waits, in the order in which it was given. */
    void flush();

    /**
     * Reads what the socket still holds, as far as a bound of 256 datagrams, and hands it to the receiver before it
     * returns. Called before a timer is believed: what it waits for may be lying in the buffer.
     */
    void drain();

    /** Stops receiving and releases the socket. */
    void close();
}
