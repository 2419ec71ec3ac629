package io.vsring.replicated;

import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The listeners of all maps of this member, by the keys of the maps: they outlive the replicas, which others take the
 * place of.
 */
final class MapListenerRegistry implements ReplicationBoard.Onlooker {

    private final ConcurrentHashMap<Long, MapListeners> listeners = new ConcurrentHashMap<>();
    private final BiConsumer<String, @Nullable Throwable> warn;

    /** @param warn is told what listeners throw; callable from any thread */
    MapListenerRegistry(BiConsumer<String, @Nullable Throwable> warn) {
        this.warn = warn;
    }

    /** Those of the map with this key. Any thread. */
    MapListeners of(long key) {
        return listeners.computeIfAbsent(key, unused -> new MapListeners(warn));
    }

    @Override
    public void switched(long key, @Nullable Replica before, @Nullable Replica now) {
        MapReplica former = before instanceof MapReplica map ? map : null;
        if (now instanceof MapReplica map) {
            map.shown(of(key), former);
        } else if (former != null) {
            of(key).tell(() -> MapChange.between(former, null));
        }
    }
}
