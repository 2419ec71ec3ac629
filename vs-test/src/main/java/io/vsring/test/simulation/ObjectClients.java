package io.vsring.test.simulation;

import io.vsring.ConfigurationChange;
import io.vsring.Delivery;
import io.vsring.Guarantee;
import io.vsring.MemberSet;
import io.vsring.replicated.DiscardedState;
import io.vsring.replicated.LockHandle;
import io.vsring.replicated.NotPrimaryException;
import io.vsring.replicated.PrimaryStatus;
import io.vsring.replicated.Replica;
import io.vsring.replicated.ReplicaHandle;
import io.vsring.replicated.ReplicatedObjects;
import io.vsring.replicated.ReplicationListener;
import io.vsring.replicated.ReplicationOptions;
import io.vsring.replicated.TransferLimits;
import io.vsring.ring.Fill;
import io.vsring.ring.RingClosedException;
import io.vsring.ring.RingHandler;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Clients of replicated objects on all members, in the time of a schedule. What they are answered is judged by
 * {@link LedgerClaims}, {@link LockClaims} and {@link ObjectClaims}.
 */
final class ObjectClients implements ObjectsOnMembers {
    private static final int IN_FLIGHT_MAX = 6;
    private static final double LOCKS = 0.2;
    private static final double MAPS_AND_COUNTERS = 0.4; // of the rest
    private static final long EPOCH_MILLIS = 1_700_000_000_000L;

    private final SimulatedCluster cluster;
    private final Dice dice;
    private final LedgerClaims claims;
    private final LockClaims locks;
    private final ObjectClaims mapsAndCounters;
    private final long paceNanos;
    private final int expectedMembers;
    private final int packBytes;
    private final Map<SimulatedMember, Client> clients = new TreeMap<>((a, b) -> a.id().compareTo(b.id()));
    private long lastEntry;
    private boolean resting;
    private boolean orderly;

    /** @param paceNanos the mean time between two calls of one member */
    ObjectClients(SimulatedCluster cluster, Dice dice, long paceNanos) {
        this.cluster = cluster;
        this.dice = dice;
        this.paceNanos = paceNanos;
        this.expectedMembers = dice.chance(0.7) ? cluster.shape().slots() : 0;
        this.packBytes = dice.oneOf(List.of(48, 256, 16 * 1024));
        this.claims = new LedgerClaims(cluster, expectedMembers);
        this.locks = new LockClaims(cluster, claims);
        this.mapsAndCounters = new ObjectClaims(cluster, claims);
    }

    long locksGranted() {
        return locks.count();
    }

    LedgerClaims claims() {
        return claims;
    }

    ObjectClaims mapsAndCounters() {
        return mapsAndCounters;
    }

    @Override
    public CountedRing open(SimulatedMember member, Function<RingHandler, CountedRing> opener) {
        ReplicationOptions options = ReplicationOptions.defaults()
                .expecting(expectedMembers)
                .withKinds(kinds())
                .withClock(() -> EPOCH_MILLIS + cluster.now() / 1_000_000)
                .withLimits(TransferLimits.defaults().withPackBytes(packBytes));
        Client client = new Client(member);
        CountedRing[] opened = new CountedRing[1];
        client.objects = ReplicatedObjects.open(options, SILENT, client, handler -> opened[0] = opener.apply(handler));
        client.ledger = client.objects.custom("ledger", LedgerReplica.KIND, Guarantee.SAFE);
        client.calls = new ObjectCalls(member, cluster, client.objects, mapsAndCounters, dice);
        clients.put(member, client);
        client.actLater();
        return opened[0];
    }

    private static Map<String, Supplier<Replica>> kinds() {
        Map<String, Supplier<Replica>> kinds = new TreeMap<>();
        kinds.put(LedgerReplica.KIND, () -> new LedgerReplica());
        return kinds;
    }

    /** From now on who leaves does so in good order. */
    void leaveInGoodOrder() {
        orderly = true;
    }

