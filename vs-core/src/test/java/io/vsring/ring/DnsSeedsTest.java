package io.vsring.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vsring.transport.FreePorts;
import io.vsring.transport.NameServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Seeds that a name server knows, and members on real sockets that find each other by them. */
@Timeout(60)
class DnsSeedsTest {

    private static final String SERVICE = "_vs._udp.orders.test";

    private final NameServer server = new NameServer();
    private final List<Ring> rings = new ArrayList<>();
    private final int port = FreePorts.first(3);

    @AfterEach
    void close() {
        rings.forEach(Ring::close);
        server.close();
    }

    @Test
    void addressesHaveNoPortAndServicesHave() throws Exception {
        server.host("orders.test", "127.0.0.1", "::1");
        server.service(SERVICE, "orders.test:7461");

        assertThat(DnsSeeds.ofAddresses("orders.test")
                        .askedAt(List.of(server.spelled()))
                        .seeds())
                .containsExactlyInAnyOrder("127.0.0.1", "0:0:0:0:0:0:0:1");
        assertThat(DnsSeeds.ofServices(SERVICE)
                        .askedAt(List.of(server.spelled()))
                        .seeds())
                .containsExactlyInAnyOrder("127.0.0.1:7461", "[0:0:0:0:0:0:0:1]:7461")
                .allSatisfy(seed -> assertThat(Seed.parse(seed, 0, 0).from()).isEqualTo(7461));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "orders.test", "_vs._tcp.orders.test", "vs._udp.orders.test", "_vs._udp.", "_vs._udp.a b"})
    void aServiceHasTheNameOfOneOverUdp(String name) {
        assertThatThrownBy(() -> DnsSeeds.ofServices(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("vs.discovery.dns.name '" + name + "'")
                .hasMessageContaining("_service._udp.domain");
    }

    @Test
    void whatIsNeitherHostNorServerIsNamed() {
        assertThatThrownBy(() -> DnsSeeds.ofAddresses(" "))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("vs.discovery.dns.name");
        assertThatThrownBy(() -> DnsSeeds.ofAddresses("a").askedAt(List.of("127.0.0.1:port")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("vs.discovery.dns.servers: '127.0.0.1:port'");
    }

    @Test
    void aMemberThatTheNameServerLearnsOfLaterIsFound() throws Exception {
        server.host("one.test", "127.0.0.1");
        server.service(SERVICE, "one.test:" + port);
        Ring first = start(port);
        first.awaitFormation(Duration.ofSeconds(30));
        server.service(SERVICE + ".second", "one.test:" + (port + 2)); // which nobody has
        Ring second = start(port + 1, SERVICE + ".second");
        second.awaitFormation(Duration.ofSeconds(30));
        assertThat(second.status().members()).hasSize(1);

        server.service(SERVICE, "one.test:" + port, "one.test:" + (port + 1));

        await(() -> rings.stream().allMatch(ring -> ring.status().members().size() == 2));
    }

    @Test
    void aMemberThatComesBackElsewhereIsFoundThere() throws Exception {
        server.host("one.test", "127.0.0.1");
        server.service(SERVICE, "one.test:" + port, "one.test:" + (port + 1));
        Ring first = start(port);
        Ring second = start(port + 1);
        await(() -> rings.stream().allMatch(ring -> ring.status().members().size() == 2));
        second.close();
        rings.remove(second);
        await(() -> first.status().members().size() == 1);
        start(port + 2, "_nobody._udp.knows.test");

        server.service(SERVICE, "one.test:" + port, "one.test:" + (port + 2));

        await(() -> rings.stream().allMatch(ring -> ring.status().members().size() == 2));
    }

    @Test
    void aMemberWhoseNameServerDoesNotAnswerSaysSoAndGoesOnAsking() throws Exception {
        Ring ring = start(port);
        assertThatThrownBy(() -> ring.awaitFormation(Duration.ofSeconds(2)))
                .isInstanceOf(RingStartException.class)
                .hasMessageContaining("DNS SRV '" + SERVICE + "' (vs.discovery.dns.name)")
                .hasMessageContaining("NXDomain");

        server.host("one.test", "127.0.0.1");
        server.service(SERVICE, "one.test:" + port);

        ring.awaitFormation(Duration.ofSeconds(30));
        assertThat(ring.status().members()).hasSize(1);
    }

    @Test
    void aMemberThatIsClosedWhileItAsksDoesNotWaitForTheAnswer() throws Exception {
        server.is(NameServer.Mood.SILENT);
        Ring ring = start(port);
        ring.start().get(30, TimeUnit.SECONDS);
        long before = System.nanoTime();

        ring.close();

        assertThat(Duration.ofNanos(System.nanoTime() - before))
                .isLessThan(ring.options().leaveTimeout());
        assertThat(ring.status().state()).isEqualTo(RingStatus.State.CLOSED);
    }

    private Ring start(int ownPort) {
        return start(ownPort, SERVICE);
    }

    private Ring start(int ownPort, String service) {
        DnsSeeds seeds = DnsSeeds.ofServices(service).askedAt(List.of(server.spelled()));
        Ring ring = RingOptions.builder()
                .port(ownPort)
                .seedProvider(seeds)
                .seedRefreshInterval(Duration.ofMillis(100))
                .build()
                .open(new RecordingHandler());
        rings.add(ring);
        ring.start();
        return ring;
    }

    private static void await(BooleanSupplier holds) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!holds.getAsBoolean()) {
            assertThat(System.nanoTime() - end).as("waited in vain").isNegative();
            Thread.onSpinWait();
        }
    }
}
