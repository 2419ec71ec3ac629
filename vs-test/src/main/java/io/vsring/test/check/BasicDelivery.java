package io.vsring.test.check;

import io.vsring.ConfigurationChange;
import io.vsring.MemberSet;

/**
 * What is delivered was sent, once, by a member, to the members: B1 to B6.
 *
 * <p>B1 and B3 are judged by {@link History} and {@link MemberTrace}, which could not take such an event in.
 */
public final class BasicDelivery implements EvsProperty {
    @Override
    public void onSent(History history, MemberTrace member, Sending sending) {
        RingTrace ring = sending.ring();
        if (sending.number() < 1 || sending.number() > member.submitted()) {
            history.violated("B1", member + " sent a message " + sending.number() + " that nobody submitted", member);
        } else if (sending.number() <= member.sent()) {
            history.violated("B2", member + " sent its message " + sending.number() + " again", member);
        } else if (sending.number() != member.sent() + 1) {
            history.violated(
                    "B6", member + " sent message " + sending.number() + " right after " + member.sent(), member);
        }
        int count = ring.count();
        if (count > 0 && ring.position(count - 1) >= sending.position()) {
            MemberTrace other = history.members().get(ring.sender(count - 1));
            history.violated(
                    "B5",
                    member + " gave its message " + sending.number() + " the place "
                            + RingTrace.textOf(sending.position()) + " of ring " + ring + " after "
                            + history.describe(ring, count - 1) + " had been sent",
                    member,
                    other);
        }
        MemberSet members = ring.members();
        if (members != null && !members.contains(member.id())) {
            history.violated("B4", member + " sent a message in ring " + ring + " of " + members, member);
        }
    }

    @Override
    public void onDelivered(History history, Stay stay, int rank) {
        RingTrace ring = stay.ring();
        MemberTrace member = stay.member();
        MemberTrace sender = history.members().get(ring.sender(rank));
        MemberSet members = ring.members();
        if (stay.delivered(rank)) {
            history.violated("B2", member + " delivered again " + history.describe(ring, rank), member);
        } else if (members != null && !members.contains(sender.id())) {
            history.violated(
                    "B4", member + " delivered from a stranger " + history.describe(ring, rank), member, sender);
        } else if (ring.number(rank) <= member.lastNumberOf(sender.index())) {
            history.violated(
                    "B6",
                    member + " delivered " + history.describe(ring, rank) + " after message "
                            + member.lastNumberOf(sender.index()) + " of the same sender",
                    member,
                    sender);
        }
    }

    @Override
    public void onInstalled(History history, MemberTrace member, ConfigurationChange change) {
        if (!change.configuration().members().contains(member.id())) {
            history.violated(
                    "B4", member + " installed " + change.configuration() + ", in which it is not itself", member);
        }
    }
}
