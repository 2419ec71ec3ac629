package io.vsring.test.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX) // elsewhere 127.0.0.2 is nobody's
class RelayTest {

    private static final int COUNT = 100;
    private static final int PATIENCE_MILLIS = 30_000;

    private DatagramSocket one;
    private DatagramSocket other;
    private InetSocketAddress first;

    @BeforeEach
    void openMembers() throws IOException {
        one = new DatagramSocket(0, InetAddress.getByName("127.0.0.2"));
        other = new DatagramSocket(0, InetAddress.getByName("127.0.0.3"));
        other.setSoTimeout(PATIENCE_MILLIS);
        first = twoFreePorts();
    }

    @AfterEach
    void closeMembers() {
        one.close();
        other.close();
    }

    private static InetSocketAddress twoFreePorts() throws IOException {
        InetAddress host = InetAddress.getByName("127.0.0.4");
        while (true) {
            try (DatagramSocket low = new DatagramSocket(0, host);
                    DatagramSocket high = new DatagramSocket(low.getLocalPort() + 1, host)) {
                return new InetSocketAddress(host, high.getLocalPort() - 1);
            } catch (IOException taken) {
                assertThat(taken).isInstanceOf(BindException.class); // so look for others
            }
        }
    }

    /** What the other gets if the one sends it so many datagrams, each with its number. */
    private List<Integer> relayed(Relay relay, int arrive) throws IOException, InterruptedException {
        relay.start();
        InetSocketAddress toOther = new InetSocketAddress(first.getAddress(), first.getPort() + 1);
        for (int number = 0; number < COUNT; number++) {
            one.send(new DatagramPacket(new byte[] {(byte) number}, 1, toOther));
        }
        List<Integer> got = new ArrayList<>();
        DatagramPacket packet = new DatagramPacket(new byte[10], 10);
        while (got.size() < arrive) {
            other.receive(packet);
            assertThat(packet.getSocketAddress()).as("the socket of the one").isEqualTo(first);
            got.add((int) packet.getData()[0]);
        }
        relay.finish();
        return got;
    }

    private Relay relay(Relay.Weather weather) {
        List<InetSocketAddress> members = List.of(
                (InetSocketAddress) one.getLocalSocketAddress(), (InetSocketAddress) other.getLocalSocketAddress());
        return new Relay(members, first, weather, new Random(1));
    }

    @Test
    void datagramsComeLaterInTheirOrder() throws Exception {
        Relay relay = relay(new Relay.Weather(3, 0, 0, 0));

        assertThat(relayed(relay, COUNT)).isSorted().doesNotHaveDuplicates();

        assertThat(relay.heldMillis()).isEqualTo(3L * COUNT);
        assertThat(relay.overtaken()).isZero();
    }

    @Test
    void datagramsOvertakeEachOther() throws Exception {
        Relay relay = relay(new Relay.Weather(0, 200, 0, 0));

        List<Integer> got = relayed(relay, COUNT);

        assertThat(got)
                .doesNotHaveDuplicates()
                .isNotEqualTo(got.stream().sorted().toList());
        assertThat(relay.overtaken()).isPositive();
    }

    @Test
    void datagramsComeTwice() throws Exception {
        Relay relay = relay(new Relay.Weather(0, 0, 100, 0));

        assertThat(relayed(relay, 2 * COUNT).stream().distinct()).hasSize(COUNT);

        assertThat(relay.copies()).isEqualTo(COUNT);
    }

    @Test
    void someDatagramsArriveWithOtherBits() throws Exception {
        Relay relay = relay(new Relay.Weather(0, 0, 0, 30));

        List<Integer> got = relayed(relay, COUNT);

        long others = IntStream.range(0, COUNT)
                .filter(number -> got.get(number) != number)
                .count();
        assertThat(others).isBetween(1L, COUNT / 2L).isEqualTo(relay.corrupted());
    }

    @Test
    void whatIsHeldBackIsSentBeforeTheRelayEnds() throws Exception {
        Relay relay = relay(new Relay.Weather(100, 0, 100, 0));

        relayed(relay, COUNT);

        DatagramPacket packet = new DatagramPacket(new byte[10], 10);
        for (int copy = 0; copy < COUNT; copy++) {
            other.receive(packet);
        }
        assertThat(relay.received()).isEqualTo(COUNT);
    }
}
