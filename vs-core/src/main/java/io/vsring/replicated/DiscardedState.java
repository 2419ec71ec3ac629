package io.vsring.replicated;

import io.vsring.MemberId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a member held and the primary component does not hold, as far as one can tell. Nothing of it is merged: whoever
 * misses something may do it again, as a new change.
 *
 * <p>Under safe objects there are no acknowledged changes in it, unless an operator has bootstrapped or two histories
 * have met that were begun apart. Changes under agreed objects may be here although they were acknowledged.
 */
public final class DiscardedState {

    private final Standing.Extent extent;
    private final Shelf objects;
    private final List<Lost> lost;

    DiscardedState(Standing.Extent extent, Shelf objects, List<Lost> lost) {
        this.extent = extent;
        this.objects = objects;
        this.lost = lost;
    }

    /**
     * A command that was delivered while the configuration changed, and is not in what goes on. If a member of the
     * primary component sent it and waits for its answer, it is sent again by itself.
     *
     * @param name of the object
     * @param kind of the object
     * @param client who sent it
     * @param command as it was sent
     */
    public record Lost(String name, String kind, MemberId client, byte[] command) {}

    /** How many commands this state had come from. */
    public long position() {
        return extent.position();
    }

    /** Digest of these commands and of their answers. */
    public long digest() {
        return extent.chain();
    }

    /** The commands that had been delivered and not yet applied. */
    public List<Lost> lost() {
        return lost;
    }

    /**
     * The entries that this map had, in no order; empty if there was no such map, or if nothing but {@link #lost} is
     * lost.
     */
    public <K, V> Map<K, V> map(String name, Codec<K> keys, Codec<V> values) {
        Map<K, V> entries = new LinkedHashMap<>();
        if (replica(name, MapReplica.KIND) instanceof MapReplica map) {
            map.iterator()
                    .forEachRemaining(each -> entries.put(
                            keys.decode(each.key().bytes()), each.entry().decoded(values)));
        }
        return Collections.unmodifiableMap(entries);
    }

    /** The value that this counter had; nothing as for {@link #map}. */
    public OptionalLong counter(String name) {
        return replica(name, CounterReplica.KIND) instanceof CounterReplica counter
                ? OptionalLong.of(counter.value())
                : OptionalLong.empty();
    }

    /** The object of one's own kind as it was; null as for {@link #map}. */
    public @Nullable Replica replica(String name, String kind) {
        return objects.find(Shelf.key(new Command.Creation(name, kind)));
    }
}
