package io.vsring.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.unix.Errors;
import io.netty.channel.unix.SegmentedDatagramPacket;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gathers what is to be sent, and writes it with as few system calls as the platform allows. Loop thread only.
 *
 * <p>Datagrams are copied one behind the other into a slab. A <em>run</em> is a row of them with the same destinations
 * and the same length, of which only the last may be shorter: the shape that the system can cut by itself (UDP
 * segmentation offload), so that up to 64 datagrams cost one pass through its network stack. What forms no run is a run
 * of one. Towards one destination the order is always the order of {@link #add}.
 */
final class Outbox {

    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

    private static final int SLAB_BYTES = 256 * 1024;
    private static final int RUN_DATAGRAMS_MAX = 64;
    private static final int RUN_BYTES_MAX = UdpOptions.DATAGRAM_BYTES_LIMIT;
    private static final long NANOS_BETWEEN_WARNINGS = 10_000_000_000L;

    // Linux: what the system says when it cannot cut a run for this path. Anything else is a failure like any other.
    private static final int EIO = -5;
    private static final int EINVAL = -22;
    private static final int EMSGSIZE = -90;
    private static final int EOPNOTSUPP = -95;

    private final Channel channel;
    private final SocketAbilities abilities;
    private final TransportCounters counters;

    /** Empty until the first datagram, so that its memory comes from the loop thread. */
    private ByteBuf slab = Unpooled.EMPTY_BUFFER;

    private Destination[] runTargets = {};
    private int runStart;
    private int runDatagrams;
    private int runDatagramBytes;
    private boolean runIsOpen;

    private long lastWarningNanos = System.nanoTime() - NANOS_BETWEEN_WARNINGS;
    private long failuresSinceWarning;

    Outbox(Channel channel, SocketAbilities abilities, TransportCounters counters) {
        this.channel = channel;
        this.abilities = abilities;
        this.counters = counters;
    }

    /** Takes one datagram, of 1 to 65,507 bytes, for each of these destinations. Leaves the buffer as it was. */
    void add(Destination[] targets, ByteBuffer datagram) {
        int bytes = datagram.remaining();
        if (!joinsRun(targets, bytes)) {
            endRun();
            makeRoom(bytes);
            runTargets = targets;
            runStart = slab.writerIndex();
            runDatagramBytes = bytes;
            runIsOpen = true;
        } else if (bytes < runDatagramBytes) {
            runIsOpen = false;
        }
        int position = datagram.position();
        slab.writeBytes(datagram);
        datagram.position(position);
        runDatagrams++;
        counters.sent(targets.length, (long) bytes * targets.length);
    }

    /** Gives everything to the system; what does not fit into its send buffer follows as soon as it does. */
    void flush() {
        endRun();
        channel.flush();
        if (slab.refCnt() == 1) {
            slab.clear();
        }
    }

    void close() {
        runDatagrams = 0;
        runIsOpen = false;
        slab.release();
    }

    /** Counts datagrams that the system has not taken, and says so now and then. */
    void failed(int datagrams, Object cause) {
        counters.sendFailed(datagrams);
        warn(datagrams, cause);
    }

    /** Counts datagrams that have found no room, and says so now and then. */
    void dropped(int datagrams) {
        counters.sendDropped(datagrams);
        warn(datagrams, "too many datagrams wait for the send buffer");
    }

    /** How many sockets for watched sends there are. */
    void watchedSockets(int now) {
        counters.watchedSockets(now);
    }

    private void warn(int datagrams, Object cause) {
        failuresSinceWarning += datagrams;
        long now = System.nanoTime();
        if (now - lastWarningNanos >= NANOS_BETWEEN_WARNINGS) {
            LOG.warn(
                    "socket={} datagrams not sent: count={} lastCause={}",
                    channel,
                    failuresSinceWarning,
                    String.valueOf(cause));
            lastWarningNanos = now;
            failuresSinceWarning = 0;
        }
    }

    /** Whether the socket's family can reach it; Netty's epoll would send to a made-up address instead. */
    boolean reaches(Destination target) {
        return abilities.ipv6() || !target.isIpv6;
    }

    private boolean joinsRun(Destination[] targets, int bytes) {
        return runIsOpen
                && targets == runTargets
                && bytes <= runDatagramBytes
                && runDatagrams < RUN_DATAGRAMS_MAX
                && slab.writerIndex() - runStart + bytes <= RUN_BYTES_MAX
                && bytes <= slab.writableBytes();
    }

    private void makeRoom(int bytes) {
        if (bytes <= slab.writableBytes()) {
            return;
        }
        channel.flush();
        if (slab.refCnt() == 1 && slab.capacity() > 0) {
            slab.clear();
        } else {
            slab.release(); // The datagrams that still wait keep it alive.
            slab = newSlab();
        }
    }

    private void endRun() {
        if (runDatagrams == 0) {
            return;
        }
        int end = slab.writerIndex();
        Run run = new Run(slab, runStart, end, runDatagramBytes);
        boolean segmentable = abilities.segmentation() && runDatagrams > 1;
        boolean allSegmented = segmentable;
        if (segmentable) {
            for (Destination target : runTargets) {
                if (target.maySegment(runDatagramBytes)) {
                    writeSegmented(run, target);
                } else {
                    allSegmented = false;
                }
            }
        }
        if (!allSegmented) {
            writeSingly(run, segmentable);
        }
        runDatagrams = 0;
        runIsOpen = false;
    }

    /** One datagram after the other, each to all that do not get the run as a whole. */
    private void writeSingly(Run run, boolean othersHaveTheRun) {
        for (int at = run.start; at < run.end; at += run.datagramBytes) {
            int bytes = Math.min(run.datagramBytes, run.end - at);
            for (Destination target : runTargets) {
                if (!othersHaveTheRun || !target.maySegment(run.datagramBytes)) {
                    writeOne(run.memory.retainedSlice(at, bytes), target);
                }
            }
        }
    }

    private void writeOne(ByteBuf datagram, Destination target) {
        if (isRefused(target, 1)) {
            datagram.release();
            return;
        }
        ChannelFuture unused = channel.write(new DatagramPacket(datagram, target.address), channel.voidPromise());
    }

    private void writeSegmented(Run run, Destination target) {
        if (isRefused(target, run.datagrams())) {
            return;
        }
        ByteBuf bytes = run.memory.retainedSlice(run.start, run.end - run.start);
        run.memory
                .retain(); // Kept until the system has taken the run, to send its datagrams one by one if it does not.
        ChannelFuture written = channel.write(new SegmentedDatagramPacket(bytes, run.datagramBytes, target.address));
        written.addListener((ChannelFutureListener) done -> segmentedDone(run, target, done.cause()));
        if (!target.isProven(run.datagramBytes)) {
            // The first of its kind goes alone: if it is refused, its datagrams follow before anything else does.
            channel.flush();
        }
    }

    private void segmentedDone(Run run, Destination target, @Nullable Throwable cause) {
        try {
            if (cause == null) {
                target.accepted(run.datagramBytes);
            } else if (isSegmentationRefused(cause)) {
                target.refused(run.datagramBytes);
                counters.segmentationRefused();
                LOG.debug(
                        "socket={} to={} runs of {}-byte datagrams are refused, sending singly: {}",
                        channel,
                        target.address,
                        run.datagramBytes,
                        cause.toString());
                for (int at = run.start; at < run.end; at += run.datagramBytes) {
                    writeOne(run.memory.retainedSlice(at, Math.min(run.datagramBytes, run.end - at)), target);
                }
                channel.eventLoop().execute(channel::flush);
            } else {
                failed(run.datagrams(), cause);
            }
        } finally {
            run.memory.release();
        }
    }

    private static boolean isSegmentationRefused(Throwable cause) {
        if (!(cause instanceof Errors.NativeIoException failure)) {
            return cause instanceof UnsupportedOperationException;
        }
        int error = failure.expectedErr();
        return error == EIO || error == EINVAL || error == EMSGSIZE || error == EOPNOTSUPP;
    }

    private boolean isRefused(Destination target, int datagrams) {
        if (!reaches(target)) {
            failed(datagrams, "no IPv6 from an IPv4 socket, to " + target.address);
            return true;
        }
        if (!channel.isWritable()) {
            dropped(datagrams);
            return true;
        }
        return false;
    }

    private static ByteBuf newSlab() {
        return PooledByteBufAllocator.DEFAULT.directBuffer(SLAB_BYTES, SLAB_BYTES);
    }

    /** Datagrams that lie one behind the other, all of one length but the last, which may be shorter. */
    private record Run(ByteBuf memory, int start, int end, int datagramBytes) {

        int datagrams() {
            return (end - start + datagramBytes - 1) / datagramBytes;
        }
    }
}
