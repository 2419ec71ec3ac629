package io.vsring.replicated;

import io.vsring.Guarantee;
import io.vsring.ring.OutcomeUnknownException;
import io.vsring.ring.RingException;
import io.vsring.ring.RingFuture;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One's own kind of replicated object, as seen from one member: {@link Replica} is what it does, this is how it is
 * called. The objects that come with vs are made of the same. Any thread may call it.
 */
public final class ReplicaHandle {

    private final Supplier<RunningObjects> running;
    private final Audience audience;
    private final Duration callTimeout;
    private final Command.Creation creation;
    private final long key;
    private final Guarantee guarantee;

    /** @param callTimeout how long a call waits for its answer */
    ReplicaHandle(
            Supplier<RunningObjects> running,
            Audience audience,
            Duration callTimeout,
            String name,
            String kind,
            Guarantee guarantee) {
        this.running = running;
        this.audience = audience;
        this.callTimeout = callTimeout;
        this.creation = new Command.Creation(name, kind);
        this.key = Shelf.key(creation);
        this.guarantee = guarantee;
    }

    /** The name under which all members know it. */
    public String name() {
        return creation.name();
    }

    /** What stands for it in commands. */
    long key() {
        return key;
    }

    /**
     * Sends a command, which is applied once at its place in the order, on all members.
     *
     * @return the replica's answer; fails with {@link NotPrimaryException} or {@link ReplicaException} if nothing has
     *     been changed, with {@link io.vsring.ring.OutcomeUnknownException} if that cannot be known
     */
    public CompletableFuture<byte[]> call(byte[] command) {
        return call(command, guarantee, null, ByteReader::getRest);
    }

    /**
     * As {@link #call}, of a command that changes nothing: its answer is linearizable, whatever the object's guarantee
     * is.
     */
    public CompletableFuture<byte[]> read(byte[] command) {
        return call(command, Guarantee.SAFE, null, ByteReader::getRest);
    }

    /** The replica as it is here, changed by the delivery thread; null if the object has never been called. */
    public @Nullable Replica here() {
        return running.get().find(key);
    }

    <T> CompletableFuture<T> call(byte[] body, Function<ByteReader, T> reader) {
        return call(body, guarantee, null, reader);
    }

    /** A call that may be sent as one with others of its kind. */
    <T> CompletableFuture<T> call(byte[] body, PendingCalls.Combination combination, Function<ByteReader, T> reader) {
        return call(body, guarantee, combination, reader);
    }

    /**
     * An ordered read is safe whatever the object's guarantee is: else a member that was cut off would answer itself.
     */
    <T> CompletableFuture<T> read(byte[] body, Function<ByteReader, T> reader) {
        return call(body, Guarantee.SAFE, null, reader);
    }

    private <T> CompletableFuture<T> call(
            byte[] body,
            Guarantee under,
            PendingCalls.@Nullable Combination combination,
            Function<ByteReader, T> reader) {
        return running.get().call(key, creation, body, under, combination).thenCompose(answer -> {
            if (answer.kind() == Answer.Kind.NO_OBJECT) {
                // What is here was another history's: say again what it is.
                return call(body, under, combination, reader);
            }
            return CompletableFuture.completedFuture(reader.apply(new ByteReader(answer.body())));
        });
    }

    /** What the delivery thread finds in the replica as it is between two commands. */
    <T> CompletableFuture<@Nullable T> whileNothingChanges(Function<@Nullable Replica, @Nullable T> look) {
        RunningObjects now = running.get();
        return now.errands().run(() -> look.apply(now.find(key)));
    }

    void onDeliveryThread(Runnable work) {
        running.get().ring().execute(work);
    }

    /** Who is to be told of the changes of this object, a map. */
    MapListeners mapListeners() {
        return audience.maps().of(key);
    }

    MapOperations mapOperations() {
        return running.get().mapOperations();
    }

    /**
     * Makes a call and waits for its answer.
     *
     * @throws io.vsring.ring.ReentrantCallException if this thread must not wait; nothing has been sent
     */
    <T> T await(Supplier<CompletableFuture<T>> call) {
        running.get().checkWaiting();
        return await(call.get());
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
        // Asks for no member: it may have ended since the call was made, and then has answered it.
        RingFuture.checkWaitingFor(answer);
        try {
            return answer.get(callTimeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            throw new OutcomeUnknownException(
                    "no answer within " + callTimeout.toMillis()
                            + "ms (vs.replication.call-timeout); the call may still be carried out",
                    late);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RingException known) {
                throw known;
            }
            throw new RingException("the call failed", failed);
        }
    }
}