    /** Lets a member leave in good order; false in one case of two, in which it is to leave just so. */
    @Override
    public boolean leave(SimulatedMember member) {
        Client client = clients.get(member);
        if (client == null || client.objects == null || (!orderly && dice.chance(0.5))) {
            return false;
        }
        CompletableFuture<Void> unused = client.objects.leave();
        return true;
    }

    /** The objects of a member that runs, for a test that calls them itself. */
    @Nullable
    ReplicatedObjects objectsOf(SimulatedMember member) {
        Client client = clients.get(member);
        return client == null ? null : client.objects;
    }

    @Override
    public Map<String, Fill> fills(SimulatedMember member) {
        ReplicatedObjects objects = objectsOf(member);
        return objects == null ? Map.of() : objects.fills();
    }

    @Override
    public void planned(SimulatedMember member) {
        Client client = clients.get(member);
        if (client != null && !client.status.isPrimary()) {
            client.awaitsState = true;
        }
    }

    @Override
    public void gone(SimulatedMember member) {
        if (clients.remove(member) != null) {
            claims.gone(member);
        }
    }

    @Override
    public void twin() {
        claims.twins();
    }

    /** From now on no new calls are made. */
    void rest() {
        resting = true;
        for (Client client : clients.values()) {
            if (client.held != null) {
                client.giveBack(client.held);
            }
        }
    }

    /** Whether all that live are primary with one state, and nobody waits for an answer. */
    boolean isSettled() {
        LedgerReplica first = null;
        for (Client client : clients.values()) {
            LedgerReplica here = client.here();
            if (!client.status.isPrimary() || client.underWay > 0 || client.asking || client.held != null) {
                return false;
            }
            if (first == null) {
                first = here;
            } else if (here == null || here.size() != first.size()) {
                return false;
            }
        }
        return clients.values().stream().allMatch(Client::hasNoLocks);
    }

    /** How those that live stand, for what is told of a violation. */
    String text() {
        StringBuilder text = new StringBuilder();
        for (Client client : clients.values()) {
            LedgerReplica here = client.here();
            text.append("\n  ").append(client.member).append(' ').append(client.status);
            text.append(", ledger of ").append(here == null ? 0 : here.size());
            text.append(", waits for ").append(client.underWay);
            text.append(client.asking ? ", asks for a lock" : client.held != null ? ", holds a lock" : "");
            text.append(client.locks());
        }
        return text.toString();
    }

    private static final RingHandler SILENT = new RingHandler() {
        @Override
        public void onMessage(Delivery delivery) {}

        @Override
        public void onConfigurationChange(ConfigurationChange change) {}
    };

    /** The client in one process. */
    private final class Client implements ReplicationListener {
        private final SimulatedMember member;
        private @Nullable ReplicatedObjects objects;
        private @Nullable ReplicaHandle ledger;
        private @Nullable ObjectCalls calls;
        private PrimaryStatus status = new PrimaryStatus(PrimaryStatus.State.UNDECIDED, "", MemberSet.of());
        private int underWay;
        private boolean asking;
        private boolean awaitsState;
        private @Nullable LockHandle held;

        Client(SimulatedMember member) {
            this.member = member;
        }

        @Nullable
        LedgerReplica here() {
            return ledger != null && ledger.here() instanceof LedgerReplica replica ? replica : null;
        }

        /** How many its member knows of, for people. */
        private String locks() {
            return objects == null ? "" : ", knows of " + objects.locks().size() + " locks";
        }

        /** LK3: a lock that nobody has or wants is nowhere. */
        boolean hasNoLocks() {
            return objects != null && objects.locks().size() == 0;
        }

        void actLater() {
            cluster.queue().at(cluster.now() + dice.waiting(paceNanos), what -> cluster.outside(this::act), null);
        }

        private void act() {
            if (!member.isThere() || resting) {
                return;
            }
            actLater();
            if (underWay >= IN_FLIGHT_MAX) {
                return;
            }
            if (dice.chance(LOCKS)) {
                actOnLocks();
            } else if (calls != null && dice.chance(MAPS_AND_COUNTERS)) {
                underWay(calls.call());
            } else if (ledger != null) {
                actOnLedger(ledger);
            }
        }

