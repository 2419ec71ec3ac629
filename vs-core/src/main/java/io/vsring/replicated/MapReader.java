package io.vsring.replicated;

import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads a map without encoding its keys each time: remembers which entry a key object led to, and looks again when that
 * entry has left the map. Any thread.
 */
final class MapReader<K, V> {

    static final int REMEMBERED_MIN = 1024;

    /** What was found in one replica; another one has other entries. */
    private record Found<K>(MapReplica replica, ConcurrentHashMap<K, MapEntry> entries) {}

    private final ReplicaHandle handle;
    private final MapCodecs<K, V> codecs;
    private volatile @Nullable Found<K> found;

    MapReader(ReplicaHandle handle, MapCodecs<K, V> codecs) {
        this.handle = handle;
        this.codecs = codecs;
    }

    /** Of how many keys it remembers the entries. */
    int remembered() {
        Found<K> now = found;
        return now == null ? 0 : now.entries.size();
    }

    @Nullable
    V get(K key) {
        MapEntry entry = remembered(key);
        V known = entry == null ? null : entry.decodedHere(codecs.values());
        if (known != null) {
            return known;
        }
        entry = entry(key);
        return entry == null ? null : codecs.valueAt(key, entry);
    }

    ReplicatedMap.@Nullable Versioned<V> getVersioned(K key) {
        MapEntry entry = entry(key);
        return entry == null ? null : new ReplicatedMap.Versioned<>(codecs.valueAt(key, entry), entry.version());
    }

    @Nullable
    MapEntry entry(K key) {
        MapEntry entry = remembered(key);
        return entry != null && !entry.isReplaced() ? entry : look(found, key);
    }

    /** The entry to which this key led before, which may have left the map. */
    private @Nullable MapEntry remembered(K key) {
        Found<K> now = found;
        return now != null && now.replica.isCurrent() ? now.entries.get(key) : null;
    }

    private @Nullable MapEntry look(@Nullable Found<K> before, K key) {
        if (!(handle.here() instanceof MapReplica replica)) {
            return null;
        }
        Found<K> now = before;
        if (now == null || now.replica != replica) {
            now = new Found<>(replica, new ConcurrentHashMap<>());
            found = now;
        }
        MapEntry entry = replica.get(new Key(codecs.encodeKey(key)));
        if (entry == null) {
            now.entries.remove(key);
        } else if (now.entries.size() < 2L * replica.size() + REMEMBERED_MIN) {
            now.entries.put(key, entry);
        } else {
            now.entries.clear(); // keys without a good equals, or many that are gone
        }
        return entry;
    }
}
