package io.vsring.test.spring;

import io.vsring.ConfigurationChange;
import io.vsring.Delivery;
import io.vsring.replicated.PrimaryStatus;
import io.vsring.replicated.ReplicatedObjects;
import io.vsring.replicated.ReplicationListener;
import io.vsring.ring.RingHandler;
import java.util.ArrayList;
import java.util.List;

/** One life of a peer, from its start until it is closed or dies. Its handler is called on its delivery thread. */
final class PeerProcess implements RingHandler, ReplicationListener {

    private final Changes changes;
    private final ReplicatedObjects objects;
    private final List<Delivery> deliveries = new ArrayList<>(); // guarded by the changes
    private boolean dead; // guarded by the changes

    /** Opens the ring of a peer, and starts it. */
    PeerProcess(int number, PeerSetup setup, EmbeddedNetwork network) {
        changes = network.changes();
        objects = ReplicatedObjects.open(
                setup.replication(), this, this, handler -> network.open(number, setup.options(), handler));
        var unused = objects.ring().start();
    }

    ReplicatedObjects objects() {
        return objects;
    }

    List<Delivery> deliveries() {
        return changes.look(() -> List.copyOf(deliveries));
    }

    void forget() {
        changes.make(deliveries::clear);
    }

    /** It hears and says nothing more. */
    void die() {
        changes.make(() -> dead = true);
    }

    @Override
    public void onMessage(Delivery message) {
        Delivery kept = message.copy();
        changes.make(() -> {
            if (!dead) {
                deliveries.add(kept);
            }
        });
    }

    @Override
    public void onConfigurationChange(ConfigurationChange change) {
        // the network announces it
    }

    @Override
    public void onStatus(PrimaryStatus status) {
        changes.announce();
    }
}