        private void underWay(@Nullable CompletableFuture<?> call) {
            if (call != null) {
                underWay++;
                CompletableFuture<?> unused = call.whenComplete((answer, failure) -> underWay--);
            }
        }

        private void actOnLedger(ReplicaHandle handle) {
            boolean append = dice.chance(0.8);
            LedgerClaims.Call call = append ? claims.appends(member, ++lastEntry) : claims.reads(member);
            CompletableFuture<byte[]> answer;
            try {
                answer = append ? handle.call(LedgerReplica.append(call.entry())) : handle.read(LedgerReplica.read());
            } catch (NotPrimaryException | RingClosedException refused) {
                claims.refused(call);
                return;
            }
            underWay(answer.whenComplete((bytes, failure) -> answered(call, bytes, failure)));
        }

        private void actOnLocks() {
            String name = "lock-" + dice.below(2);
            locks.look(name);
            LockHandle mine = held;
            if (mine != null) {
                if (dice.chance(0.5)) {
                    giveBack(mine);
                }
                return;
            }
            if (asking || objects == null) {
                return;
            }
            asking = true;
            LockClaims.Asked asked = locks.asks(name);
            try {
                CompletableFuture<Void> unused = objects.locks()
                        .acquireAsync(name)
                        .handle((handle, failure) -> {
                            asking = false;
                            if (handle != null && member.isThere()) {
                                held = handle;
                                locks.granted(member, handle, asked);
                                if (resting) {
                                    giveBack(handle);
                                }
                            }
                            return null;
                        });
            } catch (NotPrimaryException | RingClosedException refused) {
                asking = false;
            }
        }

        private void giveBack(LockHandle handle) {
            held = null;
            locks.released(handle);
            try {
                CompletableFuture<Boolean> unused = handle.releaseAsync();
            } catch (NotPrimaryException | RingClosedException refused) {
                return; // it is lost anyhow
            }
        }

        private void answered(LedgerClaims.Call call, byte @Nullable [] bytes, @Nullable Throwable failure) {
            if (!member.isThere()) {
                return;
            }
            Throwable cause =
                    failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            cluster.coverage()
                    .saw(
                            ObjectCalls.isRefusal(cause) ? Sometimes.CALL_REFUSED : Sometimes.CALL_UNKNOWN,
                            bytes == null ? 1 : 0);
            if (bytes != null) {
                claims.answered(call, status.label(), LedgerReplica.number(bytes));
            } else if (ObjectCalls.isRefusal(cause)) {
                claims.refused(call);
            } else if (!member.isOnItsWayOut()) {
                claims.forgotten(call);
            }
        }

        @Override
        public void onStatus(PrimaryStatus now) {
            boolean before = status.isPrimary();
            status = now;
            cluster.story().done(member + " is " + now.state() + " " + now.label());
            if (now.isPrimary()) {
                claims.primary(member, now, here());
                awaitsState = false;
            } else if (now.state() == PrimaryStatus.State.NOT_PRIMARY) {
                cluster.coverage().saw(Sometimes.NOT_PRIMARY);
            } else if (awaitsState && !before) {
                awaitsState = false;
                cluster.coverage().saw(Sometimes.STATE_CUT_OFF);
            }
        }

        @Override
        public void onApplied(long history, long position, long digest) {
            cluster.story().done(member + " is at position " + position + " " + Long.toHexString(digest));
            claims.applied(member, history, position, digest);
        }

        @Override
        public void onDiscarded(DiscardedState state) {
            cluster.story().done(member + " gives up its state of position " + state.position());
            cluster.coverage().saw(Sometimes.STATE_DISCARDED);
        }

        @Override
        public void onWarning(String what, @Nullable Throwable why) {
            if (why != null) {
                cluster.violated("R9", member + ": " + what + ": " + why, member.trace());
            }
        }
    }
}
