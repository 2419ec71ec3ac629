package io.vsring.replicated;

import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a map as they were when this was made, while the map goes on.
 *
 * <p>Before an entry that was there is changed, it is put aside here. Who reads takes from the map what has not been
 * written since, and then what was put aside. An entry that was read and changed after that comes twice, the same both
 * times. Costs memory for what was there and changes while it is open: not for what is there and stays, nor for what
 * comes meanwhile, so never for more entries than there were.
 */
final class MapView implements Iterable<MapView.Seen> {

    /** An entry of the map. */
    record Seen(Key key, MapEntry entry) {}

    private final Map<Key, MapEntry> entries;
    private final long newest;
    private final ConcurrentHashMap<Key, MapEntry> aside = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /**
     * @param newest the version of the entry that was written last; all that are written from now on have later ones
     */
    MapView(Map<Key, MapEntry> entries, long newest) {
        this.entries = entries;
        this.newest = newest;
    }

    /** The entry is about to be changed. Delivery thread. */
    void changes(Key key, @Nullable MapEntry before) {
        if (!closed && before != null && wasThere(before)) {
            aside.put(key, before);
        }
    }

    private boolean wasThere(MapEntry entry) {
        return entry.version() <= newest;
    }

    /** How many have been put aside. Any thread. */
    int aside() {
        return aside.size();
    }

    /** Nobody reads it any more. Any thread. */
    void close() {
        closed = true;
        aside.clear();
    }

    boolean isClosed() {
        return closed;
    }

    /** All entries, some twice. One thread, any. */
    @Override
    public Iterator<Seen> iterator() {
        return new Iterator<>() {
            private Iterator<Map.Entry<Key, MapEntry>> source =
                    entries.entrySet().iterator();
            private boolean inAside;
            private @Nullable Seen ahead;

            @Override
            public boolean hasNext() {
                while (ahead == null) {
                    if (!source.hasNext()) {
                        if (inAside) {
                            return false;
                        }
                        inAside = true;
                        source = aside.entrySet().iterator();
                        continue;
                    }
                    Map.Entry<Key, MapEntry> next = source.next();
                    MapEntry entry = next.getValue();
                    ahead = wasThere(entry) ? new Seen(next.getKey(), entry) : null; // else what it was is aside by now
                }
                return true;
            }

            @Override
            public Seen next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                Seen next = ahead;
                ahead = null;
                if (next == null) {
                    throw new NoSuchElementException();
                }
                return next;
            }
        };
    }
}
