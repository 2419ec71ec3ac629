package io.vsring.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.unix.Errors;
import io.netty.util.concurrent.Future;
import io.vsring.MemberAddress;
import java.net.ConnectException;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends through sockets that are connected to one destination each, because only such a socket is told when nobody
 * listens there. Loop thread only.
 *
 * <p>The sockets have ports of their own: bound to the main port they would take over the destination's datagrams. They
 * are made when needed, and closed when they have not been used for a while.
 */
final class WatchedSends {

    static final int WATCHES_MAX = 64;
    static final long UNUSED_NANOS_MAX = 10_000_000_000L;

    private static final int ECONNREFUSED = -111;

    private final UdpSockets sockets;
    private final Reception reception;
    private final AddressBook addresses;
    private final Outbox outbox;
    private final long unusedNanosMax;

    /** The least recently used first. */
    private final Map<MemberAddress, Watch> watches = new LinkedHashMap<>(16, 0.75f, true);

    private boolean sweepIsDue;
    private boolean closed;

    /** @param unusedNanosMax a socket that has not been used for so long is closed, at most half as much later */
    WatchedSends(UdpSockets sockets, Reception reception, AddressBook addresses, Outbox outbox, long unusedNanosMax) {
        this.sockets = sockets;
        this.reception = reception;
        this.addresses = addresses;
        this.outbox = outbox;
        this.unusedNanosMax = unusedNanosMax;
    }

    void send(MemberAddress destination, ByteBuffer datagram) {
        if (!outbox.reaches(addresses.destination(destination))) {
            outbox.failed(1, "no IPv6 from an IPv4 socket, to " + destination);
            return;
        }
        ByteBuf bytes = PooledByteBufAllocator.DEFAULT.directBuffer(datagram.remaining());
        int position = datagram.position();
        bytes.writeBytes(datagram);
        datagram.position(position);

        Watch watch = watches.get(destination);
        if (watch == null) {
            watch = open(destination);
        }
        watch.lastUsedNanos = System.nanoTime();
        watch.connected.addListener((ChannelFutureListener) connected -> write(destination, connected, bytes));
    }

    /** How many sockets there are at the moment. */
    int open() {
        return watches.size();
    }

    /** The socket for this destination; null if there is none. */
    @Nullable
    Channel socket(MemberAddress destination) {
        Watch watch = watches.get(destination);
        return watch == null ? null : watch.connected.channel();
    }

    void close() {
        closed = true;
        for (Watch watch : watches.values()) {
            watch.close();
        }
        watches.clear();
        show();
    }

    private void show() {
        outbox.watchedSockets(watches.size());
    }

    private Watch open(MemberAddress destination) {
        DatagramInlet inlet = new DatagramInlet(
                reception, addresses, Set.of(), reception::endBatch, failure -> failed(destination, failure));
        Watch watch = new Watch(sockets.connect(addresses.destination(destination).address, inlet));
        watches.put(destination, watch);
        if (watches.size() > WATCHES_MAX) {
            Iterator<Watch> oldest = watches.values().iterator();
            oldest.next().close();
            oldest.remove();
        }
        show();
        sweepLater();
        return watch;
    }

    private void write(MemberAddress destination, ChannelFuture connected, ByteBuf bytes) {
        Throwable cause = connected.cause();
        if (cause != null || closed) {
            bytes.release();
            watches.remove(destination);
            show();
            if (cause != null) {
                outbox.failed(1, cause);
            }
            return;
        }
        if (connected.channel().isActive() && !connected.channel().isWritable()) {
            bytes.release(); // the system has not taken what was sent before
            outbox.dropped(1);
            return;
        }
        connected.channel().writeAndFlush(bytes).addListener((ChannelFutureListener) written -> {
            if (written.cause() != null) {
                failed(destination, written.cause());
            }
        });
    }

    private void failed(MemberAddress destination, Throwable failure) {
        if (isUnreachable(failure)) {
            reception.unreachable(destination);
        } else if (!closed) {
            outbox.failed(1, failure);
        }
    }

    private static boolean isUnreachable(Throwable failure) {
        return failure instanceof PortUnreachableException
                || failure instanceof ConnectException
                || (failure instanceof Errors.NativeIoException system && system.expectedErr() == ECONNREFUSED);
    }

    private void sweepLater() {
        if (!sweepIsDue) {
            sweepIsDue = true;
            Future<?> unused = sockets.eventLoop().schedule(this::sweep, unusedNanosMax / 2, TimeUnit.NANOSECONDS);
        }
    }

    private void sweep() {
        sweepIsDue = false;
        long now = System.nanoTime();
        watches.values().removeIf(watch -> {
            boolean unused = now - watch.lastUsedNanos > unusedNanosMax;
            if (unused) {
                watch.close();
            }
            return unused;
        });
        show();
        if (!watches.isEmpty()) {
            sweepLater();
        }
    }

    private static final class Watch {

        private final ChannelFuture connected;
        private long lastUsedNanos;

        Watch(ChannelFuture connected) {
            this.connected = connected;
        }

        void close() {
            Channel channel = connected.channel();
            ChannelFuture unused = channel.close();
        }
    }
}
