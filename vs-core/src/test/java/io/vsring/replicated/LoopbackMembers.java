package io.vsring.replicated;

import static org.assertj.core.api.Assertions.assertThat;

import io.vsring.ConfigurationChange;
import io.vsring.Delivery;
import io.vsring.ring.RingHandler;
import io.vsring.ring.RingOptions;
import io.vsring.ring.RingStatus;
import io.vsring.transport.FreePorts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Members in one process over real sockets on loopback, for what waits for answers on the test's thread. */
final class LoopbackMembers implements AutoCloseable {

    private static final RingHandler SILENT = new RingHandler() {
        @Override
        public void onMessage(Delivery delivery) {}

        @Override
        public void onConfigurationChange(ConfigurationChange change) {}
    };

    private final List<ReplicatedObjects> members = new ArrayList<>();
    private final ConcurrentLinkedQueue<String> warnings = new ConcurrentLinkedQueue<>();
    private final int ports;
    private final int firstPort;

    /** @param ports as many members there may be */
    LoopbackMembers(int ports) {
        this.ports = ports;
        this.firstPort = FreePorts.first(ports);
    }

    /** So many members that are primary together. */
    static LoopbackMembers form(int count, ReplicationOptions options) throws Exception {
        LoopbackMembers formed = new LoopbackMembers(count);
        for (int id = 1; id <= count; id++) {
            ReplicatedObjects unused = formed.open(id, options.expecting(count));
        }
        formed.startAll();
        return formed;
    }

    /** Starts those that were opened; returns when they are primary together. */
    void startAll() throws Exception {
        for (ReplicatedObjects member : members) {
            member.ring().start().get(10, TimeUnit.SECONDS);
        }
        await(this::areTogether);
    }

    /** Those that run are: where nobody says how many there are to be, one that starves may begin alone first. */
    private boolean areTogether() {
        List<ReplicatedObjects> running = members.stream()
                .filter(each -> each.ring().status().state() != RingStatus.State.CLOSED)
                .toList();
        return running.stream()
                .allMatch(each ->
                        each.status().isPrimary() && each.status().members().size() == running.size());
    }

    /** Those that were opened, in that order. */
    List<ReplicatedObjects> all() {
        return members;
    }

    ReplicatedObjects get(int index) {
        return members.get(index);
    }

    /** One more member, when it is primary together with those that run. */
    ReplicatedObjects start(int id, ReplicationOptions options, Consumer<ReplicatedObjects> beforeItStarts)
            throws Exception {
        ReplicatedObjects member = open(id, options);
        beforeItStarts.accept(member);
        member.ring().start().get(5, TimeUnit.SECONDS);
        await(this::areTogether);
        return member;
    }

    ReplicatedObjects open(int id, ReplicationOptions options) {
        return open(ring(id, firstPort, firstPort + ports - 1), options);
    }

    /** On one of the ports, counted from 0. */
    ReplicatedObjects openAt(int port, int id, ReplicationOptions options) {
        return open(ring(id, firstPort + port, firstPort + port), options);
    }

    private RingOptions ring(int id, int port, int lastPort) {
        return RingOptions.builder()
                .memberId(id)
                .ports(port, lastPort)
                .seeds("127.0.0.1:" + firstPort + "-" + (firstPort + ports - 1))
                .leaveTimeout(Duration.ofSeconds(15)) // a leave that is cut short on a busy machine is in no good order
                .build();
    }

    ReplicatedObjects open(RingOptions ring, ReplicationOptions options) {
        ReplicationListener warned = new ReplicationListener() {
            @Override
            public void onWarning(String what, Throwable why) {
                warnings.add(what);
            }
        };
        ReplicatedObjects member = ReplicatedObjects.open(options, SILENT, warned, ring::open);
        members.add(member);
        return member;
    }

    /** What any of them was warned of. */
    Collection<String> warnings() {
        return warnings;
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
