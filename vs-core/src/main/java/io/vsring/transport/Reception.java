package io.vsring.transport;

import io.netty.buffer.ByteBuf;
import io.vsring.MemberAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands what the sockets bring to the one receiver, in batches. Loop thread only. */
final class Reception {

    private static final Logger LOG = LoggerFactory.getLogger(Reception.class);

    private static final long NANOS_BETWEEN_ERRORS = 10_000_000_000L;

    private final int maxDatagramBytes;
    private final TransportCounters counters;

    private Transport.@Nullable Receiver receiver;
    private int batch;
    private long lastErrorNanos = System.nanoTime() - NANOS_BETWEEN_ERRORS;

    Reception(int maxDatagramBytes, TransportCounters counters) {
        this.maxDatagramBytes = maxDatagramBytes;
        this.counters = counters;
    }

    void open(Transport.Receiver opened) {
        receiver = opened;
    }

    void close() {
        receiver = null;
    }

    /** Datagrams handed over since the last batch ended. Not zero means that a read is going on. */
    int batch() {
        return batch;
    }

    void datagram(MemberAddress source, ByteBuf content) {
        Transport.Receiver open = receiver;
        int bytes = content.readableBytes();
        if (open == null) {
            return;
        }
        if (bytes > maxDatagramBytes) {
            counters.oversizedArrived();
            return;
        }
        batch++;
        counters.received(bytes);
        open.onDatagram(source, view(content, bytes));
    }

    /**
     * The bytes as the receiver may see them. A piece of a segmented read is seen through the one view that the whole
     * read has: a view of its own would be the most that a datagram allocates.
     */
    private static ByteBuffer view(ByteBuf content, int bytes) {
        ByteBuf whole = content.unwrap();
        if (whole == null || !whole.hasMemoryAddress() || !content.hasMemoryAddress()) {
            return content.internalNioBuffer(content.readerIndex(), bytes);
        }
        long at = content.memoryAddress() - whole.memoryAddress() + content.readerIndex();
        return whole.internalNioBuffer((int) at, bytes);
    }

    /** A datagram that names no port to answer to. */
    void withoutSource() {
        counters.arrivedWithoutSource();
    }

    /** A datagram of our own, which the multicast group brings back. */
    void own() {
        counters.ownCameBack();
    }

    /** A datagram with which another member finds out whether it hears itself. */
    void check() {
        counters.checkArrived();
    }

    void endBatch() {
        Transport.Receiver open = receiver;
        if (batch == 0) {
            return;
        }
        try {
            if (open != null) {
                open.onBatchEnd();
            }
        } finally {
            batch = 0;
        }
    }

    void unreachable(MemberAddress address) {
        counters.foundUnreachable();
        Transport.Receiver open = receiver;
        if (open != null) {
            open.onUnreachable(address);
        }
    }

    /** The receiver has thrown, which it must not. The socket lives on. */
    void receiverFailed(Throwable failure) {
        long now = System.nanoTime();
        if (now - lastErrorNanos >= NANOS_BETWEEN_ERRORS) {
            lastErrorNanos = now;
            LOG.error("the receiver of datagrams threw; it should have caught this (told at most every 10 s)", failure);
        }
    }
}
