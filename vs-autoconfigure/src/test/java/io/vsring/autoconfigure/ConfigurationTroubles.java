package io.vsring.autoconfigure;

import io.vsring.replicated.MapLimits;
import io.vsring.replicated.ReplicatedCounter;
import io.vsring.replicated.ReplicatedMap;
import io.vsring.replicated.ReplicatedObjects;
import io.vsring.spring.ObjectCodecs;
import io.vsring.spring.ReplicatedMapDefinition;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Properties that do not fit, and replicated objects that are not declared as they could be. */
@SuppressWarnings("unused") // parameters that are only looked at
final class ConfigurationTroubles {

    private ConfigurationTroubles() {}

    record Order(String id) {}

    static class Shop {
        Shop(ReplicatedMap<String, Order> orders) {}
    }

    static class Warehouse {
        Warehouse(ReplicatedMap<String, List<Order>> orders) {}
    }

    static class Gate {
        Gate(ReplicatedCounter visits) {}
    }

    @Configuration(proxyBeanMethods = false)
    @ReplicatedMapDefinition(name = "orders", value = Integer.class)
    static class OfAnotherType {}

    @Configuration(proxyBeanMethods = false)
    @ReplicatedMapDefinition(name = "", value = Order.class)
    static class WithoutName {}

    @Configuration(proxyBeanMethods = false)
    @ReplicatedMapDefinition(name = "baskets", value = Order.class, timeToLive = "soon")
    static class NoTime {}

    @Configuration(proxyBeanMethods = false)
    @ReplicatedMapDefinition(name = "baskets", value = Order.class, maxEntries = -1)
    static class NegativeNumber {}

    @Configuration(proxyBeanMethods = false)
    @ReplicatedMapDefinition(name = "tags", key = Tags.class, value = Order.class)
    static class KeysAsSets {}

    record Tags(Set<String> names) {}

    @Configuration(proxyBeanMethods = false)
    @ReplicatedMapDefinition(name = "things", key = Thing.class, value = Order.class)
    static class KeysOfAnything {}

    record Thing(Object id) {}

    interface Shape {}

    @Configuration(proxyBeanMethods = false)
    static class ValuesAsInterfaces {
        @Bean
        ReplicatedMap<String, Shape> shapes(ReplicatedObjects objects, ObjectCodecs codecs) {
            return objects.map("shapes", codecs.of(String.class), codecs.of(Shape.class));
        }
    }

    static List<Trouble> numbers() {
        return List.of(
                new Trouble(
                        "Names, numbers and sizes do not fit",
                        "All that is wrong with the properties is said at once.",
                        start(
                                "vs.cluster-name=" + "x".repeat(65),
                                "vs.member-id=-1",
                                "vs.transport.port=7469-7460",
                                "vs.transport.bind-address= ",
                                "vs.transport.advertised-address= ",
                                "vs.transport.advertised-port=-1",
                                "vs.transport.multicast-ttl=256",
                                "vs.transport.mtu=1MB",
                                "vs.transport.receive-buffer=1KB",
                                "vs.transport.send-buffer=1KB",
                                "vs.transport.max-message-size=1GB",
                                "vs.ring.send-queue-size=1TB",
                                "vs.ring.delivery-lane-frames=1",
                                "vs.ring.window-frames=1000000",
                                "vs.template.default-group=*",
                                "vs.listener.queue-capacity=0",
                                "vs.quorum.expected-members=-1",
                                "vs.page.path=ring",
                                "vs.phase=2147483647")),
                new Trouble(
                        "A port is no port",
                        "`vs.transport.port` is neither a number nor a range.",
                        start("vs.transport.port=auto")),
                new Trouble(
                        "Times do not fit",
                        "A time of the application or of the protocol is too short or too long.",
                        start(
                                "vs.startup-timeout=0s",
                                "vs.ring.formation-wait=-1s",
                                "vs.ring.leave-timeout=2d",
                                "vs.transport.busy-poll=1s",
                                "vs.ring.token-loss-timeout=0s")),
                new Trouble(
                        "Times and windows of the protocol contradict each other",
                        "One of the times under `vs.ring` was changed, and the others do not go with it.",
                        start(
                                "vs.ring.token-loss-timeout=100ms",
                                "vs.ring.token-retransmit-timeout=50ms",
                                "vs.ring.hold-timeout=45ms",
                                "vs.ring.consensus-timeout=10ms",
                                "vs.ring.window-frames=1",
                                "vs.ring.visit-frames=0",
                                "vs.transport.mtu=100B")));
    }

