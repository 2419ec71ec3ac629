package io.vsring.ring;

import io.vsring.MemberAddress;
import java.util.Map;
import java.util.Set;

/**
 * What is known of where others may be.
 *
 * @param isKnown whether anybody has been able to say so yet
 * @param addresses where they may be, this member not among them
 * @param troubles what went wrong at the last look: a text for each kind of it
 */
record SeedNews(boolean isKnown, Set<MemberAddress> addresses, Map<String, String> troubles) {

    static final SeedNews NONE = new SeedNews(false, Set.of(), Map.of());

    /** For whoever waits for others. */
    @Override
    public String toString() {
        String where = isKnown ? addresses.toString() : "not known yet";
        return troubles.isEmpty() ? where : where + ", " + String.join("; ", troubles.values());
    }
}
