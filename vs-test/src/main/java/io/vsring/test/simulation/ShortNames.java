package io.vsring.test.simulation;

import io.vsring.MemberId;
import io.vsring.MemberSet;
import io.vsring.RingConfiguration;
import io.vsring.RingId;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Names for people: the second incarnation of slot 3 is {@code 3b}, its ring 12 is {@code 3b.12}. */
public final class ShortNames {
    private final Map<MemberId, String> names = new HashMap<>();
    private final Map<Integer, Integer> incarnations = new HashMap<>();

    /** The name of a member, the same each time; the first of a slot has no letter. */
    public String of(MemberId id) {
        String known = names.get(id);
        if (known == null) {
            int before = incarnations.merge(id.id(), 1, Integer::sum) - 1;
            known = id.id() + (before == 0 ? "" : suffix(before));
            names.put(id, known);
        }
        return known;
    }

    private static String suffix(int before) {
        return before < 26 ? String.valueOf((char) ('a' + before)) : "x" + before;
    }

    /** The name of a ring: its representative and its sequence. */
    public String of(RingId id) {
        return of(id.representative()) + "." + id.sequence();
    }

    /** The names of members, in ring order. */
    public String of(MemberSet set) {
        return set.stream().map(this::of).collect(Collectors.joining(" ", "[", "]"));
    }

    /** What a configuration is, with its members. */
    public String of(RingConfiguration configuration) {
        RingId next = configuration.next();
        return next == null
                ? "regular " + of(configuration.ringId()) + " " + of(configuration.members())
                : "transitional " + of(configuration.ringId()) + ">" + of(next) + " " + of(configuration.members());
    }
}
