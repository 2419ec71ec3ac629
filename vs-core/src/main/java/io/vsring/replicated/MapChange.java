package io.vsring.replicated;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What has become of a key of a map, encoded: at least one of the entries is there.
 *
 * @param before what was there; null if nothing was
 * @param after what is there; null if nothing is
 */
record MapChange(
        MapEvent.Kind kind,
        Cause cause,
        Key key,
        @Nullable MapEntry before,
        @Nullable MapEntry after) {

    enum Cause {
        APPLIED,
        COMPARISON
    }

    /** The order in which entries were written, whatever order a hash table has. */
    static final Comparator<MapChange> BY_VERSION =
            Comparator.comparingLong(MapChange::version).thenComparing(MapChange::key);

    long version() {
        MapEntry shown = after != null ? after : before;
        return shown == null ? 0 : shown.version();
    }

    /** The differences between two states: first what is not there any more, then what is new, as it was written. */
    static List<MapChange> between(@Nullable MapReplica before, @Nullable MapReplica after) {
        List<MapChange> gone = new ArrayList<>();
        List<MapChange> set = new ArrayList<>();
        if (before != null) {
            for (Iterator<MapView.Seen> each = before.iterator(); each.hasNext(); ) {
                MapView.Seen seen = each.next();
                if (after == null || after.get(seen.key()) == null) {
                    gone.add(new MapChange(MapEvent.Kind.REMOVED, Cause.COMPARISON, seen.key(), seen.entry(), null));
                }
            }
        }
        if (after != null) {
            for (Iterator<MapView.Seen> each = after.iterator(); each.hasNext(); ) {
                MapView.Seen seen = each.next();
                MapEntry old = before == null ? null : before.get(seen.key());
                if (old == null || !isSame(old, seen.entry())) {
                    set.add(new MapChange(kind(old), Cause.COMPARISON, seen.key(), old, seen.entry()));
                }
            }
        }
        gone.sort(BY_VERSION);
        set.sort(BY_VERSION);
        gone.addAll(set);
        return gone;
    }

    /** The same with one change for each key, in the order of the last ones; none for a key that came and went. */
    static List<MapChange> lastOfEachKey(Iterable<MapChange> changes) {
        Map<Key, MapChange> last = new LinkedHashMap<>();
        for (MapChange change : changes) {
            MapChange earlier = last.remove(change.key);
            MapEntry before = earlier == null ? change.before : earlier.before;
            if (before != null || change.after != null) {
                MapEvent.Kind kind = change.after == null ? change.kind : kind(before);
                Cause cause = earlier == null ? change.cause : Cause.COMPARISON;
                last.put(change.key, new MapChange(kind, cause, change.key, before, change.after));
            }
        }
        return List.copyOf(last.values());
    }

    /** All keys are taken out, in the order in which they were written. */
    static List<MapChange> ofClear(MapReplica map) {
        List<MapChange> all = new ArrayList<>(map.size());
        for (Iterator<MapView.Seen> each = map.iterator(); each.hasNext(); ) {
            MapView.Seen seen = each.next();
            all.add(new MapChange(MapEvent.Kind.REMOVED, Cause.APPLIED, seen.key(), seen.entry(), null));
        }
        all.sort(BY_VERSION);
        return all;
    }

    /** Of a key that is set. */
    static MapEvent.Kind kind(@Nullable MapEntry before) {
        return before == null ? MapEvent.Kind.ADDED : MapEvent.Kind.UPDATED;
    }

    private static boolean isSame(MapEntry one, MapEntry other) {
        return one.version() == other.version() && Arrays.equals(one.value(), other.value());
    }
}
