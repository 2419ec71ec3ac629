package io.vsring.replicated;

import io.vsring.ring.Fill;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The listeners of all maps, by the keys of the maps: they outlive the replicas, which others take the place of, and
 * may outlive members.
 */
final class MapListenerRegistry implements ReplicationBoard.Onlooker {

    private final ConcurrentHashMap<Long, MapListeners> listeners = new ConcurrentHashMap<>();
    /** What was shown last by a member that is gone, or is on its way out. */
    private final ConcurrentHashMap<Long, MapReplica> earlier = new ConcurrentHashMap<>();

    private final ConcurrentHashMap<Long, MapReplica> shown = new ConcurrentHashMap<>();
    private volatile BiConsumer<String, @Nullable Throwable> warn = (what, why) -> {};

    /**
     * A member begins to run.
     *
     * @param warning is told what listeners throw; callable from any thread
     */
    void attend(BiConsumer<String, @Nullable Throwable> warning) {
        warn = warning;
        earlier.putAll(shown);
        shown.clear();
    }

    /** How full the fullest queue of a listener with an executor is. Any thread. */
    Fill fill() {
        Fill fullest = new Fill(0, MapListeners.WAITING_MAX);
        for (MapListeners each : listeners.values()) {
            fullest = each.fullest(fullest);
        }
        return fullest;
    }

    /** Those of the map with this key. Any thread. */
    MapListeners of(long key) {
        return listeners.computeIfAbsent(key, unused -> new MapListeners((what, why) -> warn.accept(what, why)));
    }

    @Override
    public void switched(long key, @Nullable Replica before, @Nullable Replica now) {
        MapReplica known = earlier.remove(key);
        MapReplica former = before instanceof MapReplica map ? map : known;
        if (now instanceof MapReplica map) {
            shown.put(key, map);
            map.shown(of(key), former);
        } else if (former != null) {
            shown.remove(key);
            of(key).tell(() -> MapChange.between(former, null));
        }
    }

    @Override
    public void replaced() {
        earlier.forEach((key, former) -> of(key).tell(() -> MapChange.between(former, null)));
        earlier.clear();
    }
}
