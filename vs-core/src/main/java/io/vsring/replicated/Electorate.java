package io.vsring.replicated;

import io.vsring.MemberId;
import io.vsring.MemberSet;

/**
 * Who decides whether a primary component has a successor: more than half of the voters, or exactly half with the
 * lowest of them (dynamic linear voting; Jajodia and Mutchler, 1990).
 *
 * <p>Who left a component cannot know whether the others took the last step with which somebody became a voter or
 * ceased to be one. Those are {@code doubtful}, and a quorum has to be one whichever way it went. So two members that
 * know different amounts about one component never have two quorums without a common member.
 *
 * @param voters who certainly votes
 * @param doubtful who may or may not vote; none of them is among the voters
 */
record Electorate(MemberSet voters, MemberSet doubtful) {

    static final Electorate NOBODY = new Electorate(MemberSet.of(), MemberSet.of());

    static Electorate of(MemberSet voters) {
        return new Electorate(voters, MemberSet.of());
    }

    /** Whether these members may go on, whoever of the doubtful votes. */
    boolean isQuorum(MemberSet present) {
        // The worst case: the doubtful that are absent vote, those that are present do not.
        MemberSet all = voters.union(doubtful.minus(present));
        int votes = voters.intersect(present).size();
        if (2 * votes != all.size()) {
            return 2 * votes > all.size();
        }
        return !all.isEmpty() && present.contains(all.lowest());
    }

    /** Whether of each voter's slot, doubtful ones included, some incarnation is present. */
    boolean isComplete(MemberSet present) {
        return voters.union(doubtful).stream()
                .allMatch(voter -> present.stream().anyMatch(voter::isSameSlotAs));
    }

    Electorate with(MemberId voter) {
        return new Electorate(voters.plus(voter), doubtful.minus(voter));
    }

    Electorate without(MemberId voter) {
        return new Electorate(voters.minus(voter), doubtful.minus(voter));
    }

    Electorate doubting(MemberId voter) {
        return new Electorate(voters.minus(voter), doubtful.plus(voter));
    }

    /** One that says yes only where both do. */
    Electorate and(Electorate other) {
        MemberSet certain = voters.intersect(other.voters);
        MemberSet anybody = voters.union(doubtful).union(other.voters).union(other.doubtful);
        return new Electorate(certain, anybody.minus(certain));
    }

    @Override
    public String toString() {
        return doubtful.isEmpty() ? voters.toString() : voters + " perhaps " + doubtful;
    }
}
