package io.vsring.test.simulation;

import io.vsring.ConfigurationChange;
import io.vsring.Delivery;
import io.vsring.replicated.DiscardedState;
import io.vsring.replicated.PrimaryStatus;
import io.vsring.replicated.ReplicatedObjects;
import io.vsring.replicated.ReplicationListener;
import io.vsring.replicated.ReplicationOptions;
import io.vsring.ring.RingHandler;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Replicated objects on all members of a simulated cluster, for a test that uses them itself. */
public final class QuietObjects implements ObjectsOnMembers {
    private static final long EPOCH_MILLIS = 1_700_000_000_000L;

    private static final RingHandler SILENT = new RingHandler() {
        @Override
        public void onMessage(Delivery delivery) {}

        @Override
        public void onConfigurationChange(ConfigurationChange change) {}
    };

    private final SimulatedCluster cluster;
    private final ReplicationOptions options;
    private final Map<SimulatedMember, ReplicatedObjects> open = new HashMap<>(); // asked by key only

    private QuietObjects(SimulatedCluster cluster, ReplicationOptions options) {
        this.cluster = cluster;
        this.options = options.withClock(() -> EPOCH_MILLIS + cluster.now() / 1_000_000);
    }

    /** All members that start from now on have objects with these options, on the clock of the cluster. */
    public static QuietObjects on(SimulatedCluster cluster, ReplicationOptions options) {
        QuietObjects objects = new QuietObjects(cluster, options);
        cluster.withObjects(objects);
        return objects;
    }

    /** The objects of a member that runs; null if it does not. */
    public @Nullable ReplicatedObjects of(SimulatedMember member) {
        return open.get(member);
    }

    @Override
    public CountedRing open(SimulatedMember member, Function<RingHandler, CountedRing> opener) {
        CountedRing[] opened = new CountedRing[1];
        ReplicatedObjects objects = ReplicatedObjects.open(
                options, SILENT, new Teller(member), handler -> opened[0] = opener.apply(handler));
        open.put(member, objects);
        return opened[0];
    }

    @Override
    public boolean leave(SimulatedMember member) {
        ReplicatedObjects objects = open.get(member);
        if (objects == null) {
            return false;
        }
        CompletableFuture<Void> unused = objects.leave();
        return true;
    }

    @Override
    public void gone(SimulatedMember member) {
        open.remove(member);
    }

    /** Tells the story what becomes of the objects of a member. */
    private final class Teller implements ReplicationListener {
        private final SimulatedMember member;

        Teller(SimulatedMember member) {
            this.member = member;
        }

        @Override
        public void onStatus(PrimaryStatus now) {
            cluster.story().done(member + " is " + now.state() + " " + now.label());
        }

        @Override
        public void onDiscarded(DiscardedState state) {
            cluster.story().done(member + " gives up its state of position " + state.position());
        }

        @Override
        public void onWarning(String what, @Nullable Throwable why) {
            cluster.story().done(member + " warns: " + what + (why == null ? "" : ": " + why));
        }
    }
}