    static List<Trouble> addresses() {
        return List.of(
                new Trouble(
                        "A seed is no seed",
                        "An entry of `vs.discovery.seeds` cannot be read.",
                        start("vs.discovery.seeds=127.0.0.1:port, :7460, 127.0.0.1:, 127.0.0.1:7460-9999,"
                                + " [::1]7460")),
                new Trouble(
                        "Seeds are named in two ways",
                        "Both `vs.discovery.seeds` and `vs.discovery.dns.name` are set.",
                        start("vs.discovery.seeds=127.0.0.1:7460", "vs.discovery.dns.name=orders.example")),
                new Trouble(
                        "A seed needs a port",
                        "A seed without a port has that of this member, which is any free one.",
                        start("vs.transport.port=0", "vs.discovery.seeds=localhost")),
                new Trouble(
                        "A seed needs a port, because the member's own ports are too many",
                        "A seed without a port has the ports of this member, and these are more than are looked at.",
                        start("vs.transport.port=7460-9460", "vs.discovery.seeds=localhost")),
                new Trouble(
                        "The multicast group is no multicast address",
                        "`vs.transport.multicast-group` cannot be read.",
                        start("vs.transport.multicast-group=10.0.0.7")),
                new Trouble(
                        "The multicast group needs a port",
                        "The members of a group have one port for it, and `vs.transport.port` does not say which.",
                        start("vs.transport.multicast-group=239.192.74.60", "vs.transport.port=7460-7469")),
                new Trouble(
                        "A member that binds to all addresses says none to the others",
                        "`vs.transport.bind-address` is `any`, and no `vs.transport.advertised-address` is set.",
                        start("vs.transport.bind-address=any", "vs.security.mode=insecure-plaintext")),
                new Trouble(
                        "The advertised address stands for all addresses",
                        "`vs.transport.advertised-address` is `0.0.0.0` or `::`.",
                        start("vs.transport.advertised-address=0.0.0.0")),
                new Trouble(
                        "The advertised address is of another IP version",
                        "One of the two addresses is IPv4 and the other one IPv6.",
                        start("vs.transport.advertised-address=::1", "vs.transport.bind-address=127.0.0.1")),
                new Trouble(
                        "Plain text off the loopback interface",
                        "An address, a seed or a multicast group is not on this machine.",
                        start(
                                "vs.transport.bind-address=10.0.0.7",
                                "vs.discovery.seeds=10.0.0.8:7460",
                                "vs.transport.multicast-group=239.192.74.60:7460")),
                new Trouble(
                        "A size is over 2GB",
                        "`vs.transport.mtu` or another size of the transport is not that of a datagram or a buffer.",
                        start("vs.transport.receive-buffer=4GB")),
                new Trouble(
                        "Maps and counters in properties do not fit",
                        "Something under `vs.maps` or `vs.counters` is missing or no class.",
                        start(
                                "vs.maps.orders.key-type=int",
                                "vs.maps.refunds.value-type=com.acme.Refund",
                                "vs.maps.refunds.time-to-live=-1s",
                                "vs.maps.refunds.max-entries=-1",
                                "vs.counters.refunds.guarantee=safe")));
    }

    static List<Trouble> declarations() {
        return List.of(
                new Trouble(
                        "A replicated map that is injected is not declared",
                        "A bean takes a `ReplicatedMap` that neither properties, annotations nor bean methods declare.",
                        Seen.atStart(Seen.application().withBean(Shop.class))),
                new Trouble(
                        "A replicated map has another type",
                        "There is a map of that name, with other keys or values.",
                        Seen.atStart(Seen.application()
                                .withBean(Warehouse.class)
                                .withUserConfiguration(OfAnotherType.class))),
                new Trouble(
                        "A replicated counter that is injected is not declared",
                        "As for a map.",
                        Seen.atStart(Seen.application().withBean(Gate.class))),
                new Trouble(
                        "There are several replicated objects, and the name fits none",
                        "The parameter or field has the name of none of them.",
                        Seen.atStart(
                                Seen.application().withBean(Gate.class),
                                "vs.counters.entrances.guarantee=safe",
                                "vs.counters.exits.guarantee=safe")),
                new Trouble(
                        "@ReplicatedMapDefinition has no name",
                        "The attribute `name` is empty; so for `@ReplicatedCounterDefinition`.",
                        start(WithoutName.class)),
                new Trouble(
                        "The timeToLive of a @ReplicatedMapDefinition is no time",
                        "The attribute `timeToLive` cannot be read.",
                        start(NoTime.class)),
                new Trouble(
                        "The maxEntries of a @ReplicatedMapDefinition is negative",
                        "The limits of a map are zero, which means none, or more.",
                        start(NegativeNumber.class)),
                new Trouble(
                        "The time to live of a map is negative",
                        "`MapLimits` was made in code.",
                        Seen.of(() -> new MapLimits(Duration.ofSeconds(-1), 0))),
                new Trouble(
                        "Keys of a map have a set in them",
                        "Sets have no order, so equal keys could be two keys.",
                        start(KeysAsSets.class)),
                new Trouble(
                        "Keys of a map have anything in them",
                        "A component of the key is an `Object`.",
                        start(KeysOfAnything.class)),
                new Trouble(
                        "No bytes can be read as the values of a map",
                        "The type of the values is an interface, or has no constructor that can be used.",
                        start(ValuesAsInterfaces.class)));
    }

    private static String start(String... properties) {
        return Seen.atStart(Seen.application(), properties);
    }

    private static String start(Class<?> configuration) {
        ApplicationContextRunner runner = Seen.application().withUserConfiguration(configuration);
        return Seen.atStart(runner);
    }
}
