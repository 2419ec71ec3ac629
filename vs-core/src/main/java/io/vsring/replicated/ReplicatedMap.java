package io.vsring.replicated;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A map that is the same on all members of the primary component.
 *
 * <p><b>Reads</b> ({@code get}, {@code containsKey}, {@code size}, {@code snapshot}, {@code forEach}) are answered by
 * this member from memory: they include what this member was last answered, never go back, and may miss what others do
 * now. {@code getOrdered} and {@code sizeOrdered} take their place in the order: linearizable.
 *
 * <p><b>Changes</b> return when all members of the configuration hold them, or throw: {@link NotPrimaryException} if
 * nothing has been changed, {@link io.vsring.ring.OutcomeUnknownException} if that cannot be known. They must not be
 * waited for on the ring's own threads; the asynchronous forms do not wait.
 *
 * <p>Keys and values are never null. Two keys that encode alike are one key, and equal keys must encode alike; values
 * are equal if their bytes are. What is decoded is shared by all callers on this member, so it should be immutable.
 *
 * @param <K> of the keys
 * @param <V> of the values
 */
public final class ReplicatedMap<K, V> {

    private final ReplicaHandle handle;
    private final Codec<K> keys;
    private final Codec<V> values;
    private final MapReader<K, V> reader;

    ReplicatedMap(ReplicaHandle handle, Codec<K> keys, Codec<V> values) {
        this.handle = handle;
        this.keys = keys;
        this.values = values;
        this.reader = new MapReader<>(handle, keys, values);
    }

    /** A value and its version, which is another one after each change of that key. */
    public record Versioned<V>(V value, long version) {}

    /** The name under which all members know it. */
    public String name() {
        return handle.name();
    }

    // --- reads

    /** The value of this key here; null if there is none. */
    public @Nullable V get(K key) {
        return reader.get(key);
    }

    /** As {@link #get}, with its version. */
    public @Nullable Versioned<V> getVersioned(K key) {
        return reader.getVersioned(key);
    }

    public boolean containsKey(K key) {
        return reader.entry(key) != null;
    }

    /** How many keys there are here. */
    public int size() {
        return handle.here() instanceof MapReplica replica ? replica.size() : 0;
    }

    /** Takes all entries here, one by one while the map goes on: each as it is when its turn comes. */
    public void forEach(BiConsumer<? super K, ? super V> taker) {
        if (handle.here() instanceof MapReplica replica) {
            replica.forEach((key, entry) -> taker.accept(keys.decode(key.bytes()), entry.decoded(values)));
        }
    }

    /**
     * All entries as they were at one place of the order. Costs the map little however large it is, and the caller a
     * copy.
     *
     * @return a map that nobody can change
     */
    public CompletableFuture<Map<K, V>> snapshotAsync() {
        return handle.whileNothingChanges(here -> here instanceof MapReplica replica ? replica.view() : null)
                .thenApplyAsync(view -> {
                    Map<K, V> copy = new LinkedHashMap<>();
                    if (view != null) {
                        try {
                            for (MapView.Seen seen : view) {
                                copy.put(
                                        keys.decode(seen.key().bytes()),
                                        seen.entry().decoded(values));
                            }
                        } finally {
                            view.close();
                        }
                    }
                    return Collections.unmodifiableMap(copy);
                });
    }

    /** As {@link #snapshotAsync}, and waits. */
    public Map<K, V> snapshot() {
        return handle.await(snapshotAsync());
    }

    /** The value of this key at a place in the order after the beginning of this call; null if there is none. */
    public CompletableFuture<@Nullable V> getOrderedAsync(K key) {
        return handle.read(MapCommand.of(MapCommand.Kind.GET, keys.encode(key)), MapCommand.Result::read)
                .thenApply(this::previous);
    }

    /** As {@link #getOrderedAsync}, and waits. */
    public @Nullable V getOrdered(K key) {
        return handle.await(getOrderedAsync(key));
    }

    /** How many keys there are at a place in the order after the beginning of this call. */
    public CompletableFuture<Integer> sizeOrderedAsync() {
        return handle.read(MapCommand.of(MapCommand.Kind.SIZE), in -> (int) in.getNumber());
    }

    /** As {@link #sizeOrderedAsync}, and waits. */
    public int sizeOrdered() {
        return handle.await(sizeOrderedAsync());
    }

    // --- changes

    /** Sets the value of this key; gives what it was before, null if there was none. */
    public CompletableFuture<@Nullable V> putAsync(K key, V value) {
        return change(MapCommand.Kind.PUT, key, value).thenApply(this::previous);
    }

