package io.vsring.transport;

import static io.vsring.transport.UdpMember.assumeAvailable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardSocketOptions;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SocketDropsTest {

    private static final int SENT = 600;
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final String HEAD =
            "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref"
                    + " pointer drops            \n";

    @TempDir
    private Path process;

    @ParameterizedTest
    @CsvSource({"NIO, 127.0.0.1", "EPOLL, 127.0.0.1", "NIO, ::1", "EPOLL, ::1"})
    void whatAFullReceiveBufferDidNotTakeIsCounted(SocketKind kind, String host) throws Exception {
        assumeAvailable(kind);
        InetAddress address = InetAddress.getByName(host);
        assumeTrue(Transport.areReceiveDropsTold() && NetworkInterface.getByInetAddress(address) != null);
        UdpOptions options = UdpOptions.builder()
                .bindAddress(address)
                .receiveBufferBytes(BUFFER_BYTES)
                .build();
        try (UdpMember other = UdpMember.openUnstarted(options, kind);
                UdpMember member = UdpMember.openUnstarted(options, kind)) { // which reads nothing
            assertThat(member.transport.receiveDrops()).hasValue(0);

            send(member.transport.bound());

            assertThat(member.transport.receiveDrops().orElseThrow()).isPositive();
            member.onLoop(() -> member.transport.start(member.received));
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(RecordingReceiver.PATIENCE_SECONDS);
            while (accountedFor(member) < SENT && System.nanoTime() < deadline) {
                Thread.onSpinWait();
            }
            assertThat(accountedFor(member)).isEqualTo(SENT);
            assertThat(other.transport.receiveDrops()).as("another member's").hasValue(0);
        }
    }

    private static void send(InetSocketAddress destination) throws Exception {
        try (DatagramSocket socket = new DatagramSocket()) {
            for (int i = 0; i < SENT; i++) {
                socket.send(new DatagramPacket(new byte[1000], 1000, destination));
            }
        }
    }

    private static long accountedFor(UdpMember member) {
        return member.received.datagrams.size()
                + member.transport.receiveDrops().orElseThrow();
    }

    @ParameterizedTest
    @EnumSource(names = {"NIO", "EPOLL"})
    void aTransportThatIsClosedCountsNothingOfWhoeverHasItsPortNow(SocketKind kind) throws Exception {
        assumeAvailable(kind);
        UdpMember member = UdpMember.open(kind);
        member.close();

        assertThat(member.transport.receiveDrops()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"NIO", "EPOLL"})
    void whatTheSocketOfTheGroupDidNotTakeIsCountedToo(SocketKind kind) throws Exception {
        assumeAvailable(kind);
        assumeTrue(Transport.areReceiveDropsTold());
        NetworkInterface loopback = NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress());
        UdpOptions.Multicast group = new UdpOptions.Multicast(
                InetAddress.getByName("239.192.74.61"), FreePorts.first(1), loopback.getName(), 1);
        UdpOptions options = UdpOptions.builder()
                .multicast(group)
                .receiveBufferBytes(BUFFER_BYTES)
                .build();
        try (UdpMember member = UdpMember.openUnstarted(options, kind);
                DatagramSocket socket = new DatagramSocket()) {
            socket.setOption(StandardSocketOptions.IP_MULTICAST_IF, loopback);
            for (int i = 0; i < SENT; i++) {
                socket.send(new DatagramPacket(new byte[1000], 1000, group.group(), group.port()));
            }

            assertThat(member.transport.receiveDrops().orElseThrow()).isPositive();
        }
    }

    @Test
    void ofSeveralSocketsWithTheAddressOfAGroupOnlyOursCount() throws Exception {
        table("""
                   67: 3D4AC0EF:1D24 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 4711 2 0 40
                   67: 3D4AC0EF:1D24 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 4712 2 0 3
                   67: 3D4AC0EF:1D24 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 4712 2 0 3
                   68: 0100007F:1D24 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 4713 2 0 500
                """);
        Files.createDirectory(process.resolve("fd"));
        Files.createSymbolicLink(process.resolve("fd/3"), Path.of("socket:[4712]"));
        Files.createSymbolicLink(process.resolve("fd/4"), Path.of("pipe:[4711]"));

        assertThat(new SocketDrops(process).of(Set.of(address("239.192.74.61"))))
                .hasValue(3);
    }

    @Test
    void whereTheSystemDoesNotTellNobodyPretendsThatNothingWasDropped() throws Exception {
        SocketDrops nothing = new SocketDrops(process);
        assertThat(nothing.areTold()).isFalse();
        assertThat(nothing.of(Set.of(address("127.0.0.1")))).isEmpty();

        table("");
        assertThat(nothing.areTold()).isTrue();
        assertThat(nothing.of(Set.of(address("127.0.0.1")))).hasValue(0);
    }

    private static InetSocketAddress address(String host) throws Exception {
        assertThat(InetAddress.getByName(host)).isInstanceOf(Inet4Address.class);
        return new InetSocketAddress(host, 0x1D24);
    }

    private void table(String lines) throws Exception {
        assumeTrue(ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN, "addresses are written as they lie in memory");
        Files.createDirectories(process.resolve("net"));
        Files.writeString(process.resolve("net/udp"), HEAD + lines);
    }
}
