package io.vsring.test.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** In how many of a thousand schedules each thing has to happen, or they have shown less than it seems. */
final class Floors {
    /** With fewer schedules chance decides what happens. */
    static final int SCHEDULES_LEAST = 1_000;

    private static final int USUAL = 20;

    /** What happens more seldom, and reasons that members count themselves. */
    private static final Map<String, Integer> OTHERS = new TreeMap<>(Map.ofEntries(Map.entry("LEFT_LATE", 1)));

    private Floors() {}

    /** What is missing in these schedules, in words; empty if nothing is, or if they are too few to tell. */
    static List<String> missing(Tally tally) {
        List<String> missing = new ArrayList<>();
        if (tally.medianEvents() < RunResult.EVENTS_LEAST) {
            missing.add("the median of events is " + tally.medianEvents() + ", not " + RunResult.EVENTS_LEAST);
        }
        int thousands = tally.schedules() / SCHEDULES_LEAST;
        for (Sometimes what : Sometimes.values()) {
            require(missing, tally, what.name(), thousands * OTHERS.getOrDefault(what.name(), USUAL));
        }
        OTHERS.forEach((what, floor) -> require(missing, tally, what, thousands * floor));
        return missing;
    }

    private static void require(List<String> missing, Tally tally, String what, int floor) {
        long runs = tally.coverage().runs(what);
        String text = what + " in " + runs + " schedules, not " + floor;
        if (runs < floor && !missing.contains(text)) {
            missing.add(text);
        }
    }
}
