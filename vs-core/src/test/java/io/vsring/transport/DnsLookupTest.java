package io.vsring.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DnsLookupTest {

    private static final String SERVICE = "_vs._udp.orders.test";

    private final NameServer server = new NameServer();
    private final DnsLookup lookup = new DnsLookup(List.of(server.address()));

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void allAddressesOfAHostAreFoundOfBothVersions() throws Exception {
        server.host("orders.test", "192.0.2.1", "192.0.2.2", "2001:db8::1");

        assertThat(texts(lookup.addresses("orders.test")))
                .containsExactlyInAnyOrder("192.0.2.1", "192.0.2.2", "2001:db8:0:0:0:0:0:1");
    }

    @Test
    void aHostOfOneVersionIsFound() throws Exception {
        server.host("six.test", "2001:db8::1");
        server.host("four.test", "192.0.2.1");

        assertThat(texts(lookup.addresses("six.test"))).containsExactly("2001:db8:0:0:0:0:0:1");
        assertThat(texts(lookup.addresses("four.test"))).containsExactly("192.0.2.1");
        assertThat(texts(lookup.addresses("four.test."))).as("a whole name").containsExactly("192.0.2.1");
    }

    @Test
    void nothingIsRemembered() throws Exception {
        server.host("orders.test", "192.0.2.1");
        assertThat(texts(lookup.addresses("orders.test"))).containsExactly("192.0.2.1");

        server.host("orders.test", "192.0.2.9");

        assertThat(texts(lookup.addresses("orders.test"))).containsExactly("192.0.2.9");
    }

    @Test
    void aServiceIsItsHostsWithTheirPorts() throws Exception {
        server.service(SERVICE, "a.test:7461", "b.test:7462", "gone.test:7463");
        server.host("a.test", "192.0.2.1");
        server.host("b.test", "192.0.2.2", "192.0.2.3");

        assertThat(lookup.services(SERVICE))
                .containsExactlyInAnyOrder(
                        new InetSocketAddress("192.0.2.1", 7461),
                        new InetSocketAddress("192.0.2.2", 7462),
                        new InetSocketAddress("192.0.2.3", 7462));
    }

    @Test
    void aServiceWhoseHostsNobodyKnowsIsUnknown() {
        server.service(SERVICE, "gone.test:7463");

        assertThatThrownBy(() -> lookup.services(SERVICE))
                .isInstanceOf(UnknownHostException.class)
                .hasMessageContaining("gone.test");
    }

    @Test
    void aServiceRecordThatMakesNoSenseIsSaidToBeOne() {
        server.serviceRecord(SERVICE, new byte[] {0, 1, 0});
        assertThatThrownBy(() -> lookup.services(SERVICE))
                .isInstanceOf(UnknownHostException.class)
                .hasMessageContaining("cannot be read");

        server.serviceRecord(SERVICE, new byte[] {0, 0, 0, 0, 1, 1, (byte) 0xC0, (byte) 0xFF});
        assertThatThrownBy(() -> lookup.services(SERVICE))
                .isInstanceOf(UnknownHostException.class)
                .hasMessageContaining("cannot be read");
    }

    @Test
    void aNameThatTheServerDoesNotKnowIsSaidToBeUnknownToIt() {
        assertThatThrownBy(() -> lookup.addresses("none.test"))
                .isInstanceOf(UnknownHostException.class)
                .hasMessageContaining("says of 'none.test': NXDomain");
        assertThatThrownBy(() -> lookup.services(SERVICE))
                .isInstanceOf(UnknownHostException.class)
                .hasMessageContaining("NXDomain");
    }

    @Test
    void aNameWithoutRecordsIsNoAnswer() throws Exception {
        server.host("empty.test");
        server.service(SERVICE);

        assertThatThrownBy(() -> lookup.addresses("empty.test"))
                .isInstanceOf(UnknownHostException.class)
                .hasMessageContaining("'empty.test' has no such records");
        assertThatThrownBy(() -> lookup.services(SERVICE)).isInstanceOf(UnknownHostException.class);
    }

    @Test
    void aServerThatFailsIsSaidToFail() {
        server.is(NameServer.Mood.FAILS);

        assertThatThrownBy(() -> lookup.addresses("orders.test"))
                .isInstanceOf(UnknownHostException.class)
                .hasMessageContaining("ServFail");
    }

    @Test
    void aServerThatIsSilentIsGivenUpAndTheNextOneAsked() throws Exception {
        try (NameServer second = new NameServer()) {
            second.host("orders.test", "192.0.2.7");
            server.is(NameServer.Mood.SILENT);

            assertThatThrownBy(() -> lookup.addresses("orders.test"))
                    .isInstanceOf(UnknownHostException.class)
                    .hasMessageContaining("no name server answered");
            DnsLookup both = new DnsLookup(List.of(server.address(), second.address()));
            assertThat(texts(both.addresses("orders.test"))).containsExactly("192.0.2.7");
        }
    }

    @Test
    void whatDoesNotFitIntoADatagramIsAskedForOnceMore() throws Exception {
        String[] many =
                IntStream.rangeClosed(1, 200).mapToObj(i -> "192.0.2." + i).toArray(String[]::new);
        server.host("orders.test", many);
        server.is(NameServer.Mood.TRUNCATES);

        assertThat(texts(lookup.addresses("orders.test"))).containsExactlyInAnyOrder(many);
    }

    @Test
    void noThreadIsLeft() throws Exception {
        server.host("orders.test", "192.0.2.1");
        lookup.addresses("orders.test");

        long end = System.nanoTime() + 20_000_000_000L;
        while (dnsThreads() > 0 && System.nanoTime() < end) {
            Thread.onSpinWait();
        }

        assertThat(dnsThreads()).isZero();
    }

    private static long dnsThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("vs-dns"))
                .count();
    }

    private static List<String> texts(List<InetAddress> addresses) {
        return addresses.stream().map(InetAddress::getHostAddress).toList();
    }
}
