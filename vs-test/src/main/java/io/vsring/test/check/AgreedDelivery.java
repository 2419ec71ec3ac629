package io.vsring.test.check;

import io.vsring.MemberSet;

/** One order for all, and gaps only where nobody could help it: A1 to A5. */
public final class AgreedDelivery implements EvsProperty {
    @Override
    public void onDelivered(History history, Stay stay, int rank) {
        int expected = stay.last() + 1;
        if (rank < expected) {
            history.violated(
                    "A1",
                    stay + " delivered " + history.describe(stay.ring(), rank) + " after "
                            + history.describe(stay.ring(), stay.last()),
                    stay.member());
        } else if (rank > expected) {
            gap(history, stay, rank);
        }
    }

    private static void gap(History history, Stay stay, int rank) {
        RingTrace ring = stay.ring();
        Passage passage = stay.passage();
        if (passage == null) {
            history.violated(
                    "A2",
                    stay + " delivered " + history.describe(ring, rank) + " without "
                            + history.describe(ring, stay.last() + 1),
                    stay.member());
            return;
        }
        for (int skipped = stay.last() + 1; skipped < rank; skipped++) {
            if (passage.members()
                    .contains(history.members().get(ring.sender(skipped)).id())) {
                history.violated(
                        "A3",
                        stay + " left out " + history.describe(ring, skipped) + ", of a companion in " + passage,
                        stay.member());
            }
        }
    }

    @Override
    public void onEnd(History history, Ending ending) {
        for (MemberTrace member : history.members()) {
            for (Stay stay : member.stays()) {
                Passage passage = stay.passage();
                if (passage != null && stay.firstGap() >= 0) {
                    lostByAll(history, stay, passage);
                    noStrangers(history, stay);
                }
            }
        }
    }

    private static void lostByAll(History history, Stay stay, Passage passage) {
        for (Stay theirs : passage.stays()) {
            for (int rank = stay.firstGap(); theirs != stay && rank < stay.last(); rank++) {
                if (!stay.delivered(rank) && theirs.delivered(rank)) {
                    history.violated(
                            "A4",
                            stay + " left out " + history.describe(stay.ring(), rank) + ", which " + theirs.member()
                                    + " delivered in " + passage,
                            stay.member(),
                            theirs.member());
                }
            }
        }
    }

    private static void noStrangers(History history, Stay stay) {
        MemberSet members = stay.ring().members();
        for (int place = 0; members != null && place < stay.transitional().size(); place++) {
            int rank = stay.transitional().get(place);
            if (rank > stay.firstGap()
                    && !members.contains(
                            history.members().get(stay.ring().sender(rank)).id())) {
                history.violated(
                        "A5", stay + " delivered after a gap " + history.describe(stay.ring(), rank), stay.member());
            }
        }
    }
}
