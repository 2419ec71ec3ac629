package io.vsring.test.check;

import io.vsring.MemberId;
import io.vsring.MemberSet;

/**
 * A safe message that one member delivers is delivered by every member of its configuration that lives: SF1 and SF2.
 *
 * <p>SF3, that all of them hold the message already at that moment, needs to see the network; the simulator judges it.
 * SF4 is part of {@link AgreedDelivery}; SF5, that safe messages do not wait for ever, of {@link SelfDelivery} and
 * {@link Progress}.
 */
public final class SafeDelivery implements EvsProperty {
    @Override
    public void onEnd(History history, Ending ending) {
        for (RingTrace ring : history.rings()) {
            for (Stay stay : ring.stays()) {
                regular(history, stay);
                transitional(history, stay);
            }
        }
    }

    private static void regular(History history, Stay stay) {
        RingTrace ring = stay.ring();
        int last = stay.regular() - 1;
        while (last >= 0 && !ring.isSafe(last)) {
            last--;
        }
        MemberSet members = ring.members();
        if (last < 0 || members == null) {
            return;
        }
        for (MemberId id : members) {
            everyoneHas(history, "SF1", stay, last, id);
        }
    }

    private static void transitional(History history, Stay stay) {
        Passage passage = stay.passage();
        if (passage == null) {
            return;
        }
        for (int place = 0; place < stay.transitional().size(); place++) {
            int rank = stay.transitional().get(place);
            if (stay.ring().isSafe(rank)) {
                for (MemberId id : passage.members()) {
                    everyoneHas(history, "SF2", stay, rank, id);
                }
            }
        }
    }

    private static void everyoneHas(History history, String predicate, Stay stay, int rank, MemberId id) {
        MemberTrace other = history.member(id);
        Stay theirs = other == null ? null : stay.ring().stayOf(other);
        if (other != null && !other.isAlive() && (theirs == null || !theirs.isDone())) {
            return;
        }
        if (theirs == null) {
            history.violated(predicate, claim(history, stay, rank) + ", but " + id + " never was there", stay.member());
        } else if (theirs.isDone()) {
            int from = rank < stay.regular() ? theirs.regular() : rank;
            for (int safe = from; safe <= rank; safe++) {
                if (stay.ring().isSafe(safe) && !theirs.delivered(safe)) {
                    history.violated(
                            predicate,
                            claim(history, stay, safe) + ", but " + id + " never did",
                            stay.member(),
                            theirs.member());
                }
            }
        }
    }

    private static String claim(History history, Stay stay, int rank) {
        return stay + " delivered " + history.describe(stay.ring(), rank) + " in "
                + (rank < stay.regular() ? "the regular configuration" : stay.passage());
    }
}
