package io.vsring.test.check;

import io.vsring.MemberSet;
import java.util.HashSet;
import java.util.Set;

/**
 * What a history contains, rightly: it shows how much a run has put to the test.
 *
 * @param mergesOfTwo members that came to a ring to which others came from one other ring
 * @param mergesOfMore members that came to a ring to which others came from several other rings
 * @param passagesAlone members that left a ring of several alone
 * @param passagesOfSome members that left a ring with some of the others
 * @param passagesOfAll members that left a ring of several with all others
 * @param deliveredInTransition messages delivered in transitional configurations
 * @param safeInTransition of these, safe ones in transitional configurations of several members
 * @param gaps stays that left a message out and delivered a later one
 */
public record HistoryFacts(
        int mergesOfTwo,
        int mergesOfMore,
        int passagesAlone,
        int passagesOfSome,
        int passagesOfAll,
        int deliveredInTransition,
        int safeInTransition,
        int gaps) {
    /** The facts of this history. */
    public static HistoryFacts of(History history) {
        int[] counts = new int[8];
        for (RingTrace ring : history.rings()) {
            merges(ring, counts);
        }
        for (MemberTrace member : history.members()) {
            for (Stay stay : member.stays()) {
                passage(stay, counts);
            }
        }
        return new HistoryFacts(counts[0], counts[1], counts[2], counts[3], counts[4], counts[5], counts[6], counts[7]);
    }

    private static void merges(RingTrace ring, int[] counts) {
        Set<RingTrace> origins = new HashSet<>();
        for (Stay stay : ring.stays()) {
            Stay before = stay.before();
            if (before != null) {
                origins.add(before.ring());
            }
        }
        if (origins.size() == 2) {
            counts[0]++;
        } else if (origins.size() > 2) {
            counts[1]++;
        }
    }

    private static void passage(Stay stay, int[] counts) {
        Passage passage = stay.passage();
        MemberSet members = stay.ring().members();
        if (passage == null || members == null || members.size() < 2) {
            return;
        }
        int companions = passage.members().size();
        counts[companions == 1 ? 2 : companions < members.size() ? 3 : 4]++;
        counts[5] += stay.transitional().size();
        for (int place = 0; place < stay.transitional().size() && companions > 1; place++) {
            counts[6] += stay.ring().isSafe(stay.transitional().get(place)) ? 1 : 0;
        }
        counts[7] += stay.firstGap() >= 0 ? 1 : 0;
    }
}
