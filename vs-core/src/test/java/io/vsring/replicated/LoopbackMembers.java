package io.vsring.replicated;

import static org.assertj.core.api.Assertions.assertThat;

import io.vsring.ConfigurationChange;
import io.vsring.Delivery;
import io.vsring.ring.RingHandler;
import io.vsring.ring.RingOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Members in one process over real sockets on loopback, for tests. */
final class LoopbackMembers implements AutoCloseable {

    private static final RingHandler SILENT = new RingHandler() {
        @Override
        public void onMessage(Delivery delivery) {}

        @Override
        public void onConfigurationChange(ConfigurationChange change) {}
    };

    private final List<ReplicatedObjects> members = new ArrayList<>();
    private final int ports;
    private final int firstPort;

    /** Up to so many at a time. */
    LoopbackMembers(int ports) {
        this.ports = ports;
        try (DatagramSocket probe = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            firstPort = Math.min(probe.getLocalPort() + 1, 65_000);
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }

    /** The members that were opened, in that order. */
    ReplicatedObjects get(int index) {
        return members.get(index);
    }

    /** Opens and starts as many as there are ports; returns when they are primary together. */
    void form() throws Exception {
        for (int id = 1; id <= ports; id++) {
            ReplicatedObjects unused =
                    open(id, ReplicationOptions.defaults().expecting(ports), ReplicationListener.NONE);
        }
        start();
    }

    /** Starts those that were opened; returns when they are primary together. */
    void start() throws Exception {
        for (ReplicatedObjects member : members) {
            member.ring().start().get(10, TimeUnit.SECONDS);
        }
        await(() -> members.stream()
                .allMatch(each ->
                        each.status().isPrimary() && each.status().members().size() == members.size()));
    }

    ReplicatedObjects open(int id, ReplicationOptions options, ReplicationListener listener) {
        RingOptions ring = RingOptions.builder()
                .memberId(id)
                .ports(firstPort, firstPort + ports - 1)
                .seeds("127.0.0.1:" + firstPort + "-" + (firstPort + ports - 1))
                .build();
        ReplicatedObjects member = ReplicatedObjects.open(options, SILENT, listener, ring::open);
        members.add(member);
        return member;
    }

    static void await(BooleanSupplier holds) {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!holds.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited for 30 s").isLessThan(end);
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        members.forEach(each -> each.ring().close());
    }
}
