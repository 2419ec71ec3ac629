package io.vsring.test.check;

import io.vsring.ConfigurationChange;

/** What a member sends is delivered to it too: S1; and all that was submitted is sent: S2. */
public final class SelfDelivery implements EvsProperty {
    @Override
    public void onInstalled(History history, MemberTrace member, ConfigurationChange change) {
        Stay stay = member.stay();
        if (stay == null || change.configuration().isTransitional()) {
            return;
        }
        RingTrace ring = stay.ring();
        for (int rank = stay.regular(); rank < ring.count(); rank++) {
            if (ring.sender(rank) == member.index() && !stay.transitional().holdsAscending(rank)) {
                history.violated("S1", stay + " went on without its own " + history.describe(ring, rank), member);
            }
        }
    }

    @Override
    public void onEnd(History history, Ending ending) {
        if (!ending.isQuiet()) {
            return;
        }
        for (MemberTrace member : history.members()) {
            if (member.isAlive() && member.ownDelivered() != member.submitted()) {
                history.violated(
                        "S2",
                        member + " submitted " + member.submitted() + " messages, sent " + member.sent()
                                + " and delivered " + member.ownDelivered(),
                        member);
            }
        }
    }
}
