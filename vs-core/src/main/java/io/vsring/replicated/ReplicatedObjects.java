package io.vsring.replicated;

import static java.util.Objects.requireNonNull;

import io.vsring.ConfigurationChange;
import io.vsring.Delivery;
import io.vsring.Guarantee;
import io.vsring.ring.OutcomeUnknownException;
import io.vsring.ring.Ring;
import io.vsring.ring.RingException;
import io.vsring.ring.RingFuture;
import io.vsring.ring.RingHandler;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The replicated objects of one member: each has a name, and is the same on all members of the primary component.
 *
 * <pre>{@code
 * ReplicatedObjects objects = ReplicatedObjects.open(
 *         ReplicationOptions.defaults(), handler, ReplicationListener.NONE, ringOptions::open);
 * objects.ring().start();
 * ReplicatedCounter visits = objects.counter("visits");
 * visits.incrementAndGet();
 * }</pre>
 *
 * <p><b>Threading.</b> Any thread may take objects and call them. What waits must not be called on the ring's own
 * threads; the asynchronous forms may.
 */
public final class ReplicatedObjects {

    /** What is around the body of a call, at most, but for names. */
    private static final int CALL_BYTES = 64;

    private final ReplicationOptions options;
    private final Ring ring;
    private final MapListenerRegistry mapListeners;
    private final MapOperations mapOperations;
    private final ReplicationBoard board;
    private final Replication replication;
    private final PendingCalls calls;
    private final LocalLocks localLocks;
    private final DistributedLocks locks;
    private final Elections elections;

    private ReplicatedObjects(ReplicationOptions options, Ring ring, ReplicationListener listener) {
        this.options = options;
        this.ring = ring;
        ReplicationListener guarded = new GuardedListener(listener);
        this.mapListeners = new MapListenerRegistry((what, why) -> ring.execute(() -> guarded.onWarning(what, why)));
        this.mapOperations = new MapOperations(options.mapOperations());
        this.board = new ReplicationBoard(mapListeners);
        Map<String, Supplier<Replica>> kinds = new TreeMap<>(options.kinds());
        kinds.put(CounterReplica.KIND, CounterReplica::new);
        kinds.put(MapReplica.KIND, () -> new MapReplica(mapOperations));
        Certainty certainty = new Certainty(ring, board);
        this.localLocks = locksOf("locks", LocksReplica.KIND, certainty, guarded);
        kinds.put(LocksReplica.KIND, () -> new LocksReplica(localLocks));
        this.locks = new DistributedLocks(localLocks);
        LocalLocks terms = locksOf("elections", Elections.KIND, certainty, guarded);
        kinds.put(Elections.KIND, () -> new LocksReplica(terms));
        this.elections = new Elections(ring, terms, certainty, guarded);
        this.replication = new Replication(options, kinds, ring, board, guarded, List.of(localLocks, terms, elections));
        this.calls = replication.calls();
    }

    private LocalLocks locksOf(String name, String kind, Certainty certainty, ReplicationListener guarded) {
        ReplicaHandle handle = new ReplicaHandle(this, name, kind, Guarantee.SAFE);
        return new LocalLocks(ring.status().local().id(), handle, ring::isOwnThread, certainty, guarded);
    }

    /**
     * Opens a ring with replicated objects on it. It is to be started by the caller.
     *
     * @param application is told of all messages and configurations but those of the objects themselves
     * @param opener opens a ring for a handler, such as {@code RingOptions::open}
     */
    public static ReplicatedObjects open(
            ReplicationOptions options,
            RingHandler application,
            ReplicationListener listener,
            Function<RingHandler, Ring> opener) {
        Entrance entrance = new Entrance();
        ReplicatedObjects objects = new ReplicatedObjects(options, opener.apply(entrance), listener);
        entrance.router = objects.replication.router(requireNonNull(application, "application"));
        return objects;
    }

    /** The ring on which the objects are. */
    public Ring ring() {
        return ring;
    }

    /** Whether this member may change objects. Never blocks. */
    public PrimaryStatus status() {
        return board.status();
    }

    /**
     * An operator's word that the members that are here go on as the primary component, although others that are not
     * here may hold more: for when those are gone for good, and what they knew with them.
     *
     * <p><b>What it may cost.</b> The best state that is here goes on. What was acknowledged and is not in it is lost,
     * on members that come back too; if the others live and have gone on meanwhile, all that they did is given up when
     * they meet these here. Make sure that they are not running.
     *
     * @param expectedMembers how many members there are from now on, at most twice those that are here less one;
     *     whatever they were told when they were started. 0: nobody knows
     * @return done when this member has taken the word to spread it: {@link #status} tells what comes of it. Fails with
     *     {@link IllegalStateException} if the members that are here can go on by themselves, or do
     * @throws IllegalArgumentException if so many members cannot have a majority here
     */
    public CompletableFuture<@Nullable Void> bootstrap(int expectedMembers) {
        int here = ring.status().configuration().members().size();
        if (expectedMembers < 0 || expectedMembers >= 2 * here) {
            throw new IllegalArgumentException("expectedMembers must be from 0 to " + (2 * here - 1) + ", not "
                    + expectedMembers + ": the " + here + " members that are here must be more than half of them");
        }
        return replication.errands().run(() -> {
            if (!replication.bootstrap(expectedMembers)) {
                throw new IllegalStateException("the members that are here do or may yet go on by themselves ("
                        + board.status() + "): nothing has been changed");
            }
            return null;
        });
    }

