package io.vsring.test.hostile;

import io.vsring.test.trace.JsonLine;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a member said of itself at one moment, and what the system said of its process.
 *
 * @param line its own words
 * @param kernelDrops datagrams for which its socket had no room
 */
record MemberSnapshot(JsonLine line, long kernelDrops) {

    long number(String name) {
        return line.number(name);
    }

    boolean isTogetherAndPrimary(int members) {
        return number("members") == members && line.truth("primary");
    }

    /** What must not change unless members want it: configuration, content, and how much has been delivered. */
    String standing() {
        return "ring=" + line.text("ring") + " members=" + number("members") + " primary=" + line.truth("primary")
                + " configurations=" + number("configurations") + " gathers=" + number("gathers") + " digest="
                + number("digest") + " delivered=" + number("delivered");
    }

    /** How many datagrams were rejected since another moment, by reason; reasons that were not are left out. */
    Map<String, Long> rejectedSince(MemberSnapshot before) {
        Map<String, Long> since = rejected();
        before.rejected().forEach((reason, count) -> since.merge(reason, -count, Long::sum));
        since.values().removeIf(count -> count == 0);
        return since;
    }

    private Map<String, Long> rejected() {
        Map<String, Long> counts = new TreeMap<>();
        for (String each : line.texts("rejected")) {
            int equals = each.indexOf('=');
            counts.put(each.substring(0, equals), Long.valueOf(each.substring(equals + 1)));
        }
        return counts;
    }

    /** By how much a counter has grown. */
    long since(MemberSnapshot before, String name) {
        return number(name) - before.number(name);
    }
}
