package io.vsring.replicated;

import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which entries of a map go by themselves, and in which order: when their time is over, or when there are too many.
 * Each change costs the logarithm of the number of those that may go; entries that stay cost nothing. Delivery thread
 * only.
 */
final class MapDepartures {

    /** Whose turn is when; of two at once the lower key goes first. */
    private record Place(long at, Key key) implements Comparable<Place> {

        @Override
        public int compareTo(Place other) {
            int order = Long.compare(at, other.at);
            return order == 0 ? key.compareTo(other.key) : order;
        }
    }

    private final TreeSet<Place> expiring = new TreeSet<>();
    private final TreeSet<Place> written = new TreeSet<>();
    private boolean counts;

    /** From now on it is known who was written longest ago; those that are there already are {@link #added} next. */
    void count() {
        counts = true;
    }

    /** Any number of entries may be there. */
    void stopCounting() {
        counts = false;
        written.clear();
    }

    boolean isCounting() {
        return counts;
    }

    void added(Key key, MapEntry entry) {
        if (entry.expires()) {
            expiring.add(new Place(entry.expiresMillis(), key));
        }
        if (counts) {
            written.add(new Place(entry.version(), key));
        }
    }

    void removed(Key key, MapEntry entry) {
        if (entry.expires()) {
            expiring.remove(new Place(entry.expiresMillis(), key));
        }
        if (counts) {
            written.remove(new Place(entry.version(), key));
        }
    }

    void clear() {
        expiring.clear();
        written.clear();
    }

    /** Whether somebody goes when time passes. */
    boolean waitsForTime() {
        return !expiring.isEmpty();
    }

    /** Whose time was over first; null if nobody's is by now. */
    @Nullable
    Key expired(long millis) {
        return !expiring.isEmpty() && expiring.first().at <= millis ? expiring.first().key : null;
    }

    /** Who was written longest ago. */
    Key oldest() {
        return written.first().key;
    }
}
