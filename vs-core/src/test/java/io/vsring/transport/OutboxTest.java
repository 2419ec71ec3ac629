package io.vsring.transport;

import static io.vsring.transport.UdpMember.assumeAvailable;
import static io.vsring.transport.UdpMember.content;
import static io.vsring.transport.UdpMember.datagram;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.vsring.transport.RecordingReceiver.Arrived;
import java.util.ArrayList;
import java.util.List;
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
