package io.vsring.test.spring;

import io.vsring.MemberId;
import io.vsring.RingConfiguration;
import io.vsring.replicated.PrimaryStatus;
import io.vsring.replicated.ReplicatedObjects;
import io.vsring.ring.RingClosedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The members beside the application, and what can happen between them and it: a bean of each context with
 * {@link EmbeddedRing}.
 *
 * <p>Faults take effect at once; that members notice takes as long as in production, so tests wait for it: with
 * {@link #awaitConfiguration} or {@link #awaitOperational}. Before each test {@link #reset()} undoes all. One test at a
 * time may use it, on any thread but those of listeners.
 */
public final class RingPeers {

    private final EmbeddedNetwork network;
    private final ReplicatedObjects application;
    private final List<RingPeer> peers = new ArrayList<>();

    RingPeers(EmbeddedNetwork network, PeerSetup setup, ReplicatedObjects application) {
        this.network = network;
        this.application = application;
        for (int number = 1; number <= network.peers(); number++) {
            peers.add(new RingPeer(number, network, setup));
        }
    }

    /** The peer of this number, from 1. */
    public RingPeer peer(int number) {
        checkNumber(number);
        return peers.get(number - 1);
    }

    /** All peers, those that do not run as well. */
    public List<RingPeer> all() {
        return List.copyOf(peers);
    }

    /** The process of this peer dies: it says nothing any more, and the others have to find out. */
    public void crash(int number) {
        peer(number).crash();
    }

    /** Starts a peer again that has crashed: a new incarnation of the same id. It joins, which is to be waited for. */
    public void restart(int number) {
        if (peer(number).isRunning()) {
            throw new IllegalStateException("peer " + number + " runs already: crash(" + number + ") it first");
        }
        await("the end of peer " + number, () -> !network.has(number)); // or its place would not be free
        peer(number).start();
    }

    /**
     * Nothing gets from these peers to the others and the application any more, nor back. In place of an earlier cut.
     */
    public void partition(int... apart) {
        Arrays.stream(apart).forEach(this::checkNumber);
        network.cutOff(Arrays.stream(apart).boxed().collect(Collectors.toSet()));
    }

    /** Nothing gets from the application to its peers any more, nor back. In place of an earlier cut. */
    public void isolateApplication() {
        network.cutOff(Set.of(network.applicationNumber()));
    }

    /** Everything gets everywhere again. Who has crashed stays so. */
    public void heal() {
        network.cutOff(Set.of());
    }

    /**
     * As {@link #awaitOperational}, and until the application is in a configuration of so many members, itself
     * included.
     *
     * @throws AssertionError if that takes longer than {@link EmbeddedRing#patienceMillis}: how all stand
     */
    public void awaitConfiguration(int members) {
        await("a configuration of " + members, () -> {
            RingConfiguration now = configuration(application);
            return now != null && now.members().size() == members && isOperational();
        });
    }

    /**
     * Waits until all that run, and can reach each other, are in one configuration, and know whether they may change
     * replicated objects.
     *
     * @throws AssertionError if that takes longer than {@link EmbeddedRing#patienceMillis}: how all stand
     */
    public void awaitOperational() {
        await("all that can reach each other to be together", this::isOperational);
    }

    /**
     * As it was in the beginning: nothing is cut, all peers run and are together with the application, and what they
     * have been told is forgotten. Replicated objects keep what they have.
     */
    public void reset() {
        heal();
        peers.stream().filter(peer -> !peer.isRunning()).forEach(peer -> restart(peer.number()));
        if (configuration(application) != null) {
            awaitOperational();
        }
        peers.forEach(RingPeer::forget);
    }

    void start() {
        peers.forEach(RingPeer::start);
        await(
                "the peers to be together",
                () -> peers.stream()
                        .map(peer -> configuration(peer.objects()))
                        .allMatch(now -> now != null && now.members().size() == peers.size()));
    }

    void stop() {
        heal();
        peers.forEach(RingPeer::leave);
        await("the end of the peers", () -> peers.stream().noneMatch(peer -> network.has(peer.number())));
    }

    private void await(String what, BooleanSupplier holds) {
        network.changes().await(what, holds, this);
    }

    private boolean isOperational() {
        return isOperational(sideOf(true)) && isOperational(sideOf(false));
    }

    /** The numbers of those that run on one side of a cut. */
    private Set<Integer> sideOf(boolean withApplication) {
        Set<Integer> apart = network.apart();
        int self = network.applicationNumber();
        return Stream.concat(peers.stream().filter(RingPeer::isRunning).map(RingPeer::number), Stream.of(self))
                .filter(number -> (apart.contains(number) == apart.contains(self)) == withApplication)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private boolean isOperational(Set<Integer> side) {
        for (int number : side) {
            ReplicatedObjects objects = number == network.applicationNumber()
                    ? application
                    : peer(number).objects();
            RingConfiguration now = configuration(objects);
            if (now == null
                    || !numbers(now).equals(side)
                    || objects.status().state() == PrimaryStatus.State.UNDECIDED) {
                return false;
            }
        }
        return true;
    }

    private static Set<Integer> numbers(RingConfiguration configuration) {
        return configuration.members().stream().map(MemberId::id).collect(Collectors.toSet());
    }

    /** Of a member that runs; else null. */
    private static @Nullable RingConfiguration configuration(ReplicatedObjects objects) {
        try {
            return objects.ring().status().configuration();
        } catch (RingClosedException notStarted) {
            return null;
        }
    }

    private void checkNumber(int number) {
        if (number < 1 || number > peers.size()) {
            throw new IllegalArgumentException("peers have numbers from 1 to " + peers.size() + ", not " + number);
        }
    }

    /** How all stand. */
    @Override
    public String toString() {
        RingConfiguration own = configuration(application);
        Set<Integer> apart = network.apart();
        return "the application, member " + network.applicationNumber()
                + (own == null
                        ? ", is not on its ring"
                        : ", is in " + own + ", " + application.status().state())
                + IntStream.rangeClosed(1, peers.size())
                        .mapToObj(number -> "\n" + peer(number))
                        .collect(Collectors.joining())
                + (apart.isEmpty() ? "" : "\ncut off: " + new TreeSet<>(apart));
    }
}
