package io.vsring.test.simulation;

import io.vsring.RingId;
import io.vsring.protocol.RingView;
import java.util.ArrayDeque;

/**
 * A4 as seen from inside: who goes from one ring to the next delivers everything of the old one up to the first frame
 * that none of those who go together holds.
 *
 * <p>What members delivered cannot show this: if all of them leave out the same, they agree. So what they hold is
 * looked at at the moment at which one of them installs the next ring, and compared with what its application was told
 * by then.
 */
final class StoreWatch {
    /** What a member owes its application when it is told of this ring. */
    private record Owed(RingId next, long upTo) {}

    private final SimulatedCluster cluster;
    private final ArrayDeque<Owed>[] owed;

    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of deques
    StoreWatch(SimulatedCluster cluster) {
        this.cluster = cluster;
        this.owed = new ArrayDeque[cluster.shape().slots() + 1];
        for (int slot = 1; slot < owed.length; slot++) {
            owed[slot] = new ArrayDeque<>();
        }
    }

    void started(int slot) {
        owed[slot].clear();
    }

    /** A member has gone from a ring, of which it held everything up to there, to the next. */
    void left(SimulatedMember member, RingId old, long aru, RingView next) {
        long upTo = aru;
        for (SimulatedMember other : cluster.living()) {
            RingView theirs = other.protocol().view();
            if (theirs.ringId().equals(old) && next.members().contains(other.id())) {
                upTo = Math.max(upTo, theirs.aru());
            }
        }
        owed[member.slot()].add(new Owed(next.ringId(), upTo));
    }

    /** A member's application has been told of its next ring. */
    void told(SimulatedMember member, RingId ring) {
        ArrayDeque<Owed> mine = owed[member.slot()];
        Owed first = mine.peek();
        if (first == null || !first.next.equals(ring)) {
            return; // its first ring, alone
        }
        mine.remove();
        String missing = member.trace().leftOut(first.upTo);
        if (missing != null) {
            cluster.violated(
                    "A4",
                    member + " went on to ring " + ring + " without " + missing
                            + ", although those who went together held everything up to frame " + first.upTo,
                    member.trace());
        }
    }
}
