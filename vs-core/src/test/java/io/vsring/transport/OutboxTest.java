package io.vsring.transport;

import static io.vsring.transport.UdpMember.assumeAvailable;
import static io.vsring.transport.UdpMember.content;
import static io.vsring.transport.UdpMember.datagram;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.vsring.transport.RecordingReceiver.Arrived;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OutboxTest {

    private static final int SOL_SOCKET = 1;
    private static final int SO_NO_CHECK = 11;

    @Test
    void whenTheSystemRefusesToCutRunsTheDatagramsFollowSinglyAndInOrder() throws Exception {
        assumeAvailable(SocketKind.EPOLL);
        NettyLoopThread loop = NettyLoopThread.open("vs-loop-outbox", SocketKind.EPOLL);
        try (UdpMember b = UdpMember.open(SocketKind.EPOLL)) {
            UdpSockets sockets = new UdpSockets(UdpOptions.defaults(), loop);
            DatagramChannel channel = sockets.bind(new ChannelInboundHandlerAdapter());
            SocketAbilities abilities = sockets.enable(channel);
            assertThat(abilities.segmentation()).isTrue();
            // Linux cuts no run for a socket that wants no checksums.
            channel.config().setOption(new IntegerUnixChannelOption("SO_NO_CHECK", SOL_SOCKET, SO_NO_CHECK), 1);
            TransportCounters counters = new TransportCounters();
            Destination to = new Destination(b.transport.bound());
            List<byte[]> sent = new ArrayList<>();
            loop.execute(() -> {
                Outbox outbox = new Outbox(channel, abilities, counters);
                for (int i = 0; i < 300; i++) {
                    byte[] bytes = content(i % 50 == 49 ? 700 : 1400, i);
                    sent.add(bytes);
                    outbox.add(to.alone, java.nio.ByteBuffer.wrap(bytes));
                }
                outbox.flush();
                outbox.close();
            });

            List<Arrived> arrived = b.received.await(300);

            assertThat(arrived).extracting(Arrived::bytes).containsExactlyElementsOf(sent);
            assertThat(counters.segmentationRefusals()).isEqualTo(1);
            assertThat(counters.sendFailures()).isZero();
        } finally {
            loop.close();
        }
    }

    @Test
    void whatTheSystemDoesNotTakeIsDroppedBeyondTheMarkAndCountedAndTheNextGoOut() throws Exception {
        NettyLoopThread loop = NettyLoopThread.open("vs-loop-outbox", SocketKind.NIO);
        try (UdpMember b = UdpMember.open(SocketKind.NIO)) {
            UdpSockets sockets = new UdpSockets(UdpOptions.defaults(), loop);
            DatagramChannel channel = sockets.bind(new ChannelInboundHandlerAdapter());
            channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(1_000, 10_000));
            TransportCounters counters = new TransportCounters();
            Destination to = new Destination(b.transport.bound());
            CountDownLatch done = new CountDownLatch(1);
            loop.execute(() -> {
                Outbox outbox = new Outbox(channel, sockets.enable(channel), counters);
                for (int i = 0; i < 100; i++) { // nothing is given to the system before the flush
                    outbox.add(to.alone, java.nio.ByteBuffer.wrap(content(1_000, i)));
                }
                outbox.flush();
                outbox.add(to.alone, java.nio.ByteBuffer.wrap(content(1_000, 100)));
                outbox.flush();
                outbox.close();
                done.countDown();
            });
            assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
            long passed = 101 - counters.sendDrops();

            List<Arrived> arrived = b.received.await((int) passed);
            assertThat(passed).isBetween(5L, 20L);
            assertThat(arrived.get(0).bytes()).isEqualTo(content(1_000, 0));
            assertThat(arrived.get(arrived.size() - 1).bytes()).isEqualTo(content(1_000, 100));
        } finally {
            loop.close();
        }
    }

    @Test
    void fullFramesPassTheSystemInRuns() throws Exception {
        assumeAvailable(SocketKind.EPOLL);
        try (UdpMember a = UdpMember.open(SocketKind.EPOLL);
                UdpMember b = UdpMember.open(SocketKind.EPOLL)) {
            b.onLoop(() -> {
                a.onLoop(() -> {
                    for (int i = 0; i < 200; i++) {
                        a.transport.send(b.address(), datagram(1400, i));
                    }
                    a.transport.flush();
                });
                return true;
            });

            List<Arrived> arrived = b.received.await(200);

            for (int i = 0; i < 200; i++) {
                assertThat(arrived.get(i).bytes()).isEqualTo(content(1400, i));
            }
            assertThat(a.transport.counters().segmentationRefusals()).isZero();
            Integer first = b.onLoop(b.received.batches::peek); // a batch ends after its last datagram was handed over
            assertThat(first).as("datagrams in the first batch").isGreaterThanOrEqualTo(40);
        }
    }
}
