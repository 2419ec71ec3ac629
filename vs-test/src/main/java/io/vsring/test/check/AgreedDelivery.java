package io.vsring.test.check;

/**
 * One order for all, and gaps only where nobody could help it: A1 to A4.
 *
 * <p>Whose messages may be delivered after a gap depends on what failed attempts have bound members to, which no
 * history shows. That they do no harm there is judged by {@link CausalDelivery} and {@link FailureAtomicity}.
 */
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
}