    /** As {@link #putAsync}, and waits. */
    public @Nullable V put(K key, V value) {
        return handle.await(putAsync(key, value));
    }

    /** Sets the value of this key if it has none; gives the one it had, null if it had none. */
    public CompletableFuture<@Nullable V> putIfAbsentAsync(K key, V value) {
        return change(MapCommand.Kind.PUT_IF_ABSENT, key, value).thenApply(this::previous);
    }

    /** As {@link #putIfAbsentAsync}, and waits. */
    public @Nullable V putIfAbsent(K key, V value) {
        return handle.await(putIfAbsentAsync(key, value));
    }

    /** Sets the value of this key if it has one; gives the one it had, null if it had none. */
    public CompletableFuture<@Nullable V> replaceAsync(K key, V value) {
        return change(MapCommand.Kind.REPLACE, key, value).thenApply(this::previous);
    }

    /** As {@link #replaceAsync}, and waits. */
    public @Nullable V replace(K key, V value) {
        return handle.await(replaceAsync(key, value));
    }

    /** Sets the value of this key if it is the expected one; gives whether it was. */
    public CompletableFuture<Boolean> replaceAsync(K key, V expected, V value) {
        return handle.call(
                MapCommand.replaceIfEqual(keys.encode(key), values.encode(expected), values.encode(value)),
                in -> MapCommand.Result.read(in).done());
    }

    /** As {@link #replaceAsync(Object, Object, Object)}, and waits. */
    public boolean replace(K key, V expected, V value) {
        return handle.await(replaceAsync(key, expected, value));
    }

    /**
     * Sets the value of this key if its version is the expected one; gives whether it was.
     *
     * @param version see {@link Versioned}; 0: if the key has no value
     */
    public CompletableFuture<Boolean> replaceIfVersionAsync(K key, long version, V value) {
        return handle.call(
                MapCommand.replaceIfVersion(keys.encode(key), version, values.encode(value)),
                in -> MapCommand.Result.read(in).done());
    }

    /** As {@link #replaceIfVersionAsync}, and waits. */
    public boolean replaceIfVersion(K key, long version, V value) {
        return handle.await(replaceIfVersionAsync(key, version, value));
    }

    /** Takes this key out; gives the value it had, null if it had none. */
    public CompletableFuture<@Nullable V> removeAsync(K key) {
        return handle.call(MapCommand.of(MapCommand.Kind.REMOVE, keys.encode(key)), MapCommand.Result::read)
                .thenApply(this::previous);
    }

    /** As {@link #removeAsync}, and waits. */
    public @Nullable V remove(K key) {
        return handle.await(removeAsync(key));
    }

    /** Takes this key out if its value is the expected one; gives whether it was. */
    public CompletableFuture<Boolean> removeAsync(K key, V expected) {
        return change(MapCommand.Kind.REMOVE_IF_EQUAL, key, expected).thenApply(MapCommand.Result::done);
    }

    /** As {@link #removeAsync(Object, Object)}, and waits. */
    public boolean remove(K key, V expected) {
        return handle.await(removeAsync(key, expected));
    }

    /** Sets all these at one place in the order: nobody sees a part of them in a snapshot or an ordered read. */
    public CompletableFuture<Void> putAllAsync(Map<? extends K, ? extends V> entries) {
        List<byte[]> keysAndValues = new ArrayList<>(2 * entries.size());
        entries.forEach((key, value) -> {
            keysAndValues.add(keys.encode(Objects.requireNonNull(key, "key")));
            keysAndValues.add(values.encode(Objects.requireNonNull(value, "value")));
        });
        return handle.call(MapCommand.putAll(keysAndValues), in -> null);
    }

    /** As {@link #putAllAsync}, and waits. */
    public void putAll(Map<? extends K, ? extends V> entries) {
        Void unused = handle.await(putAllAsync(entries));
    }

    /** Takes all keys out. */
    public CompletableFuture<Void> clearAsync() {
        return handle.call(MapCommand.of(MapCommand.Kind.CLEAR), in -> null);
    }

    /** As {@link #clearAsync}, and waits. */
    public void clear() {
        Void unused = handle.await(clearAsync());
    }

    private CompletableFuture<MapCommand.Result> change(MapCommand.Kind kind, K key, V value) {
        return handle.call(MapCommand.of(kind, keys.encode(key), values.encode(value)), MapCommand.Result::read);
    }

    private @Nullable V previous(MapCommand.Result result) {
        byte[] bytes = result.previous();
        return bytes == null ? null : values.decode(bytes);
    }
}
