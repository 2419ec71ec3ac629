package io.vsring.test.linearizability;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Where the search has been: which operations had got their place, and in which state the object was then (Lowe, 2017).
 *
 * <p>Operations of unknown outcome need not happen. So if the search has been at a place with the same operations that
 * returned and the same state, but fewer of unknown outcome used up, then all that can follow here could follow there.
 * Without this rule each of them would double the work.
 */
final class SearchMemory {

    private static final long[] NOTHING = {};

    /** Of each place the sets of used operations of unknown outcome, one after the other. */
    private final Map<Place, long[]> used = new HashMap<>();

    /** Remembers that the search has been there; says whether that is worth looking at. */
    boolean isNew(LinearizedSet linearized, Object state) {
        Place place = new Place(linearized.fullWords(), linearized.words(), state);
        long[] known = used.get(place);
        long[] open = linearized.open();
        if (known != null && holdsPartOf(known, open)) {
            return false;
        }
        long[] before = known == null ? NOTHING : known;
        long[] after = Arrays.copyOf(before, before.length + open.length);
        System.arraycopy(open, 0, after, before.length, open.length);
        used.put(place, after);
        return true;
    }

    /** Whether one of the known sets is a part of this one, or all of it. */
    private static boolean holdsPartOf(long[] known, long[] open) {
        for (int from = 0; from < known.length; from += open.length) {
            boolean isPart = true;
            for (int word = 0; word < open.length && isPart; word++) {
                isPart = (known[from + word] & ~open[word]) == 0;
            }
            if (isPart) {
                return true;
            }
        }
        return open.length == 0;
    }

    private record Place(int fullWords, long[] words, Object state) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Place place
                    && fullWords == place.fullWords
                    && Arrays.equals(words, place.words)
                    && state.equals(place.state);
        }

        @Override
        public int hashCode() {
            return (31 * fullWords + Arrays.hashCode(words)) * 31 + state.hashCode();
        }
    }
}
