package io.vsring.replicated;

import static java.util.Objects.requireNonNull;

import io.vsring.ConfigurationChange;
import io.vsring.Delivery;
import io.vsring.Guarantee;
import io.vsring.ring.Fill;
import io.vsring.ring.Ring;
import io.vsring.ring.RingFuture;
import io.vsring.ring.RingHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is behind the objects while one member runs: its calls, what it may read, its locks, who listens. */
final class RunningObjects {

    private static final String WAITING_CALLS = "calls";
    private static final String WAITING_CALL_BYTES = "call-bytes";
    private static final String QUESTIONS = "questions";
    private static final String CONTROL_MESSAGES = "control-messages";
    private static final String MAP_CHANGES = "map-changes";

    /** The names of {@link #fills}, but for those of {@link StateResource}. */
    static final List<String> RESOURCES =
            List.of(WAITING_CALLS, WAITING_CALL_BYTES, QUESTIONS, CONTROL_MESSAGES, MAP_CHANGES);

    /** What is around the body of a call, at most, but for names. */
    private static final int CALL_BYTES = 64;

    private final ReplicationOptions options;
    private final Ring ring;
    private final BooleanSupplier mustNotWait;
    private final Audience audience;
    private final MapOperations mapOperations;
    private final ReplicationBoard board;
    private final Replication replication;
    private final PendingCalls calls;
    private final LocalLocks localLocks;
    private final Elections elections;

    private RunningObjects(ReplicationOptions options, Ring ring, ReplicationListener listener, Audience audience) {
        this.options = options;
        this.audience = audience;
        this.ring = ring;
        this.mustNotWait = () -> ring.isOwnThread() || options.mustNotWait().getAsBoolean();
        ReplicationListener guarded = new GuardedListener(listener);
        audience.maps().attend((what, why) -> ring.execute(() -> guarded.onWarning(what, why)));
        this.mapOperations = new MapOperations(options.mapOperations());
        this.board = new ReplicationBoard(audience.maps(), options.limits());
        Map<String, Supplier<Replica>> kinds = new TreeMap<>(options.kinds());
        kinds.put(CounterReplica.KIND, CounterReplica::new);
        kinds.put(MapReplica.KIND, () -> new MapReplica(mapOperations));
        Certainty certainty = new Certainty(ring, board);
        this.localLocks = locksOf("locks", LocksReplica.KIND, certainty, guarded);
        kinds.put(LocksReplica.KIND, () -> new LocksReplica(localLocks));
        LocalLocks terms = locksOf("elections", Elections.KIND, certainty, guarded);
        kinds.put(Elections.KIND, () -> new LocksReplica(terms));
        this.elections = new Elections(ring, terms, certainty, guarded);
        List<String> able = new ArrayList<>(mapOperations.capabilities());
        kinds.keySet().forEach(kind -> able.add(Capabilities.kind(kind)));
        this.replication = new Replication(
                options, kinds, Capabilities.of(able), ring, board, guarded, List.of(localLocks, terms, elections));
        this.calls = replication.calls();
        audience.attend(elections);
    }

    private LocalLocks locksOf(String name, String kind, Certainty certainty, ReplicationListener guarded) {
        ReplicaHandle handle =
                new ReplicaHandle(() -> this, audience, options.callTimeout(), name, kind, Guarantee.SAFE);
        return new LocalLocks(ring.status().local().id(), handle, ring::isOwnThread, mustNotWait, certainty, guarded);
    }

    static RunningObjects open(
            ReplicationOptions options,
            RingHandler application,
            ReplicationListener listener,
            Function<RingHandler, Ring> opener,
            Audience audience) {
        Entrance entrance = new Entrance();
        RunningObjects objects = new RunningObjects(options, opener.apply(entrance), listener, audience);
        entrance.router = objects.replication.router(requireNonNull(application, "application"));
        return objects;
    }

    Ring ring() {
        return ring;
    }

    PrimaryStatus status() {
        return board.status();
    }

    LocalLocks locks() {
        return localLocks;
    }

    MapOperations mapOperations() {
        return mapOperations;
    }

    Errands errands() {
        return replication.errands();
    }

    /** See {@link ReplicatedObjects#fills}. */
    Map<String, Fill> fills() {
        Map<String, Fill> fills = new TreeMap<>(board.fills());
        fills.put(WAITING_CALLS, new Fill(calls.waiting(), PendingCalls.WAITING_MAX));
        fills.put(WAITING_CALL_BYTES, new Fill(calls.waitingBytes(), PendingCalls.WAITING_BYTES_MAX));
        fills.put(QUESTIONS, new Fill(replication.errands().open(), Errands.OPEN_MAX));
        fills.put(CONTROL_MESSAGES, new Fill(replication.post().waiting(), ControlPost.WAITING_MAX));
        fills.put(MAP_CHANGES, audience.maps().fill());
        return fills;
    }

    /** See {@link ReplicatedObjects#listAsync}. */
    CompletableFuture<List<ReplicatedObjects.Listed>> list(int max) {
        return replication.errands().run(() -> replication.list(max));
    }

    /** See {@link ReplicatedObjects#bootstrap}. */
    CompletableFuture<@Nullable Void> bootstrap(int expectedMembers) {
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

    CompletableFuture<Void> leave() {
        ring.execute(() -> {
            elections.leave();
            localLocks.leave();
            replication.leave();
        });
        return replication.closed();
    }

    /** @throws io.vsring.ring.ReentrantCallException if the calling thread must not wait for an answer */
    void checkWaiting() {
        RingFuture.checkWaiting(mustNotWait);
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
        RingFuture<Answer> answer = new RingFuture<>(mustNotWait);
        boolean exists = board.find(key) != null;
        calls.make(new PendingCalls.Call(guarantee, key, exists ? null : creation, body, combination, answer));
        return answer;
    }

    /** Where the ring enters; what is behind it is there before the ring starts. */
    private static final class Entrance implements RingHandler {

        private @Nullable CommandRouter router;

        @Override
        public void onMessage(Delivery delivery) {
            router().onMessage(delivery);
        }

        @Override
        public boolean isQuick(Delivery message) {
            return router().isQuick(message);
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
