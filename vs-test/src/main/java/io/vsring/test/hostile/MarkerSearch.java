package io.vsring.test.hostile;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Looks for what an application says and stores in what members send to each other. Any thread. */
final class MarkerSearch {

    /** In every name and content that {@link MemberState} makes, before what that is. */
    static final String WORD = "vsMarker";

    private static final List<String> PLACES = List.of("group", "message", "map", "key", "value", "counter", "lock");

    private final Map<String, Integer> found = new TreeMap<>(); // guarded by this
    private int datagrams; // guarded by this

    synchronized void in(Captured heard) {
        datagrams++;
        String text = new String(heard.bytes(), StandardCharsets.ISO_8859_1);
        if (text.contains(WORD)) {
            found.merge("any", 1, Integer::sum);
            for (String place : PLACES) {
                if (text.contains(WORD + "-" + place)) {
                    found.merge(place, 1, Integer::sum);
                }
            }
        }
    }

    synchronized boolean hasFoundNothing() {
        return found.isEmpty() && datagrams > 0;
    }

    synchronized boolean hasFoundAll() {
        return found.keySet().containsAll(PLACES);
    }

    @Override
    public synchronized String toString() {
        return "in " + datagrams + " datagrams: " + found;
    }
}
