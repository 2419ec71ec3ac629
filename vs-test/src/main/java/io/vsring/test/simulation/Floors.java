package io.vsring.test.simulation;

import io.vsring.protocol.DropReason;
import io.vsring.protocol.GatherReason;
import io.vsring.security.Rejection;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** In how many of a thousand schedules each thing has to happen, or they have shown less than it seems. */
final class Floors {
    /** With fewer schedules chance decides what happens. */
    static final int SCHEDULES_LEAST = 1_000;

    private static final int USUAL = 20;

    /** What happens more seldom: about half of what was measured, or less where chance could miss that. */
    private static final Map<String, Integer> SELDOM = Map.of(
            "OFFER_REFUSED", 10,
            "LEFT_LATE", 5,
            "LAG_BRAKED", 2,
            "OBLIGATION_USED", 1, // in 5.7 of 1,000
            "gathered MEMBER_SLOW", 5,
            "gathered MEMBER_STUCK", 3,
            "dropped DUPLICATE_ID", 8);

    /** What needs members of other versions or sizes, or a liar: tests of the protocol have these. */
    private static final Set<DropReason> NOT_HERE =
            EnumSet.of(DropReason.INCOMPATIBLE_VERSION, DropReason.RING_FULL, DropReason.IMPLAUSIBLE);

    /** In runs with replicated objects: about half of what was measured. */
    private static final Map<String, Integer> OF_OBJECTS =
            Map.of("ALL_LOST_BUT_AN_EARLIER_STATE", 10, "CALL_UNKNOWN", 15);

    /** In runs with keys: about half of what was measured. */
    private static final Map<String, Integer> OF_KEYS = Map.of();

    /**
     * What needs a liar with the key, or more datagrams or larger ones than come here: tests of the envelope have
     * these.
     */
    private static final Set<Rejection> NOT_REJECTED_HERE =
            EnumSet.of(Rejection.BAD_GREETING, Rejection.TOO_LONG, Rejection.NOT_TRIED);

    /** What does not get through an envelope. */
    private static final List<String> KEPT_OUT = List.of("dropped OWN", "refused TOO_SHORT");

    private Floors() {}

    /** What is missing in these schedules, in words; empty if nothing is, or if they are too few to tell. */
    static List<String> missing(Tally tally, Setting setting) {
        List<String> missing = setting.objects() ? missingOfObjects(tally) : missingOfRings(tally, setting);
        if (setting.sealed()) {
            lookFor(namesOfKeys(), OF_KEYS, tally, missing);
        }
        return missing;
    }

    private static List<String> missingOfRings(Tally tally, Setting setting) {
        List<String> missing = new ArrayList<>();
        if (tally.medianEvents() < RunResult.EVENTS_LEAST) {
            missing.add("the median of events is " + tally.medianEvents() + ", not " + RunResult.EVENTS_LEAST);
        }
        List<String> names = names();
        if (setting.sealed()) {
            names.removeAll(KEPT_OUT);
        }
        lookFor(names, SELDOM, tally, missing);
        return missing;
    }

    /** About replicated objects alone. */
    private static List<String> missingOfObjects(Tally tally) {
        List<String> missing = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (Sometimes what : Sometimes.values()) {
            if (what.needsObjects()) {
                names.add(what.name());
            }
        }
        lookFor(names, OF_OBJECTS, tally, missing);
        return missing;
    }

    private static void lookFor(List<String> names, Map<String, Integer> seldom, Tally tally, List<String> missing) {
        int thousands = tally.schedules() / SCHEDULES_LEAST;
        for (String what : names) {
            long runs = tally.coverage().runs(what);
            int floor = thousands * seldom.getOrDefault(what, USUAL);
            if (runs < floor) {
                missing.add(what + " in " + runs + " schedules, not " + floor);
            }
        }
    }

    /** Everything that has a floor. */
    private static List<String> names() {
        List<String> names = new ArrayList<>();
        for (Sometimes what : Sometimes.values()) {
            if (!what.needsObjects() && !what.needsKeys()) {
                names.add(what.name());
            }
        }
        for (GatherReason reason : GatherReason.values()) {
            names.add("gathered " + reason);
        }
        for (DropReason reason : DropReason.values()) {
            if (!NOT_HERE.contains(reason)) {
                names.add("dropped " + reason);
            }
        }
        names.add("refused TOO_SHORT");
        return names;
    }

    /** What has a floor only where members have keys. */
    private static List<String> namesOfKeys() {
        List<String> names = new ArrayList<>();
        for (Sometimes what : Sometimes.values()) {
            if (what.needsKeys()) {
                names.add(what.name());
            }
        }
        for (Rejection reason : Rejection.values()) {
            if (!NOT_REJECTED_HERE.contains(reason)) {
                names.add("rejected " + reason);
            }
        }
        return names;
    }
}
