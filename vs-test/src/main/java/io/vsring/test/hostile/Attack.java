package io.vsring.test.hostile;

import io.vsring.test.campaign.Namespaces;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends under the addresses of members, and now and then under its own, and knows how much of what it has sent to whom.
 * One thread.
 */
final class Attack implements AutoCloseable {

    private static final long STEP_NANOS = 500_000;
    private static final int CLOSED_PORT = 9;
    private static final long SETTLE_MILLIS = 200;

    private final List<DatagramChannel> spoofing = new ArrayList<>();
    private final List<InetSocketAddress> members = new ArrayList<>();
    private final DatagramChannel own;
    private final Map<Forgery, Long> byKind = new EnumMap<>(Forgery.class);
    private final long[] sentTo = new long[HostileRing.MEMBERS + 1];
    private long sentAsOwn;

    Attack() throws IOException {
        for (int number = 1; number <= HostileRing.MEMBERS; number++) {
            spoofing.add(at(TapRules.SPOOFED_PORT + number - 1));
            members.add(new InetSocketAddress(Namespaces.address(number), HostileRing.RING_PORT));
        }
        own = at(TapRules.OWN_PORT);
    }

    private static DatagramChannel at(int port) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        channel.bind(new InetSocketAddress(Namespaces.BRIDGE_ADDRESS, port));
        return channel;
    }

    /**
     * Makes sure that a reply would be heard: the system of a member says that nobody is at a port.
     *
     * @return how many of the members' systems were heard at most
     */
    long provePathBack() throws IOException, InterruptedException {
        long before = TapRules.replies();
        for (InetSocketAddress member : members) {
            own.send(ByteBuffer.allocate(1), new InetSocketAddress(member.getAddress(), CLOSED_PORT));
        }
        Thread.sleep(SETTLE_MILLIS);
        return TapRules.replies() - before;
    }

    /**
     * Sends all kinds in turn.
     *
     * @param perSecond datagrams
     * @param nanos for how long
     */
    void run(Forger forger, int perSecond, long nanos) {
        Forgery[] kinds = Forgery.values();
        long begin = System.nanoTime();
        long count = 0;
        for (long passed = 0; passed < nanos; passed = System.nanoTime() - begin) {
            long due = (long) (passed / (double) TimeUnit.SECONDS.toNanos(1) * perSecond);
            for (; count < due; count++) {
                Forgery kind = kinds[(int) (count % kinds.length)];
                Forger.Forged forged = forger.make(kind);
                byKind.merge(kind, 1L, Long::sum);
                // A tenth of each kind comes from an address of which no member knows.
                send(count / kinds.length % 10 == 9 ? own : channel(forged.from(), forged.to()), forged);
            }
            LockSupport.parkNanos(STEP_NANOS);
        }
    }

    /** Sends what was captured, under the address of its sender. */
    void send(Captured captured, int to) {
        send(channel(captured.from(), to), new Forger.Forged(captured.from(), to, captured.bytes()));
    }

    /** No system takes in what comes from outside under its own address. */
    private DatagramChannel channel(int from, int to) {
        return from == to ? own : spoofing.get(from - 1);
    }

    private void send(DatagramChannel channel, Forger.Forged forged) {
        try {
            channel.send(ByteBuffer.wrap(forged.bytes()), members.get(forged.to() - 1));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot send to member " + forged.to(), e);
        }
        sentTo[forged.to()]++;
        sentAsOwn += channel == own ? 1 : 0;
    }

    /** Datagrams to this member so far. */
    long sentTo(int member) {
        return sentTo[member];
    }

    /** How many of each kind, for people. */
    String kinds() {
        StringBuilder text = new StringBuilder();
        byKind.forEach((kind, count) -> text.append(kind.name().toLowerCase(Locale.ROOT))
                .append('=')
                .append(count)
                .append(' '));
        return text + "(of all, under an address of its own: " + sentAsOwn + ")";
    }

    @Override
    public void close() throws IOException {
        for (DatagramChannel channel : spoofing) {
            channel.close();
        }
        own.close();
    }
}
