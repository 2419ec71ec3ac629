package io.vsring.test.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A network between processes on one host that can lose datagrams, without asking the system for anything.
 *
 * <p>Member <i>i</i> is bound to 127.0.0.<i>i</i> and advertises 127.0.1.<i>i</i>, which is where the relay sits. What
 * comes there from 127.0.0.<i>j</i>, whatever the port, is of member <i>j</i>; if it may pass, it goes to member
 * <i>i</i> out of the relay's socket for <i>j</i>, so that its source is what <i>j</i> advertises.
 */
final class Relay implements AutoCloseable {

    private static final int DATAGRAM_BYTES_MAX = 65_535;
    private static final int BUFFER_BYTES = 4 << 20;

    /** Decides about one datagram. */
    @FunctionalInterface
    interface Weather {
        /** Whether a datagram from that member to that member arrives. */
        boolean passes(int from, int to, SplittableRandom random);
    }

    private final int port;
    private final DatagramChannel[] channels;
    private final Thread[] threads;
    private final AtomicLong passed = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();
    private volatile Weather weather = (from, to, random) -> true;

    /** Carries between that many members, all on the same port. */
    Relay(int members, int port) throws IOException {
        this.port = port;
        this.channels = new DatagramChannel[members + 1];
        this.threads = new Thread[members + 1];
        for (int member = 1; member <= members; member++) {
            DatagramChannel channel = DatagramChannel.open();
            channel.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER_BYTES);
            channel.setOption(StandardSocketOptions.SO_SNDBUF, BUFFER_BYTES);
            channel.bind(new InetSocketAddress(advertised(member), port));
            channels[member] = channel;
        }
        for (int member = 1; member <= members; member++) {
            int to = member;
            threads[member] = new Thread(() -> carry(to), "relay-" + to);
            threads[member].setDaemon(true);
            threads[member].start();
        }
    }

    /** Where this member is to be bound. */
    static String bound(int member) {
        return "127.0.0." + member;
    }

    /** What this member is to advertise. */
    static String advertised(int member) {
        return "127.0.1." + member;
    }

    /** Every datagram arrives. */
    void clear() {
        weather = (from, to, random) -> true;
    }

    /** Each datagram is lost with this probability. */
    void lose(double rate) {
        weather = (from, to, random) -> random.nextDouble() >= rate;
    }

    /** Members up to this one, and those after it, do not hear of each other. */
    void splitAfter(int last) {
        weather = (from, to, random) -> from <= last == to <= last;
    }

    /** How many datagrams have been carried and lost. */
    String counts() {
        return "passed=" + passed + " lost=" + lost;
    }

    private void carry(int to) {
        SplittableRandom random = new SplittableRandom(to);
        ByteBuffer bytes = ByteBuffer.allocateDirect(DATAGRAM_BYTES_MAX);
        InetSocketAddress destination = new InetSocketAddress(bound(to), port);
        try {
            while (true) {
                bytes.clear();
                InetSocketAddress source = (InetSocketAddress) channels[to].receive(bytes);
                InetAddress sender = source.getAddress();
                int from = sender.getAddress()[3];
                if (weather.passes(from, to, random)) {
                    bytes.flip();
                    channels[from].send(bytes, destination);
                    passed.incrementAndGet();
                } else {
                    lost.incrementAndGet();
                }
            }
        } catch (ClosedChannelException end) {
            return;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Override
    public void close() {
        for (int member = 1; member < channels.length; member++) {
            try {
                channels[member].close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
