package io.vsring.test.check;

/** At rest nothing is owed: everything sent on a living ring has been delivered by all of its members (SF5, C8). */
public final class Progress implements EvsProperty {
    @Override
    public void onEnd(History history, Ending ending) {
        if (!ending.isQuiet()) {
            return;
        }
        for (MemberTrace member : history.members()) {
            Stay stay = member.stay();
            if (!member.isAlive() || stay == null) {
                continue;
            }
            if (stay.passage() != null) {
                history.violated("C8", stay + " never came to a next ring", member);
            } else if (stay.regular() < stay.ring().count()) {
                history.violated(
                        "SF5", stay + " still waits for " + history.describe(stay.ring(), stay.regular()), member);
            }
        }
    }
}
