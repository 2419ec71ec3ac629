package io.vsring.test.check;

import org.jspecify.annotations.Nullable;

/**
 * One member's time in one ring, from the regular configuration to the end of the transitional one that follows.
 *
 * <p>In the regular configuration a member delivers the ring's messages from the first on without gap, so that a count
 * says which; in the transitional one there can be gaps.
 */
public final class Stay {
    private final MemberTrace member;
    private final RingTrace ring;
    private final @Nullable Stay before;
    private int regular;
    private final Ints transitional = new Ints();
    private int firstGap = -1;
    private int last = -1;
    private @Nullable Passage passage;
    private boolean done;

    Stay(MemberTrace member, RingTrace ring, @Nullable Stay before) {
        this.member = member;
        this.ring = ring;
        this.before = before;
    }

    MemberTrace member() {
        return member;
    }

    RingTrace ring() {
        return ring;
    }

    /** The stay of the same member in the ring before; null for its first. */
    @Nullable
    Stay before() {
        return before;
    }

    /** Messages delivered in the regular configuration: those of rank 0 to one less. */
    int regular() {
        return regular;
    }

    /** Ranks delivered in the transitional configuration. */
    Ints transitional() {
        return transitional;
    }

    /** The first rank that was left out while a later one was delivered; -1 if none. */
    int firstGap() {
        return firstGap;
    }

    /** The last rank that was delivered; -1 if none. */
    int last() {
        return last;
    }

    /** Whether the member has delivered the message of this rank. */
    boolean delivered(int rank) {
        return rank < regular || transitional.holdsAscending(rank);
    }

    /** With whom the member left the ring; null as long as it is in the regular configuration. */
    @Nullable
    Passage passage() {
        return passage;
    }

    /** Whether the member has installed the next regular configuration. */
    boolean isDone() {
        return done;
    }

    void deliver(int rank) {
        if (passage == null) {
            regular = rank + 1;
        } else {
            if (firstGap < 0 && rank > last + 1) {
                firstGap = last + 1;
            }
            transitional.add(rank);
        }
        last = rank;
    }

    void leaveWith(Passage companions) {
        passage = companions;
    }

    void finish() {
        done = true;
    }

    @Override
    public String toString() {
        return member + " in ring " + ring;
    }
}
