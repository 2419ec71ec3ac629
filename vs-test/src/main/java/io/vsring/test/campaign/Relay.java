package io.vsring.test.campaign;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Passes datagrams between members on: later, in another order, twice, or with other bits. It has a socket for each
 * member. What comes to that socket is for the member, and what the member sent leaves by it; see
 * {@link BridgeRules#relaying}.
 *
 * <p>One thread runs it; the numbers are to be read when that has ended.
 */
final class Relay {

    private static final int DATAGRAM_BYTES_MAX = 65_535;
    private static final int WAITING_MAX = 50_000;
    private static final long LOOK_MILLIS = 20;

    /**
     * What becomes of datagrams.
     *
     * @param delayMillis how long each is held back
     * @param jitterMillis up to how much longer
     * @param copiesPercent how many come a second time, up to {@value #COPY_LATER_MILLIS} ms after
     * @param corruptPercent how many have some bits changed; their copies as well
     */
    record Weather(int delayMillis, int jitterMillis, int copiesPercent, int corruptPercent) {
        static final int COPY_LATER_MILLIS = 50;
    }

    private record Later(long atNanos, long number, Link link, byte[] bytes) {}

    private final List<InetSocketAddress> members;
    private final List<DatagramChannel> channels = new ArrayList<>();
    private final Selector selector;
    private final Weather weather;
    private final Random dice;
    private final PriorityQueue<Later> waiting = new PriorityQueue<>((one, other) -> one.atNanos != other.atNanos
            ? Long.signum(one.atNanos - other.atNanos)
            : Long.compare(one.number, other.number));
    private final long[][] lastSent;
    private final ByteBuffer buffer = ByteBuffer.allocate(DATAGRAM_BYTES_MAX);
    private @Nullable Thread thread;
    private volatile boolean isEnding;
    private volatile @Nullable Exception failure;
    private long received;
    private long copies;
    private long overtaken;
    private long corrupted;
    private long dropped;
    private long heldNanos;

    /**
     * Opens the sockets.
     *
     * @param members where each is, each on a host of its own, in the order of their numbers
     * @param first the address of the first member's socket; the others have the ports that follow
     */
    Relay(List<InetSocketAddress> members, InetSocketAddress first, Weather weather, Random dice) {
        this.members = List.copyOf(members);
        this.weather = weather;
        this.dice = dice;
        this.lastSent = new long[members.size() + 1][members.size() + 1];
        try {
            selector = Selector.open();
            for (int index = 0; index < members.size(); index++) {
                DatagramChannel channel = DatagramChannel.open();
                channels.add(channel);
                channel.bind(new InetSocketAddress(first.getAddress(), first.getPort() + index));
                channel.configureBlocking(false);
                channel.register(selector, SelectionKey.OP_READ, index + 1);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open the sockets of a relay at " + first, e);
        }
    }

    void start() {
        thread = new Thread(this::run, "relay");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try (selector) {
            while (!isEnding || !waiting.isEmpty()) {
                sendWhatIsDue();
                selector.select(key -> receive((DatagramChannel) key.channel(), (int) key.attachment()), timeout());
            }
        } catch (IOException | RuntimeException e) {
            failure = e;
        } finally {
            closeAll();
        }
    }

    private long timeout() {
        Later next = waiting.peek();
        if (next == null) {
            return LOOK_MILLIS;
        }
        long nanos = next.atNanos - System.nanoTime();
        return Math.max(1, Math.min(LOOK_MILLIS, TimeUnit.NANOSECONDS.toMillis(nanos)));
    }

    private void receive(DatagramChannel channel, int to) {
        try {
            for (SocketAddress from = channel.receive(buffer.clear());
                    from != null;
                    from = channel.receive(buffer.clear())) {
                byte[] bytes = new byte[buffer.flip().remaining()];
                buffer.get(bytes);
                int sender = member(from);
                if (sender == 0 || waiting.size() >= WAITING_MAX) {
                    dropped++;
                } else {
                    received++;
                    take(new Link(sender, to), bytes);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Members are told apart by their hosts: for what they send they have more ports than one. */
    private int member(SocketAddress from) {
        for (int index = 0; index < members.size(); index++) {
            if (members.get(index).getAddress().equals(((InetSocketAddress) from).getAddress())) {
                return index + 1;
            }
        }
        return 0;
    }

    private void take(Link link, byte[] received) {
        byte[] bytes = received;
        if (received.length > 0 && dice.nextInt(100) < weather.corruptPercent) {
            corrupted++;
            bytes = BitFlips.of(received, dice);
        }
        long heldMillis = (long) weather.delayMillis + dice.nextInt(weather.jitterMillis + 1);
        hold(link, bytes, heldMillis);
        if (dice.nextInt(100) < weather.copiesPercent) {
            copies++;
            hold(link, bytes, heldMillis + dice.nextInt(Weather.COPY_LATER_MILLIS));
        }
    }

    private void hold(Link link, byte[] bytes, long millis) {
        long nanos = TimeUnit.MILLISECONDS.toNanos(millis);
        heldNanos += nanos;
        waiting.add(new Later(System.nanoTime() + nanos, received, link, bytes));
    }

    private void sendWhatIsDue() throws IOException {
        for (Later next = waiting.peek();
                next != null && next.atNanos - System.nanoTime() <= 0;
                next = waiting.peek()) {
            waiting.remove();
            Link link = next.link;
            if (next.number < lastSent[link.from()][link.to()]) {
                overtaken++;
            }
            lastSent[link.from()][link.to()] = Math.max(next.number, lastSent[link.from()][link.to()]);
            channels.get(link.from() - 1).send(ByteBuffer.wrap(next.bytes), members.get(link.to() - 1));
        }
    }

    private void closeAll() {
        try {
            for (DatagramChannel channel : channels) {
                channel.close();
            }
        } catch (IOException e) {
            failure = e;
        }
    }

    /** Sends what is still held back, and ends. */
    void finish() throws InterruptedException {
        isEnding = true;
        if (thread == null) {
            closeAll();
        } else {
            thread.join();
        }
        if (failure != null) {
            throw new IllegalStateException("the relay failed", failure);
        }
    }

    long received() {
        return received;
    }

    long copies() {
        return copies;
    }

    long overtaken() {
        return overtaken;
    }

    /** How many datagrams had bits changed. */
    long corrupted() {
        return corrupted;
    }

    long heldMillis() {
        return TimeUnit.NANOSECONDS.toMillis(heldNanos);
    }

    @Override
    public String toString() {
        return "relay: received=" + received + " copies=" + copies + " overtaken=" + overtaken + " corrupted="
                + corrupted + " dropped=" + dropped + " held=" + heldMillis() + "ms";
    }
}