    /** The counter of this name, 0 where it has never been changed; its changes are safe. */
    public ReplicatedCounter counter(String name) {
        return counter(name, Guarantee.SAFE);
    }

    /** The counter of this name, changed under this guarantee. */
    public ReplicatedCounter counter(String name, Guarantee guarantee) {
        return new ReplicatedCounter(new ReplicaHandle(this, name, CounterReplica.KIND, guarantee));
    }

    /** The map of this name, empty where nothing has been put into it; its changes are safe. */
    public <K, V> ReplicatedMap<K, V> map(String name, Codec<K> keys, Codec<V> values) {
        return map(name, keys, values, Guarantee.SAFE);
    }

    /** The map of this name, changed under this guarantee. */
    public <K, V> ReplicatedMap<K, V> map(String name, Codec<K> keys, Codec<V> values, Guarantee guarantee) {
        ReplicaHandle handle = new ReplicaHandle(this, name, MapReplica.KIND, guarantee);
        MapCodecs<K, V> codecs = new MapCodecs<>(name, keys, values);
        return new ReplicatedMap<>(handle, codecs, mapOperations, mapListeners.of(handle.key()), null);
    }

    /** The locks of the ring. */
    public DistributedLocks locks() {
        return locks;
    }

    /** The election of this name; the same object whenever it is asked for. */
    public LeaderElection election(String name) {
        return elections.find(name);
    }

    /** An object of one's own kind, whose code is in {@link ReplicationOptions#kinds}. */
    public ReplicaHandle custom(String name, String kind, Guarantee guarantee) {
        return new ReplicaHandle(this, name, kind, guarantee);
    }

    /**
     * Leaves: gives locks and leadership back, after who has them was told; makes no more calls, waits until all that
     * were made are answered, gives its vote back, so that the others go on without it however few they are, and leaves
     * the ring. What takes longer than the leave timeout is cut short.
     *
     * @return done when the ring has been left; never fails
     */
    public CompletableFuture<Void> leave() {
        ring.execute(() -> {
            elections.leave();
            localLocks.leave();
            replication.leave();
        });
        return replication.closed();
    }

    /** The object as it is here; null if there is none yet. */
    @Nullable
    Replica find(long key) {
        return board.find(key);
    }

    /** Makes a call. Never blocks. */
    CompletableFuture<Answer> call(
            long key,
            Command.Creation creation,
            byte[] body,
            Guarantee guarantee,
            PendingCalls.@Nullable Combination combination) {
        int bytes = body.length
                + CALL_BYTES
                + 3 * (creation.name().length() + creation.kind().length());
        if (bytes > ring.options().maxMessageBytes()) {
            throw new ReplicaException("a call of " + bytes + " bytes is over the limit of "
                    + ring.options().maxMessageBytes() + " bytes (vs.transport.max-message-size); nothing has been"
                    + " changed");
        }
        RingFuture<Answer> answer = new RingFuture<>(ring::isOwnThread);
        boolean exists = board.find(key) != null;
        calls.make(new PendingCalls.Call(guarantee, key, exists ? null : creation, body, combination, answer));
        return answer;
    }

    void executeOnDeliveryThread(Runnable work) {
        ring.execute(work);
    }

    /** See {@link Errands#run}. */
    <T> CompletableFuture<@Nullable T> onDeliveryThread(Supplier<@Nullable T> work) {
        return replication.errands().run(work);
    }

    /** Waits for an answer as long as a call may take. */
    <T> T await(CompletableFuture<T> answer) {
        try {
            return get(answer);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new OutcomeUnknownException(
                    "interrupted while waiting for an answer; the call may still be carried out", interrupted);
        }
    }

    /** As {@link #await}; an interrupt is remembered for later, and the time begins anew. */
    <T> T awaitUninterruptibly(CompletableFuture<T> answer) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return get(answer);
                } catch (InterruptedException again) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private <T> T get(CompletableFuture<T> answer) throws InterruptedException {
        RingFuture.checkWaiting(ring::isOwnThread);
        try {
            return answer.get(options.callTimeout().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            throw new OutcomeUnknownException(
                    "no answer within " + options.callTimeout() + "; the call may still be carried out", late);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RingException known) {
                throw known;
            }
            throw new RingException("the call failed", failed);
        }
    }

    /** Where the ring enters; what is behind it is there before the ring starts. */
    private static final class Entrance implements RingHandler {

        private @Nullable CommandRouter router;

        @Override
        public void onMessage(Delivery delivery) {
            router().onMessage(delivery);
        }

        @Override
        public void onConfigurationChange(ConfigurationChange change) {
            router().onConfigurationChange(change);
        }

        @Override
        public void onClosed(@Nullable Throwable failure) {
            router().onClosed(failure);
        }

        private CommandRouter router() {
            return requireNonNull(router, "the ring delivers before it has been started");
        }
    }
}
