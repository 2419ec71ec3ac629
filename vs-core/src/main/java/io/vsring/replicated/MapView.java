package io.vsring.replicated;

import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a map as they were when this was made, while the map goes on.
 *
 * <p>Before an entry is changed, what it was is put aside here. Who reads takes from the map what has not been put
 * aside, and then what has. An entry that was read and changed after that comes twice, the same both times. Costs
 * memory for what changes while it is open, not for what is there.
 */
final class MapView implements Iterable<MapView.Seen> {

    /** An entry of the map. */
    record Seen(Key key, MapEntry entry) {}

    private static final MapEntry ABSENT = new MapEntry(Answer.NOTHING, 0, 0);

    private final Map<Key, MapEntry> entries;
    private final ConcurrentHashMap<Key, MapEntry> aside = new ConcurrentHashMap<>();
    private volatile boolean closed;

    MapView(Map<Key, MapEntry> entries) {
        this.entries = entries;
    }

    /** The entry is about to be changed. Delivery thread. */
    void changes(Key key, @Nullable MapEntry before) {
        if (!closed) {
            aside.putIfAbsent(key, before == null ? ABSENT : before);
        }
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
                    MapEntry entry = next.getValue(); // before the look aside: what is new has been put aside before
                    boolean wanted = inAside ? entry != ABSENT : !aside.containsKey(next.getKey());
                    ahead = wanted ? new Seen(next.getKey(), entry) : null;
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
