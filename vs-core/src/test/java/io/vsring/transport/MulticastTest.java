package io.vsring.transport;

import static io.vsring.transport.UdpMember.assumeAvailable;
import static io.vsring.transport.UdpMember.content;
import static io.vsring.transport.UdpMember.datagram;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vsring.MemberAddress;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MulticastTest {

    @ParameterizedTest
    @EnumSource(names = {"NIO", "EPOLL"})
    void oneSendReachesAllOtherMembersOfTheGroup(SocketKind kind) throws Exception {
        assumeAvailable(kind);
        UdpOptions options = options(FreePorts.first(1));
        try (UdpMember a = UdpMember.open(options, kind);
                UdpMember b = UdpMember.open(options, kind);
                UdpMember c = UdpMember.open(options, kind)) {
            List<MemberAddress> peers = List.of(b.address(), c.address());

            a.onLoop(() -> {
                for (int i = 0; i < 100; i++) {
                    a.transport.broadcast(peers, datagram(1400, i));
                }
                a.transport.flush();
            });

            for (UdpMember member : List.of(b, c)) {
                for (int i = 0; i < 100; i++) {
                    RecordingReceiver.Arrived arrived = member.received.await();
                    assertThat(arrived.source()).isEqualTo(a.address());
                    assertThat(arrived.bytes()).isEqualTo(content(1400, i));
                }
            }
            assertThat(a.transport.counters().datagramsOut())
                    .as("one send for all")
                    .isEqualTo(100);
            assertThat(a.received.datagrams).as("nobody hears himself").isEmpty();
            awaitCount(100, a.transport.counters()::own);
            assertThat(a.transport.counters().checks())
                    .as("what b and c said to themselves when they came")
                    .isGreaterThanOrEqualTo(2);
            assertThat(b.transport.counters().own()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NIO", "EPOLL"})
    void aDatagramToOneMemberReachesNobodyElse(SocketKind kind) throws Exception {
        assumeAvailable(kind);
        UdpOptions options = options(FreePorts.first(1));
        try (UdpMember a = UdpMember.open(options, kind);
                UdpMember b = UdpMember.open(options, kind);
                UdpMember c = UdpMember.open(options, kind)) {
            a.onLoop(() -> {
                a.transport.send(b.address(), datagram(100, 1));
                a.transport.broadcast(List.of(b.address(), c.address()), datagram(200, 2));
                a.transport.flush();
            });

            assertThat(b.received.await(2))
                    .extracting(arrived -> arrived.bytes().length)
                    .contains(100, 200);
            assertThat(c.received.await().bytes()).hasSize(200);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NIO", "EPOLL"})
    void framesOfTheGroupAreReadBeforeWhatWasSentToOneLater(SocketKind kind) throws Exception {
        assumeAvailable(kind);
        UdpOptions options = options(FreePorts.first(1));
        try (UdpMember a = UdpMember.open(options, kind);
                UdpMember b = UdpMember.open(options, kind)) {
            b.onLoop(() -> {
                a.onLoop(() -> {
                    for (int i = 0; i < 20; i++) {
                        a.transport.broadcast(List.of(b.address()), datagram(1000, i));
                    }
                    a.transport.send(b.address(), datagram(50, 99));
                    a.transport.flush();
                });
                b.transport.drain();
                return true;
            });

            assertThat(b.received.await(21))
                    .last()
                    .extracting(arrived -> arrived.bytes().length)
                    .isEqualTo(50);
            b.onLoop(() -> true); // a batch ends after its last datagram was handed over
            assertThat(b.received.batches).containsExactly(21);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NIO", "EPOLL"})
    void anInterfaceThatIsNotThereIsNamed(SocketKind kind) throws Exception {
        assumeAvailable(kind);
        UdpOptions options = UdpOptions.builder()
                .multicast(new UdpOptions.Multicast(group(), 7460, "nosuch0", 1))
                .build();

        TransportOpenException refused =
                catchThrowableOfType(TransportOpenException.class, () -> UdpMember.openUnstarted(options, kind));

        assertThat(refused.property()).isEqualTo("vs.transport.multicast-interface");
        assertThat(refused).hasMessageContaining("nosuch0").hasMessageContaining("127.0.0.1 (");
    }

    private static void awaitCount(long count, LongSupplier counter) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(RecordingReceiver.PATIENCE_SECONDS);
        while (counter.getAsLong() < count && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(counter.getAsLong()).isEqualTo(count);
    }

    private static UdpOptions options(int groupPort) throws Exception {
        NetworkInterface loopback = NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress());
        return UdpOptions.builder()
                .multicast(new UdpOptions.Multicast(group(), groupPort, loopback.getName(), 1))
                .build();
    }

    private static InetAddress group() throws Exception {
        return InetAddress.getByName("239.192.74.60");
    }
}
