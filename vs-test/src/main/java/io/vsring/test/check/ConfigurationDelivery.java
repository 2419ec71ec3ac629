package io.vsring.test.check;

import io.vsring.ConfigurationChange;
import io.vsring.MemberId;
import io.vsring.MemberSet;
import io.vsring.RingConfiguration;

/** Configurations have one meaning, follow each other as they should, and come with honest lists: C1 to C9. */
public final class ConfigurationDelivery implements EvsProperty {
    @Override
    public void onInstalled(History history, MemberTrace member, ConfigurationChange change) {
        RingConfiguration before = member.configuration();
        RingConfiguration next = change.configuration();
        if (before == null) {
            first(history, member, next);
        } else if (next.isTransitional()) {
            transitional(history, member, before, change);
        } else {
            regular(history, member, before, change);
        }
    }

    private static void first(History history, MemberTrace member, RingConfiguration next) {
        if (next.isTransitional() || !next.members().equals(MemberSet.of(member.id()))) {
            history.violated("C2", member + " began with " + next + " and not on its own", member);
        }
        sameMembers(history, member, next);
        growing(history, member, next);
    }

    private static void transitional(
            History history, MemberTrace member, RingConfiguration before, ConfigurationChange change) {
        RingConfiguration next = change.configuration();
        if (before.isTransitional() || !before.ringId().equals(next.ringId())) {
            history.violated("C2", member + " installed " + next + " after " + before, member);
        } else if (!before.members().containsAll(next.members())) {
            history.violated(
                    "C3", member + " installed " + next + ", with members that " + before + " has not", member);
        }
        Passage known = history.knownPassage(next);
        if (known != null && !known.members().equals(next.members())) {
            MemberTrace other = known.stays().get(0).member();
            history.violated("C1", member + " installed " + next + ", but " + other + " " + known, member, other);
        }
        lists(history, member, change, MemberSet.of(), before.members().minus(next.members()));
    }

    private static void regular(
            History history, MemberTrace member, RingConfiguration before, ConfigurationChange change) {
        RingConfiguration next = change.configuration();
        if (!before.isTransitional() || !next.ringId().equals(before.next())) {
            history.violated("C2", member + " installed " + next + " after " + before, member);
            return;
        }
        if (!next.members().containsAll(before.members())) {
            history.violated(
                    "C3", member + " installed " + next + " after " + before + ": companions are lost", member);
        }
        sameMembers(history, member, next);
        growing(history, member, next);
        sameWay(history, member, next);
        lists(history, member, change, next.members().minus(before.members()), MemberSet.of());
    }

    private static void sameMembers(History history, MemberTrace member, RingConfiguration next) {
        RingTrace ring = history.ring(next.ringId());
        MemberSet known = ring.members();
        if (known != null && !known.equals(next.members())) {
            MemberTrace other = ring.stays().get(0).member();
            history.violated("C1", member + " installed " + next + ", but " + other + " with " + known, member, other);
        }
        if (ring.stayOf(member) != null) {
            history.violated("C4", member + " installed " + next + " a second time", member);
        }
    }

    private static void growing(History history, MemberTrace member, RingConfiguration next) {
        Stay stay = member.stay();
        long highest = Math.max(
                member.remembered(), stay == null ? 0 : stay.ring().id().sequence());
        if (next.ringId().sequence() <= highest) {
            history.violated("C4", member + " installed " + next + " after ring sequence " + highest, member);
        }
    }

    private static void sameWay(History history, MemberTrace member, RingConfiguration next) {
        Stay mine = member.stay();
        Passage passage = mine == null ? null : mine.passage();
        if (passage == null) {
            return;
        }
        for (Stay arrived : history.ring(next.ringId()).stays()) {
            Stay theirs = arrived.before();
            if (theirs == null || mine == null) {
                continue;
            }
            boolean sameOrigin = theirs.ring() == mine.ring();
            MemberTrace other = arrived.member();
            if (sameOrigin && theirs.passage() != passage) {
                history.violated(
                        "C5",
                        member + " came from ring " + mine.ring() + " to " + next + " by " + passage + ", but " + other
                                + " by " + theirs.passage(),
                        member,
                        other);
            } else if (sameOrigin != passage.members().contains(other.id())) {
                history.violated(
                        "C5",
                        member + " came to " + next + " by " + passage + ", and " + other + " came from ring "
                                + theirs.ring(),
                        member,
                        other);
            }
        }
    }

    private static void lists(
            History history, MemberTrace member, ConfigurationChange change, MemberSet joined, MemberSet left) {
        if (!change.joined().equals(joined) || !change.left().equals(left)) {
            history.violated(
                    "C7",
                    member + " was told with " + change.configuration() + " that " + change.joined() + " joined and "
                            + change.left() + " left, not " + joined + " and " + left,
                    member);
        }
    }

    @Override
    public void onEnd(History history, Ending ending) {
        for (MemberTrace member : history.members()) {
            for (Stay stay : member.stays()) {
                noSkip(history, stay);
            }
            if (ending.isQuiet() && member.isAlive()) {
                nobodyBehind(history, member);
            }
        }
        for (MemberSet component : ending.components()) {
            together(history, component);
        }
    }

    private static void noSkip(History history, Stay stay) {
        Passage passage = stay.passage();
        if (passage == null || !stay.isDone()) {
            return;
        }
        for (MemberId id : passage.members()) {
            MemberTrace other = history.member(id);
            if (other == null || (other.isAlive() && stay.ring().stayOf(other) == null)) {
                history.violated(
                        "C6", stay + " left by " + passage + ", but " + id + " never was there", stay.member());
            }
        }
    }

    private static void nobodyBehind(History history, MemberTrace member) {
        Stay stay = member.stay();
        MemberSet members = stay == null ? null : stay.ring().members();
        if (members == null || stay == null) {
            return;
        }
        for (MemberId id : members) {
            MemberTrace other = history.member(id);
            if (other == null || (other.isAlive() && stay.ring().stayOf(other) == null)) {
                history.violated("C9", stay + " waits for " + id + ", which never came", member);
            }
        }
    }

    private static void together(History history, MemberSet component) {
        for (MemberId id : component) {
            MemberTrace member = history.member(id);
            RingConfiguration last = member == null ? null : member.configuration();
            if (member != null
                    && (last == null || last.isTransitional() || !last.members().equals(component))) {
                history.violated("C8", id + " ended in " + last + ", not with " + component, member);
            }
        }
    }
}
