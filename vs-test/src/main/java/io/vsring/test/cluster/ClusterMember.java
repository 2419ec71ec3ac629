package io.vsring.test.cluster;

import io.vsring.ConfigurationChange;
import io.vsring.Delivery;
import io.vsring.Guarantee;
import io.vsring.MemberId;
import io.vsring.Receipt;
import io.vsring.RingConfiguration;
import io.vsring.replicated.ReplicatedObjects;
import io.vsring.ring.Outcome;
import io.vsring.ring.RingClosedException;
import io.vsring.ring.RingFuture;
import io.vsring.ring.RingHandler;
import io.vsring.test.simulation.SimulatedMember;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One member of a {@link RingCluster}, over all its restarts. Nothing that it is asked for happens before the test lets
 * time go on. Not safe for threads.
 */
public final class ClusterMember {
    private final RingCluster ring;
    private final int number;
    private final List<Life> lives = new ArrayList<>();

    /** What one incarnation was told. */
    private static final class Life {
        private final MemberId id;
        private final List<Delivery> deliveries = new ArrayList<>();
        private final List<RingConfiguration> configurations = new ArrayList<>();
        private @Nullable RingHandler handler;

        Life(MemberId id) {
            this.id = id;
        }
    }

    ClusterMember(RingCluster ring, int number) {
        this.ring = ring;
        this.number = number;
    }

    /** Its number, from 1; it is also the first part of its {@link #id()}, and what traces call it. */
    public int number() {
        return number;
    }

    /** Who it is, or was last. */
    public MemberId id() {
        return life().id;
    }

    /** Whether its process exists. */
    public boolean isRunning() {
        return ring.simulated(number) != null;
    }

    /** Sends this text, in UTF-8, as {@link Guarantee#AGREED}. */
    public CompletableFuture<Receipt> send(String group, String text) {
        return send(group, text, Guarantee.AGREED);
    }

    /** Sends this text, in UTF-8. */
    public CompletableFuture<Receipt> send(String group, String text, Guarantee guarantee) {
        return send(group, text.getBytes(StandardCharsets.UTF_8), guarantee);
    }

    /**
     * Sends these bytes.
     *
     * @return done when the message has been delivered to its sender: {@link RingCluster#await} lets time go on until
     *     then. It stays open if the member crashes
     * @throws IllegalStateException if the member does not run, or its send queue is full
     */
    public CompletableFuture<Receipt> send(String group, byte[] message, Guarantee guarantee) {
        CompletableFuture<Receipt> receipt = new RingFuture<>(RingCluster.NO_WAITING);
        boolean taken = objects().ring().offer(group, message, guarantee, new Outcome() {
            @Override
            public void delivered(Receipt delivered) {
                receipt.complete(delivered);
            }

            @Override
            public void unknown(RingClosedException cause) {
                receipt.completeExceptionally(cause);
            }
        });
        if (!taken) {
            throw new IllegalStateException("the send queue of member " + number
                    + " is full: let time go on, with advance(...), before it sends more");
        }
        return receipt;
    }

    /** What has been delivered to it since it was started last, in that order; messages of its objects left out. */
    public List<Delivery> deliveries() {
        return List.copyOf(life().deliveries);
    }

    /** As {@link #deliveries()}, those to this group. */
    public List<Delivery> deliveries(String group) {
        return life().deliveries.stream()
                .filter(delivery -> delivery.group().equals(group))
                .toList();
    }

    /** As {@link #deliveries()}, for each start of its process. */
    public List<List<Delivery>> deliveriesOfAllLives() {
        return lives.stream().map(life -> List.copyOf(life.deliveries)).toList();
    }

    /** The configurations that it has been told of since it was started last, in that order. */
    public List<RingConfiguration> configurations() {
        return List.copyOf(life().configurations);
    }

    /**
     * The last of its {@link #configurations()}.
     *
     * @throws IllegalStateException if it has not been told of any yet
     */
    public RingConfiguration configuration() {
        List<RingConfiguration> all = life().configurations;
        if (all.isEmpty()) {
            throw new IllegalStateException(
                    "member " + number + " has no configuration yet: ring.awaitOperational() waits for it");
        }
        return all.get(all.size() - 1);
    }

    /** Whether it may change replicated objects, as far as it knows. False if it does not run. */
    public boolean isPrimary() {
        return isRunning() && objects().status().isPrimary();
    }

    /**
     * Its maps, counters, locks and elections. Their asynchronous methods are for tests, together with
     * {@link RingCluster#await}; those that wait are refused, since time stands still while the test waits.
     *
     * @throws IllegalStateException if it does not run
     */
    public ReplicatedObjects objects() {
        SimulatedMember running = ring.simulated(number);
        ReplicatedObjects objects = running == null ? null : ring.objectsOf(running);
        if (objects == null) {
            throw new IllegalStateException("member " + number + " does not run, it has crashed or left: ring.restart("
                    + number + ") starts it again");
        }
        return objects;
    }

    void begins(MemberId id) {
        lives.add(new Life(id));
    }

    void runs(RingHandler handler) {
        life().handler = handler;
    }

    void onMessage(Delivery delivery) {
        life().deliveries.add(delivery.copy());
        RingHandler handler = life().handler;
        if (handler != null) {
            handler.onMessage(delivery);
        }
    }

    void onConfigurationChange(ConfigurationChange change) {
        life().configurations.add(change.configuration());
        RingHandler handler = life().handler;
        if (handler != null) {
            handler.onConfigurationChange(change);
        }
    }

    private Life life() {
        return lives.get(lives.size() - 1);
    }

    /** How it stands, in one line. */
    @Override
    public String toString() {
        Life life = life();
        String configuration = life.configurations.isEmpty()
                ? "no configuration yet"
                : life.configurations.get(life.configurations.size() - 1).toString();
        return "member " + number + (isRunning() ? " is in " : " does not run, was in ") + configuration + ", "
                + life.deliveries.size() + " deliveries" + ring.textOf(number);
    }
}
