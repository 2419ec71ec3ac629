package io.vsring.transport;

import static io.vsring.transport.UdpMember.assumeAvailable;
import static io.vsring.transport.UdpMember.content;
import static io.vsring.transport.UdpMember.datagram;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.buffer.PoolArenaMetric;
import io.netty.buffer.PooledByteBufAllocator;
import io.vsring.MemberAddress;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Binding, what goes wrong with it, what is advertised, what is granted, and giving everything back. */
class UdpOpeningTest {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @ParameterizedTest
    @EnumSource(names = {"NIO", "EPOLL"})
    void anEphemeralPortOnLoopbackIsTheDefault(SocketKind kind) throws Exception {
        assumeAvailable(kind);
        try (UdpMember a = UdpMember.open(kind)) {
            assertThat(a.transport.bound().getAddress()).isEqualTo(LOOPBACK);
            assertThat(a.transport.bound().getPort()).isPositive();
            assertThat(a.address())
                    .hasToString("127.0.0.1:" + a.transport.bound().getPort());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NIO", "EPOLL"})
    void aPortInUseIsNamedWithTheWayOut(SocketKind kind) throws Exception {
        assumeAvailable(kind);
        try (DatagramSocket taken = new DatagramSocket(0, LOOPBACK)) {
            int port = taken.getLocalPort();

            TransportOpenException refused =
                    refusal(UdpOptions.builder().port(port).build(), kind);

            assertThat(refused.property()).isEqualTo("vs.transport.port");
            assertThat(refused)
                    .hasMessageContaining("UDP port " + port + " of 127.0.0.1 is in use")
                    .hasMessageContaining("or to 0 for any");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NIO", "EPOLL"})
    void theFirstFreePortOfARangeIsTaken(SocketKind kind) throws Exception {
        assumeAvailable(kind);
        int from = twoFreePorts();
        UdpOptions range = UdpOptions.builder().ports(from, from + 1).build();
        try (UdpMember first = UdpMember.open(range, kind);
                UdpMember second = UdpMember.open(range, kind)) {
            assertThat(first.address().port()).isEqualTo(from);
            assertThat(second.address().port()).isEqualTo(from + 1);

            assertThat(refusal(range, kind))
                    .hasMessageContaining("all UDP ports from " + from + " to " + (from + 1) + " of 127.0.0.1");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NIO", "EPOLL"})
    void anAddressThatIsNotOursIsRefusedWithThoseThatAre(SocketKind kind) throws Exception {
        assumeAvailable(kind);
        UdpOptions foreign = UdpOptions.builder()
                .bindAddress(InetAddress.getByName("203.0.113.77"))
                .build();

        TransportOpenException refused = refusal(foreign, kind);

        assertThat(refused.property()).isEqualTo("vs.transport.bind-address");
        assertThat(refused)
                .hasMessageContaining("cannot bind to 203.0.113.77")
                .hasMessageContaining("127.0.0.1 (")
                .hasMessageContaining("vs.transport.advertised-address");
    }

    @ParameterizedTest
    @EnumSource(names = {"NIO", "EPOLL"})
    void theAdvertisedAddressNeedNotBeTheBoundOne(SocketKind kind) throws Exception {
        assumeAvailable(kind);
        UdpOptions mapped = UdpOptions.builder()
                .advertisedHost("203.0.113.77")
                .advertisedPort(31_000)
                .build();
        try (UdpMember a = UdpMember.open(mapped, kind)) {
            assertThat(a.address()).hasToString("203.0.113.77:31000");
            assertThat(a.transport.bound().getAddress()).isEqualTo(LOOPBACK);
        }
    }

    @Test
    void anAdvertisedNameThatNobodyKnowsIsRefused() {
        TransportOpenException refused = refusal(
                UdpOptions.builder().advertisedHost("no-such-host.invalid").build(), SocketKind.NIO);

        assertThat(refused.property()).isEqualTo("vs.transport.advertised-address");
        assertThat(refused).hasMessageContaining("no-such-host.invalid");
    }

    @Test
    void anAdvertisedAddressThatTheSocketCannotBeReachedAtIsRefused() {
        for (String wrong : List.of("0.0.0.0", "::1")) {
            TransportOpenException refused =
                    refusal(UdpOptions.builder().advertisedHost(wrong).build(), SocketKind.NIO);

            assertThat(refused.property()).isEqualTo("vs.transport.advertised-address");
            assertThat(refused).hasMessageContaining(wrong);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NIO", "EPOLL"})
    void membersTalkOverIpv6(SocketKind kind) throws Exception {
        assumeAvailable(kind);
        InetAddress loopback = InetAddress.getByAddress(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1});
        assumeTrue(
                LocalAddresses.all().stream().anyMatch(local -> local.address().equals(loopback)), "no IPv6 here");
        UdpOptions options = UdpOptions.builder().bindAddress(loopback).build();
        try (UdpMember a = UdpMember.open(options, kind);
                UdpMember b = UdpMember.open(options, kind)) {
            assertThat(a.address().isIpv4()).isFalse();
            a.onLoop(() -> {
                for (int i = 0; i < 40; i++) {
                    a.transport.broadcast(List.of(b.address()), datagram(1400, i));
                }
                a.transport.flush();
            });

            for (int i = 0; i < 40; i++) {
                RecordingReceiver.Arrived arrived = b.received.await();
                assertThat(arrived.source()).isEqualTo(a.address());
                assertThat(arrived.bytes()).isEqualTo(content(1400, i));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NIO", "EPOLL"})
    void theReceiveBufferIsToldAsGranted(SocketKind kind) throws Exception {
        assumeAvailable(kind);
        UdpOptions modest = UdpOptions.builder().receiveBufferBytes(100_000).build();
        try (UdpMember a = UdpMember.open(modest, kind)) {
            assertThat(a.transport.receiveBufferBytes()).isEqualTo(100_000);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NIO", "EPOLL"})
    void closingReleasesPortThreadAndMemory(SocketKind kind) throws Exception {
        assumeAvailable(kind);
        long memoryBefore = activeBuffers();
        UdpMember a = UdpMember.open(kind);
        UdpMember b = UdpMember.open(kind);
        int port = a.address().port();
        a.onLoop(() -> {
            for (int i = 0; i < 500; i++) {
                a.transport.broadcast(List.of(b.address(), a.address()), datagram(1 + i * 2, i));
            }
            a.transport.sendWatched(b.address(), datagram(100, 1));
            a.transport.flush();
            a.transport.send(b.address(), datagram(100, 1)); // Never flushed.
        });
        b.received.await(501);
        b.close();
        MemberAddress gone = b.address();
        a.onLoop(() -> a.transport.sendWatched(gone, datagram(100, 1)));
        assertThat(a.received.awaitUnreachable()).isEqualTo(gone);

        a.close();

        assertThat(activeBuffers()).isEqualTo(memoryBefore);
        new DatagramSocket(port, LOOPBACK).close();
    }

    @ParameterizedTest
    @EnumSource(names = {"NIO", "EPOLL"})
    void aClosedTransportIsSilent(SocketKind kind) throws Exception {
        assumeAvailable(kind);
        try (UdpMember a = UdpMember.open(kind);
                UdpMember b = UdpMember.open(kind)) {
            a.onLoop(() -> {
                a.transport.close();
                a.transport.close();
                a.transport.send(b.address(), datagram(10, 1));
                a.transport.broadcast(List.of(b.address()), datagram(10, 1));
                a.transport.sendWatched(b.address(), datagram(10, 1));
                a.transport.flush();
                a.transport.drain();
            });

            assertThat(b.received.datagrams.poll(50, TimeUnit.MILLISECONDS)).isNull();
        }
    }

    @Test
    void theLoopThreadAndTheOptionsMustAgreeOnTheKindOfSocket() {
        assumeAvailable(SocketKind.EPOLL);
        UdpOptions epoll = UdpOptions.builder().kind(SocketKind.EPOLL).build();

        IllegalArgumentException refused = catchThrowableOfType(
                IllegalArgumentException.class, () -> UdpMember.openUnstarted(epoll, SocketKind.NIO));

        assertThat(refused).hasMessageContaining("NIO").hasMessageContaining("EPOLL");
    }

    private static TransportOpenException refusal(UdpOptions options, SocketKind kind) {
        TransportOpenException refused =
                catchThrowableOfType(TransportOpenException.class, () -> UdpMember.openUnstarted(options, kind));
        assertThat(refused).as("opening is refused").isNotNull();
        return refused;
    }

    private static int twoFreePorts() throws Exception {
        for (int attempt = 0; ; attempt++) {
            try (DatagramSocket first = new DatagramSocket(0, LOOPBACK);
                    DatagramSocket second = new DatagramSocket(first.getLocalPort() + 1, LOOPBACK)) {
                return second.getLocalPort() - 1;
            } catch (BindException taken) {
                assertThat(attempt)
                        .as("attempts to find two free ports in a row")
                        .isLessThan(99);
            }
        }
    }

    private static long activeBuffers() {
        return PooledByteBufAllocator.DEFAULT.metric().directArenas().stream()
                .mapToLong(PoolArenaMetric::numActiveAllocations)
                .sum();
    }
}
