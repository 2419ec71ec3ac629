package io.vsring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.vsring.ring.RingOptions;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.ReflectionUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RingPropertiesTest {

    @Test
    void everyPropertyHasADescription() throws IOException {
        List<JsonNode> properties = metadata().get("properties").valueStream().toList();

        assertThat(properties).hasSizeGreaterThan(40).allSatisfy(property -> {
            String description = property.path("description").asString("");
            assertThat(description).as(property.get("name").asString()).endsWith(".");
            assertThat(description).doesNotStartWith("The ").doesNotStartWith("A ");
            if (property.get("type").asString().equals("java.lang.Boolean")) {
                assertThat(description).startsWith("Whether ");
            }
        });
    }

    @Test
    void defaultsAreThoseOfTheRing() {
        RingOptions options = options(Map.of());
        RingOptions defaults = RingOptions.builder().build();

        assertThat(options.toBuilder()).usingRecursiveComparison().isEqualTo(defaults.toBuilder());
    }

    @Test
    void everyPropertyReachesTheRing() {
        RingOptions options = options(Map.ofEntries(
                Map.entry("vs.cluster-name", "orders"),
                Map.entry("vs.member-id", "4000000000"),
                Map.entry("vs.transport.bind-address", "127.0.0.1"),
                Map.entry("vs.transport.port", "7460-7469"),
                Map.entry("vs.transport.advertised-address", "127.0.0.2"),
                Map.entry("vs.transport.advertised-port", "9"),
                Map.entry("vs.transport.multicast-group", "239.192.74.60:7459"),
                Map.entry("vs.transport.multicast-interface", "lo"),
                Map.entry("vs.transport.multicast-ttl", "3"),
                Map.entry("vs.transport.native", "nio"),
                Map.entry("vs.transport.busy-poll", "7us"),
                Map.entry("vs.transport.mtu", "8KB"),
                Map.entry("vs.transport.receive-buffer", "2MB"),
                Map.entry("vs.transport.send-buffer", "512KB"),
                Map.entry("vs.transport.max-message-size", "64KB"),
                Map.entry("vs.discovery.seeds", "127.0.0.1:7460-7462,localhost:7470"),
                Map.entry("vs.discovery.refresh-interval", "6s"),
                Map.entry("vs.ring.formation-wait", "2s"),
                Map.entry("vs.ring.leave-timeout", "3s"),
                Map.entry("vs.ring.token-loss-timeout", "900ms"),
                Map.entry("vs.ring.token-retransmit-timeout", "90ms"),
                Map.entry("vs.ring.hold-timeout", "41ms"),
                Map.entry("vs.ring.consensus-timeout", "701ms"),
                Map.entry("vs.ring.commit-loss-timeout", "251ms"),
                Map.entry("vs.ring.join-interval", "31ms"),
                Map.entry("vs.ring.merge-interval", "201ms"),
                Map.entry("vs.ring.slow-member-timeout", "31s"),
                Map.entry("vs.ring.window-frames", "60"),
                Map.entry("vs.ring.visit-frames", "18"),
                Map.entry("vs.ring.accelerated-frames", "9"),
                Map.entry("vs.ring.send-queue-size", "3MB"),
                Map.entry("vs.ring.delivery-lane-frames", "2048"),
                Map.entry("vs.ring.state-dir", "state"),
                Map.entry("vs.security.mode", "insecure-plaintext"),
                Map.entry("vs.trace.file", "trace.jsonl")));
        RingOptions defaults = RingOptions.builder().build();

        assertThat(options.clusterName()).isEqualTo("orders");
        assertThat(options.memberId()).isEqualTo((int) 4_000_000_000L);
        for (Field field : defaults.toBuilder().getClass().getDeclaredFields()) {
            boolean isForSimulatedClustersOnly = field.getName().equals("backoffMax");
            boolean isInPlaceOfSeeds = field.getName().equals("seedProvider");
            boolean isInPlaceOfPlaintext = field.getName().equals("keyring");
            if (!Modifier.isStatic(field.getModifiers())
                    && !isForSimulatedClustersOnly
                    && !isInPlaceOfSeeds
                    && !isInPlaceOfPlaintext) {
                field.setAccessible(true);
                assertThat(ReflectionUtils.getField(field, options.toBuilder()))
                        .as(field.getName())
                        .isNotEqualTo(ReflectionUtils.getField(field, defaults.toBuilder()));
            }
        }
    }

    @Test
    void aNameServerCanBeAskedInPlaceOfSeeds() {
        RingOptions addresses = options(Map.of("vs.discovery.dns.name", "orders"));
        RingOptions services = options(Map.of(
                "vs.discovery.dns.name", "_vs._udp.orders.test",
                "vs.discovery.dns.record-type", "srv",
                "vs.discovery.dns.servers", "127.0.0.1:5353,127.0.0.2"));

        assertThat(addresses.hasSeeds()).isTrue();
        assertThat(addresses.seeds()).isEmpty();
        assertThat(addresses.seedProvider()).hasToString("DNS A 'orders' (vs.discovery.dns.name)");
        assertThat(services.seedProvider())
                .hasToString("DNS SRV '_vs._udp.orders.test' (vs.discovery.dns.name) at [127.0.0.1:5353, 127.0.0.2]");
        assertThat(options(Map.of("vs.discovery.dns.name", "")).hasSeeds())
                .as("an empty name is none")
                .isFalse();
    }

    @Test
    void namesWhatIsWrongWithDiscoveryWithTheRest() {
        assertThatExceptionOfType(InvalidRingPropertiesException.class)
                .isThrownBy(() -> options(Map.of(
                        "vs.discovery.seeds", "localhost",
                        "vs.discovery.dns.name", "orders",
                        "vs.discovery.refresh-interval", "0s",
                        "vs.member-id", "0")))
                .withMessageContaining("vs.discovery.seeds [localhost] and vs.discovery.dns.name 'orders'")
                .withMessageContaining("vs.discovery.refresh-interval must be 1ms to 1 day")
                .withMessageContaining("vs.member-id");
        assertThatExceptionOfType(InvalidRingPropertiesException.class)
                .isThrownBy(() -> options(Map.of(
                        "vs.discovery.dns.name", "orders", "vs.discovery.dns.record-type", "srv", "vs.member-id", "0")))
                .withMessageContaining("vs.discovery.dns.name 'orders' is not the name of a service")
                .withMessageContaining("vs.member-id");
        assertThatExceptionOfType(InvalidRingPropertiesException.class)
                .isThrownBy(() ->
                        options(Map.of("vs.discovery.dns.name", "orders", "vs.discovery.dns.servers", "127.0.0.1:x")))
                .withMessageContaining("vs.discovery.dns.servers: '127.0.0.1:x'");
    }

    @Test
    void namesEverythingThatIsWrongAtOnce() {
        assertThatExceptionOfType(InvalidRingPropertiesException.class)
                .isThrownBy(() -> options(Map.of(
                        "vs.member-id", "0",
                        "vs.transport.port", "high",
                        "vs.transport.mtu", "100KB",
                        "vs.listener.queue-capacity", "0",
                        "vs.discovery.seeds", "127.0.0.1:99999")))
                .withMessageContaining("vs.member-id must be 1 to 4294967295, not 0")
                .withMessageContaining("vs.transport.port must be a port, a range such as 7460-7469")
                .withMessageContaining("vs.transport.mtu must be at most 65507 bytes")
                .withMessageContaining("vs.listener.queue-capacity must be positive, not 0")
                .withMessageContaining("'99999' is not a port");
    }

    @Test
    void aKeyThatIsWrongIsNotSaidToBeMissingAsWell() {
        assertThatExceptionOfType(InvalidRingPropertiesException.class)
                .isThrownBy(() -> options(Map.of(
                        "vs.transport.bind-address", "10.0.0.7",
                        "vs.security.keys[0].id", "1",
                        "vs.security.keys[0].secret", "c2hvcnQ=")))
                .withMessageContaining("key 1 must have 32 to 1024 bytes, not 5")
                .withMessageNotContaining("without a key");
    }

    @Test
    void aTimeThatNoClockCanCountIsNamedAndDoesNotOverflow() {
        String forever = ChronoUnit.FOREVER.getDuration().toString();

        assertThatExceptionOfType(InvalidRingPropertiesException.class)
                .isThrownBy(() -> options(Map.of(
                        "vs.startup-timeout", forever,
                        "vs.shutdown-timeout", "0s",
                        "vs.template.send-timeout", forever,
                        "vs.ring.formation-wait", forever)))
                .withMessageContaining("vs.startup-timeout must be 1ms to 365 days")
                .withMessageContaining("vs.shutdown-timeout must be 1ms to 365 days")
                .withMessageContaining("vs.template.send-timeout must be 1ms to 365 days")
                .withMessageContaining("vs.ring.formation-wait must be 0 to 1 day");
    }

    @Test
    void theClusterHasTheNameOfTheApplicationIfItHasNoOther() {
        assertThat(mapped(Map.of(), "shop").clusterName()).isEqualTo("shop");
        assertThat(mapped(Map.of(), "").clusterName()).isEqualTo("vs");
        assertThat(mapped(Map.of("vs.cluster-name", "orders"), "shop").clusterName())
                .isEqualTo("orders");
    }

    @Test
    void customizersHaveTheLastWord() {
        RingOptions options = new RingOptionsMapping(
                        bound(Map.of("vs.cluster-name", "orders")), "", List.of(), null, keys())
                .options(List.of(builder -> builder.clusterName("customized")));

        assertThat(options.clusterName()).isEqualTo("customized");
    }

    @Test
    void refusesADefaultGroupAndAPhaseThatWouldFailOrHurtLaterAllInOneGo() {
        assertThatExceptionOfType(InvalidRingPropertiesException.class)
                .isThrownBy(() -> options(Map.of(
                        "vs.template.default-group", "*",
                        "vs.phase", "2147483647",
                        "vs.startup-timeout", "0s")))
                .withMessageContaining("vs.template.default-group must be the name of one group")
                .withMessageContaining("vs.phase must be lower than")
                .withMessageContaining("vs.startup-timeout");
    }

    private static RingOptions options(Map<String, String> properties) {
        return mapped(properties, "");
    }

    private static RingOptions mapped(Map<String, String> properties, String applicationName) {
        RingProperties bound = bound(properties);
        ConfiguredKeys keys = new ConfiguredKeys(bound.security(), null);
        return new RingOptionsMapping(bound, applicationName, bound.discovery().seeds(), null, keys).options(List.of());
    }

    private static ConfiguredKeys keys() {
        return new ConfiguredKeys(bound(Map.of()).security(), null);
    }

    private static RingProperties bound(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate("vs", RingProperties.class);
    }

    private static JsonNode metadata() throws IOException {
        try (InputStream in =
                RingProperties.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            return JsonMapper.shared().readTree(in);
        }
    }
}
