package io.vsring.replicated;

import static java.util.Objects.requireNonNull;

import io.vsring.ConfigurationChange;
import io.vsring.Delivery;
import io.vsring.Guarantee;
import io.vsring.ring.Ring;
import io.vsring.ring.RingFuture;
import io.vsring.ring.RingHandler;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is behind the objects while one member runs: its calls, what it may read, its locks. */
final class RunningObjects {

    /** One for the token seen last, one for a pause that nobody noticed, one for the way of what the others say. */
    private static final int GUARD_TOKEN_LOSSES = 3;

    /** What is around the body of a call, at most, but for names. */
    private static final int CALL_BYTES = 64;

    private final Ring ring;
    private final BooleanSupplier mustNotWait;
    private final ReplicationBoard board = new ReplicationBoard();
    private final Replication replication;
    private final PendingCalls calls;
    private final LocalLocks localLocks;

    private RunningObjects(ReplicationOptions options, Ring ring, ReplicationListener listener) {
        this.ring = ring;
        this.mustNotWait = () -> ring.isOwnThread() || options.mustNotWait().getAsBoolean();
        Map<String, Supplier<Replica>> kinds = new TreeMap<>(options.kinds());
        kinds.put(CounterReplica.KIND, CounterReplica::new);
        kinds.put(MapReplica.KIND, MapReplica::new);
        this.localLocks = new LocalLocks(
                ring.status().local().id(),
                LocalLocks.handle(this, options.callTimeout()),
                mustNotWait,
                this::isSure,
                () -> ring.agreedTokenLoss().multipliedBy(GUARD_TOKEN_LOSSES).toMillis());
        kinds.put(LocksReplica.KIND, () -> new LocksReplica(localLocks));
        this.replication = new Replication(options, kinds, ring, board, listener, localLocks);
        this.calls = replication.calls();
    }

    static RunningObjects open(
            ReplicationOptions options,
            RingHandler application,
            ReplicationListener listener,
            Function<RingHandler, Ring> opener) {
        Entrance entrance = new Entrance();
        RunningObjects objects = new RunningObjects(options, opener.apply(entrance), listener);
        entrance.router = objects.replication.router(requireNonNull(application, "application"));
        return objects;
    }

    /** Whether nobody can have gone on without this member for long enough to be given its locks. */
    private boolean isSure() {
        PrimaryStatus before = board.status();
        // The status of a later ring is shown before its token counts: so the token is of the ring of this status.
        return before.isPrimary()
                && ring.hasSeenToken(ring.agreedTokenLoss())
                && board.status().equals(before);
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

    CompletableFuture<Void> leave() {
        ring.execute(replication::leave);
        return replication.closed();
    }

    /** The object as it is here; null if there is none yet. */
    @Nullable
    Replica find(long key) {
        return board.find(key);
    }

    /** Makes a call. Never blocks. */
    CompletableFuture<Answer> call(long key, Command.Creation creation, byte[] body, Guarantee guarantee) {
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
        calls.make(new PendingCalls.Call(guarantee, key, exists ? null : creation, body, answer));
        return answer;
    }

    void executeOnDeliveryThread(Runnable work) {
        ring.execute(work);
    }

    /** Runs this between two deliveries. */
    <T> CompletableFuture<@Nullable T> onDeliveryThread(Supplier<@Nullable T> work) {
        RingFuture<@Nullable T> result = new RingFuture<>(mustNotWait);
        ring.execute(() -> {
            try {
                result.complete(work.get());
            } catch (RuntimeException failure) {
                result.completeExceptionally(failure);
            }
        });
        return result;
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
