package io.vsring.test.spring;

import io.vsring.ConfigurationChange;
import io.vsring.Delivery;
import io.vsring.MemberAddress;
import io.vsring.ring.Ring;
import io.vsring.ring.RingAssembly;
import io.vsring.ring.RingHandler;
import io.vsring.ring.RingObserver;
import io.vsring.ring.RingOptions;
import io.vsring.ring.RingSequenceStore;
import io.vsring.transport.InMemoryNetwork;
import io.vsring.transport.ParkingLoopThread;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A network in memory that can be cut in two, and the members of one cluster on it. Any thread. */
final class EmbeddedNetwork {

    private static final String HOST = "127.0.0.1:";

    private final int peers;
    private final String clusterName = "embedded-" + UUID.randomUUID();
    private final InMemoryNetwork wires = new InMemoryNetwork();
    private final Map<MemberAddress, EmbeddedTransport> plugged = new ConcurrentHashMap<>();
    private final Map<Integer, Sequences> sequences = new ConcurrentHashMap<>();
    private final Changes changes;
    private volatile Set<Integer> apart = Set.of();

    EmbeddedNetwork(int peers, Changes changes) {
        this.peers = peers;
        this.changes = changes;
    }

    String clusterName() {
        return clusterName;
    }

    int peers() {
        return peers;
    }

    /** The number, and the id, of the application: that behind the last peer. */
    int applicationNumber() {
        return peers + 1;
    }

    /** Where members can be: as many are open at most, each at the lowest place that was free. */
    List<String> seeds() {
        return IntStream.rangeClosed(1, peers + 1).mapToObj(port -> HOST + port).toList();
    }

    Changes changes() {
        return changes;
    }

    /** Opens the ring of a member, which remembers its ring sequences from the last time. */
    Ring open(int number, RingOptions options, RingHandler handler, RingObserver... observers) {
        ParkingLoopThread loop = ParkingLoopThread.open("vs-loop-" + number);
        EmbeddedTransport transport = new EmbeddedTransport(this, number, loop, wires.open(loop));
        plugged.put(transport.advertised(), transport);
        RingOptions own = options.toBuilder()
                .clusterName(clusterName)
                .memberId(number)
                .seeds(seeds())
                .seedProvider(null)
                .build();
        ThreadLocalRandom random = ThreadLocalRandom.current();
        ParkingLoopThread delivery = ParkingLoopThread.open("vs-delivery-" + number);
        RingAssembly.Surroundings surroundings = new RingAssembly.Surroundings(
                transport,
                loop,
                delivery,
                () -> ParkingLoopThread.open("vs-seeds-" + number),
                sequences.computeIfAbsent(number, fresh -> new Sequences()),
                random.nextLong(1, Long.MAX_VALUE),
                random.nextLong(),
                random);
        return RingAssembly.assemble(own, surroundings, new Announcing(handler, delivery), List.of(observers));
    }

    /** The process of this member dies: it says nothing more from now on, not even that it goes. */
    void kill(int number) {
        plugged.values().stream()
                .filter(transport -> transport.number() == number)
                .forEach(EmbeddedTransport::kill);
    }

    /** From now on nothing gets from these members to others, nor back. */
    void cutOff(Set<Integer> members) {
        apart = Set.copyOf(members);
    }

    Set<Integer> apart() {
        return apart;
    }

    boolean carries(int from, MemberAddress destination) {
        EmbeddedTransport to = plugged.get(destination);
        return to == null || apart.contains(from) == apart.contains(to.number());
    }

    /** Whether the ring of this member is open. */
    boolean has(int number) {
        return plugged.values().stream().anyMatch(transport -> transport.number() == number);
    }

    void unplug(EmbeddedTransport transport) {
        plugged.remove(transport.advertised(), transport);
        changes.announce();
    }

    /** Lets tests look again when a member has been told of a configuration, and shows it itself. */
    private final class Announcing implements RingHandler {
        private final RingHandler handler;
        private final ParkingLoopThread delivery;

        Announcing(RingHandler handler, ParkingLoopThread delivery) {
            this.handler = handler;
            this.delivery = delivery;
        }

        @Override
        public void onMessage(Delivery message) {
            handler.onMessage(message);
        }

        @Override
        public boolean isQuick(Delivery message) {
            return handler.isQuick(message);
        }

        @Override
        public void onConfigurationChange(ConfigurationChange change) {
            handler.onConfigurationChange(change);
            delivery.execute(changes::announce); // afterwards: the ring's status follows its handler
        }

        @Override
        public void onClosed(@Nullable Throwable failure) {
            handler.onClosed(failure);
            changes.announce();
        }
    }

    /** What a member's disk would remember. Loop threads of one member, one after the other. */
    private static final class Sequences implements RingSequenceStore {
        private volatile long highest;

        @Override
        public long initial() {
            return highest;
        }

        @Override
        public void persist(long ringSequence) {
            highest = ringSequence;
        }
    }
}
