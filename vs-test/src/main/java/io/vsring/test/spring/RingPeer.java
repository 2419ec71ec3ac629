package io.vsring.test.spring;

import io.vsring.Delivery;
import io.vsring.Guarantee;
import io.vsring.Receipt;
import io.vsring.replicated.ReplicatedMap;
import io.vsring.replicated.ReplicatedObjects;
import io.vsring.spring.RingOperations;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One of the members beside the application, over all its restarts. What it sends and stores is written with the codecs
 * of the application. Any thread but those of listeners, which must not wait.
 */
public final class RingPeer {

    private final int number;
    private final EmbeddedNetwork network;
    private final PeerSetup setup;
    private final RingOperations operations;
    private volatile @Nullable PeerProcess process;

    RingPeer(int number, EmbeddedNetwork network, PeerSetup setup) {
        this.number = number;
        this.network = network;
        this.setup = setup;
        this.operations = setup.operations().apply(() -> running().objects().ring());
    }

    /** Its number, from 1, which is its id on the ring as well. */
    public int number() {
        return number;
    }

    /** Whether its process exists. */
    public boolean isRunning() {
        return process != null;
    }

    /** What an application's {@code RingTemplate} does, done by this peer. */
    public RingOperations operations() {
        return operations;
    }

    /**
     * Sends a message as {@link Guarantee#AGREED}, and waits until it has been delivered to this peer.
     *
     * @throws io.vsring.spring.DeliveryTimeoutException if it has not been within {@link EmbeddedRing#patienceMillis}
     */
    public Receipt send(String group, Object payload) {
        return send(group, payload, Guarantee.AGREED);
    }

    /** As {@link #send(String, Object)}; a safe message is then held by all members of its configuration. */
    public Receipt send(String group, Object payload, Guarantee guarantee) {
        return operations.sendAndAwait(
                group, payload, guarantee, network.changes().patience());
    }

    /**
     * The messages to this group that have been delivered to it, in that order: since it was started last, and since
     * the current test began.
     */
    public List<Delivery> deliveries(String group) {
        return running().deliveries().stream()
                .filter(delivery -> delivery.group().equals(group))
                .toList();
    }

    /**
     * As {@link #deliveries}, read as payloads of this class.
     *
     * @throws io.vsring.spring.PayloadCodecException if one of them is none
     */
    public <T> List<T> payloads(String group, Class<T> type) {
        List<T> payloads = new ArrayList<>();
        for (Delivery delivery : deliveries(group)) {
            payloads.add(type.cast(setup.payloads().forType(type).decode(delivery.toByteArray(), type)));
        }
        return payloads;
    }

    /**
     * Waits until at least so many messages to this group have been delivered to it, and returns all that have.
     *
     * @throws AssertionError if they have not been within {@link EmbeddedRing#patienceMillis}
     */
    public <T> List<T> awaitPayloads(String group, Class<T> type, int count) {
        network.changes()
                .await(
                        "peer " + number + " to be delivered " + count + " messages to " + group,
                        () -> deliveries(group).size() >= count,
                        this);
        return payloads(group, type);
    }

    /** Its maps, counters, locks and elections. */
    public ReplicatedObjects objects() {
        return running().objects();
    }

    /** Its map of this name, with keys and values written as those of the application are. */
    public <K, V> ReplicatedMap<K, V> map(String name, Class<K> keys, Class<V> values) {
        return objects().map(name, setup.objects().of(keys), setup.objects().of(values));
    }

    void start() {
        process = new PeerProcess(number, setup, network);
    }

    void crash() {
        running().die();
        process = null;
        network.kill(number);
    }

    /** Takes its leave, if it runs; does not wait for that. */
    void leave() {
        PeerProcess leaving = process;
        process = null;
        if (leaving != null) {
            var unused = leaving.objects().leave();
        }
    }

    void forget() {
        running().forget();
    }

    private PeerProcess running() {
        PeerProcess now = process;
        if (now == null) {
            throw new IllegalStateException("peer " + number + " does not run: peers.restart(" + number
                    + ") starts it again, if the context runs");
        }
        return now;
    }

    /** How it stands, in one line. */
    @Override
    public String toString() {
        PeerProcess now = process;
        return "peer " + number
                + (now == null
                        ? " does not run"
                        : " is in " + now.objects().ring().status().configuration() + ", "
                                + now.objects().status().state());
    }
}
