package io.vsring.test.check;

/**
 * What a sender had delivered or sent before it sent a message is delivered before that message everywhere: K1.
 *
 * <p>A sender delivers its ring's messages without gap, so one rank says what it had heard. In a regular configuration
 * agreed order implies the claim; only after a gap there is something to judge.
 */
public final class CausalDelivery implements EvsProperty {
    @Override
    public void onDelivered(History history, Stay stay, int rank) {
        RingTrace ring = stay.ring();
        int missing = stay.firstGap() >= 0 ? stay.firstGap() : stay.last() + 1;
        if (missing <= ring.heard(rank)) {
            history.violated(
                    "K1",
                    stay + " delivered " + history.describe(ring, rank) + " without " + history.describe(ring, missing)
                            + ", which its sender had delivered before",
                    stay.member(),
                    history.members().get(ring.sender(rank)));
        }
        if (stay.firstGap() < 0 && rank == stay.last() + 1) {
            return;
        }
        for (int earlier = missing; earlier < rank; earlier++) {
            if (ring.sender(earlier) == ring.sender(rank) && !stay.delivered(earlier)) {
                history.violated(
                        "K1",
                        stay + " delivered " + history.describe(ring, rank) + " without "
                                + history.describe(ring, earlier) + ", which the same member sent before",
                        stay.member(),
                        history.members().get(ring.sender(rank)));
            }
        }
    }
}
