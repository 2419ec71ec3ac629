package io.vsring.test.check;

import io.vsring.ConfigurationChange;
import io.vsring.RingConfiguration;

/** Those who go together from one configuration to the next have delivered the same: F1 to F3, virtual synchrony. */
public final class FailureAtomicity implements EvsProperty {
    @Override
    public void onInstalled(History history, MemberTrace member, ConfigurationChange change) {
        Stay mine = member.stay();
        if (mine == null) {
            return;
        }
        RingConfiguration next = change.configuration();
        if (next.isTransitional()) {
            Passage known = history.knownPassage(next);
            if (known != null) {
                sameRegular(history, mine, known.stays().get(0), known);
            }
        } else {
            Passage passage = mine.passage();
            if (passage == null) {
                return;
            }
            for (Stay theirs : passage.stays()) {
                if (theirs.isDone()) {
                    sameTransitional(history, mine, theirs);
                    return;
                }
            }
        }
    }

    private static void sameRegular(History history, Stay mine, Stay theirs, Passage passage) {
        if (mine.regular() != theirs.regular()) {
            int first = Math.min(mine.regular(), theirs.regular());
            history.violated(
                    "F1",
                    mine + " delivered " + mine.regular() + " messages before " + passage + ", but " + theirs.member()
                            + " " + theirs.regular() + "; the first of them: "
                            + history.describe(mine.ring(), first),
                    mine.member(),
                    theirs.member());
        }
    }

    private static void sameTransitional(History history, Stay mine, Stay theirs) {
        if (!mine.transitional().sameAs(theirs.transitional())) {
            history.violated("F2", difference(history, mine, theirs), mine.member(), theirs.member());
        }
    }

    private static String difference(History history, Stay mine, Stay theirs) {
        int at = mine.transitional().firstDifference(theirs.transitional());
        return "in " + mine.passage() + " " + mine.member() + " delivered " + oneOf(history, mine, at) + " where "
                + theirs.member() + " delivered " + oneOf(history, theirs, at);
    }

    private static String oneOf(History history, Stay stay, int at) {
        return at < stay.transitional().size()
                ? history.describe(stay.ring(), stay.transitional().get(at))
                : "nothing more";
    }

    @Override
    public void onEnd(History history, Ending ending) {
        for (MemberTrace member : history.members()) {
            Stay mine = member.stay();
            Passage passage = mine == null ? null : mine.passage();
            if (mine == null || passage == null) {
                continue;
            }
            for (Stay theirs : passage.stays()) {
                int agreed = mine.transitional().firstDifference(theirs.transitional());
                boolean prefix = agreed == mine.transitional().size()
                        || (!theirs.isDone() && agreed == theirs.transitional().size());
                if (!prefix) {
                    history.violated("F3", difference(history, mine, theirs), member, theirs.member());
                }
            }
        }
    }
}
