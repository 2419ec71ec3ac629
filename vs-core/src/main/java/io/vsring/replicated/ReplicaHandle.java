package io.vsring.replicated;

import io.vsring.Guarantee;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One's own kind of replicated object, as seen from one member: {@link Replica} is what it does, this is how it is
 * called. The objects that come with vs are made of the same. Any thread may call it.
 */
public final class ReplicaHandle {

    private final ReplicatedObjects objects;
    private final Command.Creation creation;
    private final long key;
    private final Guarantee guarantee;

    ReplicaHandle(ReplicatedObjects objects, String name, String kind, Guarantee guarantee) {
        this.objects = objects;
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
        return objects.find(key);
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
        return objects.call(key, creation, body, under, combination).thenCompose(answer -> {
            if (answer.kind() == Answer.Kind.NO_OBJECT) {
                // What is here was another history's: say again what it is.
                return call(body, under, combination, reader);
            }
            return CompletableFuture.completedFuture(reader.apply(new ByteReader(answer.body())));
        });
    }

    /** What the delivery thread finds in the replica as it is between two commands. */
    <T> CompletableFuture<@Nullable T> whileNothingChanges(Function<@Nullable Replica, @Nullable T> look) {
        return objects.onDeliveryThread(() -> look.apply(here()));
    }

    void onDeliveryThread(Runnable work) {
        objects.executeOnDeliveryThread(work);
    }

    <T> T await(CompletableFuture<T> answer) {
        return objects.await(answer);
    }

    <T> T awaitUninterruptibly(CompletableFuture<T> answer) {
        return objects.awaitUninterruptibly(answer);
    }
}
