package io.vsring.transport;

import io.vsring.MemberAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** One member's place in an {@link InMemoryNetwork}. */
public final class InMemoryTransport implements Transport {

    static final int INBOX_DATAGRAMS_MAX = 4096;
    private static final int BATCH_DATAGRAMS_MAX = 256;
    private static final int DATAGRAM_BYTES_TYPICAL = 1400;

    private final InMemoryNetwork network;
    private final MemberAddress address;
    private final LoopThread loop;

    /** The one thing that other members' threads touch; when it is full, a datagram is lost as in a socket's buffer. */
    private final BlockingQueue<Arrival> inbox = new LinkedBlockingQueue<>(INBOX_DATAGRAMS_MAX);

    private final TransportCounters counters = new TransportCounters();
    private final Runnable readInbox = this::readInbox;

    private @Nullable Receiver receiver;
    private boolean reading;
    private boolean closed;

    InMemoryTransport(InMemoryNetwork network, MemberAddress address, LoopThread loop) {
        this.network = network;
        this.address = address;
        this.loop = loop;
    }

    @Override
    public MemberAddress advertised() {
        return address;
    }

    @Override
    public long receiveBufferBytes() {
        return (long) INBOX_DATAGRAMS_MAX * DATAGRAM_BYTES_TYPICAL;
    }

    @Override
    public TransportCounters counters() {
        return counters;
    }

    @Override
    public void start(Receiver opened) {
        receiver = opened;
        loop.execute(readInbox);
    }

    @Override
    public void send(MemberAddress destination, ByteBuffer bytes) {
        arriveAt(destination, bytes);
    }

    @Override
    public void sendWatched(MemberAddress destination, ByteBuffer bytes) {
        if (!arriveAt(destination, bytes)) {
            loop.execute(() -> unreachable(destination));
        }
    }

    @Override
    public void broadcast(List<MemberAddress> peers, ByteBuffer bytes) {
        for (MemberAddress peer : peers) {
            send(peer, bytes);
        }
    }

    @Override
    public void flush() {
        // Nothing waits here: a datagram is in its receiver's inbox as soon as it was sent.
    }

    @Override
    public void drain() {
        readInbox();
    }

    @Override
    public void close() {
        closed = true;
        network.closed(this);
        receiver = null;
        inbox.clear();
    }

    /** Whether somebody is there. */
    private boolean arriveAt(MemberAddress destination, ByteBuffer bytes) {
        int length = bytes.remaining();
        if (length == 0 || length > UdpOptions.DATAGRAM_BYTES_LIMIT) {
            throw new IllegalArgumentException(
                    "a datagram has 1 to " + UdpOptions.DATAGRAM_BYTES_LIMIT + " bytes, not " + length);
        }
        if (closed) {
            return true;
        }
        InMemoryTransport other = network.at(destination);
        if (other == null) {
            return false;
        }
        byte[] copy = new byte[length];
        bytes.get(bytes.position(), copy);
        if (other.inbox.offer(new Arrival(address, copy))) {
            other.loop.execute(other.readInbox);
        }
        return true;
    }

    private void unreachable(MemberAddress destination) {
        Receiver open = receiver;
        if (open != null) {
            open.onUnreachable(destination);
        }
    }

    private void readInbox() {
        if (reading) {
            return;
        }
        reading = true;
        try {
            readBatch();
        } finally {
            reading = false;
        }
    }

    private void readBatch() {
        int read = 0;
        Receiver open = receiver;
        while (open != null && read < BATCH_DATAGRAMS_MAX) {
            Arrival next = inbox.poll();
            if (next == null) {
                break;
            }
            open.onDatagram(next.source, ByteBuffer.wrap(next.bytes));
            read++;
            open = receiver;
        }
        if (open != null && read > 0) {
            open.onBatchEnd();
        }
        if (read == BATCH_DATAGRAMS_MAX) {
            loop.execute(readInbox);
        }
    }

    private record Arrival(MemberAddress source, byte[] bytes) {}
}
