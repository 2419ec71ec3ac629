package io.vsring.transport;

import io.vsring.MemberAddress;
import java.nio.ByteBuffer;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many datagrams one sender gets to two receivers on one machine. Not a test: a main, for a look now and then.
 *
 * <p>Open loop: the sender sends as fast as it can, and what the receivers cannot read is lost. Arguments: kind of
 * socket, bytes of a datagram, seconds, and if there is a fourth one, lengths differ from datagram to datagram. The log
 * level must be INFO ({@code -Dvs.log=INFO}).
 */
final class TransportThroughput {

    private static final Logger LOG = LoggerFactory.getLogger(TransportThroughput.class);

    private static final int DATAGRAMS_PER_FLUSH = 128;

    private TransportThroughput() {}

    public static void main(String[] arguments) throws Exception {
        SocketKind kind = SocketKind.valueOf(arguments[0]);
        int bytes = Integer.parseInt(arguments[1]);
        int seconds = Integer.parseInt(arguments[2]);
        try (Node sender = new Node("sender", kind);
                Node b = new Node("b", kind);
                Node c = new Node("c", kind)) {
            sender.send(
                    List.of(b.transport.advertised(), c.transport.advertised()), bytes, arguments.length > 3 ? 64 : 1);
            for (int second = 1; second <= seconds; second++) {
                long sent = sender.transport.counters().datagramsOut();
                long inB = b.transport.counters().datagramsIn();
                long inC = c.transport.counters().datagramsIn();
                long batches = b.batches;
                long start = System.nanoTime();
                Thread.sleep(1000);
                double elapsed = (System.nanoTime() - start) / 1e9;
                LOG.info(
                        "kind={} bytes={} second={} sentTo2={}/s receivedB={}/s receivedC={}/s perBatch={} failures={}",
                        kind,
                        bytes,
                        second,
                        rate(sender.transport.counters().datagramsOut() - sent, elapsed),
                        rate(b.transport.counters().datagramsIn() - inB, elapsed),
                        rate(c.transport.counters().datagramsIn() - inC, elapsed),
                        (b.transport.counters().datagramsIn() - inB) / Math.max(1, b.batches - batches),
                        sender.transport.counters().sendFailures());
            }
        }
    }

    private static long rate(long count, double seconds) {
        return Math.round(count / seconds);
    }

    private static final class Node implements Transport.Receiver, AutoCloseable {

        final NettyLoopThread loop;
        final UdpTransport transport;
        final byte[] frame = new byte[65_536];
        volatile long batches;
        volatile boolean closed;

        Node(String name, SocketKind kind) {
            loop = NettyLoopThread.open(name, kind);
            transport = UdpTransport.open(UdpOptions.defaults(), loop);
            loop.execute(() -> transport.start(this));
        }

        void send(List<MemberAddress> peers, int bytes, int lengths) {
            ByteBuffer datagram = ByteBuffer.allocateDirect(bytes);
            loop.execute(new Runnable() {
                @Override
                public void run() {
                    for (int i = 0; i < DATAGRAMS_PER_FLUSH; i++) {
                        transport.broadcast(peers, datagram.limit(bytes - i * 37 % lengths));
                    }
                    transport.flush();
                    if (!closed) {
                        loop.execute(this);
                    }
                }
            });
        }

        @Override
        public void onDatagram(MemberAddress source, ByteBuffer bytes) {
            bytes.get(frame, 0, bytes.remaining());
        }

        @Override
        @SuppressWarnings("NonAtomicVolatileUpdate") // One writer.
        public void onBatchEnd() {
            batches++;
        }

        @Override
        public void onUnreachable(MemberAddress address) {}

        @Override
        public void close() {
            closed = true;
            loop.execute(transport::close);
            loop.close();
        }
    }
}
