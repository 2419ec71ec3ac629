package io.vsring.replicated;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A map that is the same on all members of the primary component.
 *
 * <p><b>Reads</b> ({@code get}, {@code containsKey}, {@code size}, {@code snapshot}, {@code forEach}) are answered by
 * this member from memory: they include what this member was last answered, never go back, and may miss what others do
 * now. {@code getOrdered} and {@code sizeOrdered} take their place in the order: linearizable.
 *
 * <p><b>Changes</b> return when all members of the configuration hold them, or throw. {@link NotPrimaryException},
 * {@link io.vsring.ring.RingClosedException} and {@link ReplicaException}, which says why it was refused: nothing has
 * been changed. {@link io.vsring.ring.OutcomeUnknownException}: that cannot be known. {@link UndecodableException}: it
 * has been changed, but what is returned cannot be read here. They must not be waited for on the ring's own threads;
 * the asynchronous forms do not wait.
 *
 * <p>Keys and values are never null. Two keys that encode alike are one key, and equal keys must encode alike; values
 * are equal if their bytes are. What is decoded is shared by all callers on this member, so it should be immutable.
 *
 * <p>A key or value that this member cannot decode is kept and given on as it is; who reads it gets an
 * {@link UndecodableException} that names it. {@code forEach}, {@code snapshot} and iterators throw it when they come
 * to it, and skip nothing; {@code containsKey}, {@code size} and the keys of {@code asConcurrentMap} do without the
 * value, and a map of the same name with {@link Codec#bytes} reads everything.
 *
 * @param <K> of the keys
 * @param <V> of the values
 */
public final class ReplicatedMap<K, V> {

    private final ReplicaHandle handle;
    private final MapCodecs<K, V> codecs;
    private final @Nullable MapDeclaration declaration;
    private final MapReader<K, V> reader;

    ReplicatedMap(ReplicaHandle handle, MapCodecs<K, V> codecs, @Nullable MapDeclaration declaration) {
        this.handle = handle;
        this.declaration = declaration;
        this.codecs = codecs;
        this.reader = new MapReader<>(handle, codecs);
    }

    MapReader<K, V> reader() {
        return reader;
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
        iterator()
                .forEachRemaining(seen -> taker.accept(codecs.key(seen.key()), codecs.value(seen.key(), seen.entry())));
    }

    Iterator<MapView.Seen> iterator() {
        return handle.here() instanceof MapReplica replica ? replica.iterator() : Collections.emptyIterator();
    }

    MapCodecs<K, V> codecs() {
        return codecs;
    }

    /**
     * All entries as they were at one place of the order. Costs the map little however large it is, and the caller a
     * copy.
     *
     * @return a map that nobody can change; fails with {@link UndecodableException} if a part of it cannot be read
     */
    public CompletableFuture<Map<K, V>> snapshotAsync() {
        return handle.whileNothingChanges(here -> here instanceof MapReplica replica ? replica.view() : null)
                .thenApplyAsync(view -> {
                    Map<K, V> copy = new LinkedHashMap<>();
                    if (view != null) {
                        try {
                            for (MapView.Seen seen : view) {
                                copy.put(codecs.key(seen.key()), codecs.value(seen.key(), seen.entry()));
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
        return handle.await(() -> snapshotAsync());
    }

    /** The value of this key at a place in the order after the beginning of this call; null if there is none. */
    public CompletableFuture<@Nullable V> getOrderedAsync(K key) {
        return handle.read(MapCommand.of(MapCommand.Kind.GET, codecs.encodeKey(key)), MapCommand.Result::read)
                .thenApply(result -> codecs.previous(key, result));
    }

    /** As {@link #getOrderedAsync}, and waits. */
    public @Nullable V getOrdered(K key) {
        return handle.await(() -> getOrderedAsync(key));
    }

    /** How many keys there are at a place in the order after the beginning of this call. */
    public CompletableFuture<Integer> sizeOrderedAsync() {
        return handle.read(MapCommand.of(MapCommand.Kind.SIZE), in -> (int) in.getNumber());
    }

    /** As {@link #sizeOrderedAsync}, and waits. */
    public int sizeOrdered() {
        return handle.await(() -> sizeOrderedAsync());
    }

    // --- changes

    /** Sets the value of this key; gives what it was before, null if there was none. */
    public CompletableFuture<@Nullable V> putAsync(K key, V value) {
        return change(MapCommand.Kind.PUT, key, value).thenApply(result -> codecs.previous(key, result));
    }

    /** As {@link #putAsync}, and waits. */
    public @Nullable V put(K key, V value) {
        return handle.await(() -> putAsync(key, value));
    }

    /** Sets the value of this key if it has none; gives the one it had, null if it had none. */
    public CompletableFuture<@Nullable V> putIfAbsentAsync(K key, V value) {
        return change(MapCommand.Kind.PUT_IF_ABSENT, key, value).thenApply(result -> codecs.previous(key, result));
    }

    /** As {@link #putIfAbsentAsync}, and waits. */
    public @Nullable V putIfAbsent(K key, V value) {
        return handle.await(() -> putIfAbsentAsync(key, value));
    }

    /**
     * As {@link #putAsync(Object, Object)}, and the entry goes by itself when its time is over: for this once instead
     * of the map's own {@link MapLimits#timeToLive}. Who writes it again gives it a new time.
     *
     * @param timeToLive more than zero; in whole milliseconds, rounded up
     */
    public CompletableFuture<@Nullable V> putAsync(K key, V value, Duration timeToLive) {
        return change(MapCommand.Kind.PUT, key, value, timeToLive).thenApply(result -> codecs.previous(key, result));
    }

    /** As {@link #putAsync(Object, Object, Duration)}, and waits. */
    public @Nullable V put(K key, V value, Duration timeToLive) {
        return handle.await(() -> putAsync(key, value, timeToLive));
    }

    /**
     * As {@link #putIfAbsentAsync(Object, Object)}, with a time of its own.
     *
     * @param timeToLive as in {@link #putAsync(Object, Object, Duration)}
     */
    public CompletableFuture<@Nullable V> putIfAbsentAsync(K key, V value, Duration timeToLive) {
        return change(MapCommand.Kind.PUT_IF_ABSENT, key, value, timeToLive)
                .thenApply(result -> codecs.previous(key, result));
    }

    /** As {@link #putIfAbsentAsync(Object, Object, Duration)}, and waits. */
    public @Nullable V putIfAbsent(K key, V value, Duration timeToLive) {
        return handle.await(() -> putIfAbsentAsync(key, value, timeToLive));
    }

    /** Sets the value of this key if it has one; gives the one it had, null if it had none. */
    public CompletableFuture<@Nullable V> replaceAsync(K key, V value) {
        return change(MapCommand.Kind.REPLACE, key, value).thenApply(result -> codecs.previous(key, result));
    }

    /** As {@link #replaceAsync}, and waits. */
    public @Nullable V replace(K key, V value) {
        return handle.await(() -> replaceAsync(key, value));
    }

    /** Sets the value of this key if it is the expected one; gives whether it was. */
    public CompletableFuture<Boolean> replaceAsync(K key, V expected, V value) {
        return call(
                MapCommand.replaceIfEqual(
                        codecs.encodeKey(key), codecs.encodeValue(expected), codecs.encodeValue(value)),
                in -> MapCommand.Result.read(in).done());
    }

    /** As {@link #replaceAsync(Object, Object, Object)}, and waits. */
    public boolean replace(K key, V expected, V value) {
        return handle.await(() -> replaceAsync(key, expected, value));
    }

    /**
     * Sets the value of this key if its version is the expected one; gives whether it was.
     *
     * @param version see {@link Versioned}; 0: if the key has no value
     */
    public CompletableFuture<Boolean> replaceIfVersionAsync(K key, long version, V value) {
        return call(
                MapCommand.replaceIfVersion(codecs.encodeKey(key), version, codecs.encodeValue(value)),
                in -> MapCommand.Result.read(in).done());
    }

    /** As {@link #replaceIfVersionAsync}, and waits. */
    public boolean replaceIfVersion(K key, long version, V value) {
        return handle.await(() -> replaceIfVersionAsync(key, version, value));
    }

    /** Takes this key out; gives the value it had, null if it had none. */
    public CompletableFuture<@Nullable V> removeAsync(K key) {
        return call(MapCommand.of(MapCommand.Kind.REMOVE, codecs.encodeKey(key)), MapCommand.Result::read)
                .thenApply(result -> codecs.previous(key, result));
    }

    /** As {@link #removeAsync}, and waits. */
    public @Nullable V remove(K key) {
        return handle.await(() -> removeAsync(key));
    }

    /** Takes this key out if its value is the expected one; gives whether it was. */
    public CompletableFuture<Boolean> removeAsync(K key, V expected) {
        return change(MapCommand.Kind.REMOVE_IF_EQUAL, key, expected).thenApply(MapCommand.Result::done);
    }

    /** As {@link #removeAsync(Object, Object)}, and waits. */
    public boolean remove(K key, V expected) {
        return handle.await(() -> removeAsync(key, expected));
    }

    /**
     * Takes this key out if its version is the expected one; gives whether it was.
     *
     * @param version see {@link Versioned}
     */
    public CompletableFuture<Boolean> removeIfVersionAsync(K key, long version) {
        return call(
                MapCommand.removeIfVersion(codecs.encodeKey(key), version),
                in -> MapCommand.Result.read(in).done());
    }

    /** As {@link #removeIfVersionAsync}, and waits. */
    public boolean removeIfVersion(K key, long version) {
        return handle.await(() -> removeIfVersionAsync(key, version));
    }

    /** Sets all these at one place in the order: nobody sees a part of them in a snapshot or an ordered read. */
    public CompletableFuture<Void> putAllAsync(Map<? extends K, ? extends V> entries) {
        List<byte[]> keysAndValues = new ArrayList<>(2 * entries.size());
        entries.forEach((key, value) -> {
            keysAndValues.add(codecs.encodeKey(key));
            keysAndValues.add(codecs.encodeValue(value));
        });
        return call(MapCommand.putAll(keysAndValues), in -> null);
    }

    /** As {@link #putAllAsync}, and waits. */
    public void putAll(Map<? extends K, ? extends V> entries) {
        Void unused = handle.await(() -> putAllAsync(entries));
    }

    /** Takes all keys out. */
    public CompletableFuture<Void> clearAsync() {
        return call(MapCommand.of(MapCommand.Kind.CLEAR), in -> null);
    }

    /** As {@link #clearAsync}, and waits. */
    public void clear() {
        Void unused = handle.await(() -> clearAsync());
    }

    /**
     * Does to this key what the operation says, at one place of the order; gives its result.
     *
     * @param operation of {@link ReplicationOptions#mapOperations}; its values must be those of this map
     * @throws IllegalArgumentException if this member lacks its code; nothing has been sent
     */
    public <A, R> CompletableFuture<@Nullable R> executeAsync(K key, MapOperation<V, A, R> operation, A argument) {
        handle.mapOperations().check(operation);
        byte[] encoded = operation.arguments().encode(requireNonNull(argument, "argument"));
        return call(MapCommand.execute(codecs.encodeKey(key), operation, encoded), operation::readResult);
    }

    /** As {@link #executeAsync}, and waits. */
    public <A, R> @Nullable R execute(K key, MapOperation<V, A, R> operation, A argument) {
        return handle.await(() -> executeAsync(key, operation, argument));
    }

    // --- limits

    /** What limits the map has here. */
    public MapLimits limits() {
        MapLimits now = handle.here() instanceof MapReplica replica ? replica.limits() : null;
        return now == null ? MapLimits.NONE : now;
    }

    /**
     * The same map, which is to have these limits: they are set before the first change that is made through what this
     * gives, and again where the map has none. So each member can declare them when it starts. If they declare
     * different ones, the last to start is heard, and told so in {@link ReplicationListener#onWarning}.
     */
    public ReplicatedMap<K, V> withLimits(MapLimits limits) {
        return new ReplicatedMap<>(handle, codecs, new MapDeclaration(requireNonNull(limits, "limits")));
    }

    /**
     * Sets the limits, for all members, at one place of the order. The number of entries is brought down at once; the
     * time to live counts for what is written from then on.
     *
     * <p>Entries expire in the time of the order, which one member measures and tells about ten times a second: some
     * hundred milliseconds too early or too late, in the same place of the order on all members. While there is no
     * primary component it stands still. Entries written at one moment go in the order of their encoded keys.
     */
    public CompletableFuture<Void> setLimitsAsync(MapLimits limits) {
        return handle.call(MapCommand.limit(limits), in -> null);
    }

    /** As {@link #setLimitsAsync}, and waits. */
    public void setLimits(MapLimits limits) {
        Void unused = handle.await(() -> setLimitsAsync(limits));
    }

    // --- listeners

    /**
     * From now on the listener is told, on the delivery thread, what is changed here. It is not told what is there
     * already.
     *
     * <p>Where the map outlives a member ({@link ReplicatedObjects#of}) so does who listens: it may be added before a
     * member runs, and is told what the next one finds different from what the last one showed.
     *
     * @param listener must not wait
     * @return to be closed when it is to hear no more
     */
    public MapListener.Registration addListener(MapListener<? super K, ? super V> listener) {
        return handle.mapListeners().add(name(), told(listener));
    }

    /**
     * As {@link #addListener(MapListener)}, but the listener is called by this executor, one call at a time and in
     * order. It may wait and change the map, and nothing waits for it. Changes that it has not been told yet are kept.
     * When more than 65,536 wait, those of one key become one, from what was there before the first to what is there
     * after the last, and none if that is nothing: so no more wait than the map had entries, and has.
     */
    public MapListener.Registration addListener(MapListener<? super K, ? super V> listener, Executor executor) {
        return handle.mapListeners().add(name(), told(listener), executor);
    }

    @SuppressWarnings("unchecked") // who takes more than K and V takes these, and an event is only read
    private Consumer<MapChange> told(MapListener<? super K, ? super V> listener) {
        MapListener<K, V> typed = (MapListener<K, V>) requireNonNull(listener, "listener");
        return change -> typed.onEvent(new MapEvent<>(codecs, change));
    }

    // --- views

    /**
     * This map as the interface of the JDK, for code that knows only that. It keeps nothing: what is done to the one is
     * done to the other.
     *
     * <p>It reads what is here, and changes the map as this does: in order, waiting, and throwing what the methods here
     * throw. {@code putAll} and {@code clear} are one change each. {@code compute}, {@code computeIfPresent},
     * {@code merge} and {@code replaceAll} are atomic per key: they call the function with what is here, set the
     * outcome if the version is still that one, and begin again if not; the function may so be called more than once. A
     * computation that changes nothing is a read.
     *
     * <p>Iterators are weakly consistent: they show each key that is there all the time once, with a value that it had
     * when they came by, and never throw {@link java.util.ConcurrentModificationException}. When the state of this
     * member is replaced by another one, an iterator goes on over the one in which it began. Removing from a view, and
     * {@code setValue} of an entry, are changes of the map, one by one: {@code keySet().removeAll(many)} is not atomic.
     * For one moment of the whole map see {@link #snapshot}.
     */
    public ConcurrentMap<K, V> asConcurrentMap() {
        return new ConcurrentMapView<>(this);
    }

    private <T> CompletableFuture<T> call(byte[] command, Function<ByteReader, T> answer) {
        if (declaration != null) {
            declaration.say(handle);
        }
        return handle.call(command, answer);
    }

    private CompletableFuture<MapCommand.Result> change(MapCommand.Kind kind, K key, V value) {
        return call(MapCommand.of(kind, codecs.encodeKey(key), codecs.encodeValue(value)), MapCommand.Result::read);
    }

    private CompletableFuture<MapCommand.Result> change(MapCommand.Kind kind, K key, V value, Duration timeToLive) {
        if (timeToLive.isNegative() || timeToLive.isZero()) {
            throw new IllegalArgumentException("the time to live of an entry of the map '" + name() + "' is "
                    + timeToLive + ", and must be more than zero; an entry that is to stay is put without one");
        }
        return call(
                MapCommand.of(kind, codecs.encodeKey(key), codecs.encodeValue(value), MapLimits.millis(timeToLive)),
                MapCommand.Result::read);
    }
}
