package io.vsring.replicated;

import io.vsring.MemberId;
import io.vsring.MemberSet;

/**
 * A primary component from the attempt on: who is ready, when it is established, and who decides on its successor.
 *
 * <p>All members of the configuration see the same steps in the same order, whether they hold the state yet or not.
 * Steps that are delivered in the transitional configuration may have been the last that others took in the regular
 * one, or not; after them it is doubtful who votes. Chockler, Keidar and Vitenberg (2001) call what is kept here the
 * attempts of dynamic voting.
 */
final class Component {

    private final Label label;
    private final int expectedMembers;
    private final Establishment beginning;
    private final MemberSet founders;
    private Electorate electorate;
    private MemberSet ready = MemberSet.of();
    private MemberSet left = MemberSet.of(); // were ready, and vote no more
    private boolean established;

    /**
     * @param voters whose states counted when it was decided to attempt this
     * @param expectedMembers more than half of so many must be ready; 0 if nobody said how many
     * @param beginning with what it begins
     */
    Component(Label label, MemberSet voters, int expectedMembers, Establishment beginning) {
        this.label = label;
        this.founders = voters;
        this.electorate = Electorate.of(voters);
        this.expectedMembers = expectedMembers;
        this.beginning = beginning;
    }

    Label label() {
        return label;
    }

    Establishment beginning() {
        return beginning;
    }

    Electorate electorate() {
        return electorate;
    }

    boolean isEstablished() {
        return established;
    }

    boolean isReady(MemberId member) {
        return ready.contains(member);
    }

    MemberSet ready() {
        return ready;
    }

    /**
     * A member holds the state with which this begins, and all that came since.
     *
     * @param stage where this is delivered
     * @return whether this is the step that establishes the component
     */
    boolean ready(MemberId member, Stage stage) {
        ready = ready.plus(member);
        if (!electorate.voters().contains(member)) {
            electorate = established && stage == Stage.REGULAR ? electorate.with(member) : electorate.doubting(member);
        }
        if (established || !isEnough()) {
            return false;
        }
        established = true;
        if (stage == Stage.REGULAR) {
            for (MemberId joiner : electorate.doubtful()) {
                electorate = electorate.with(joiner);
            }
        }
        return true;
    }

    private boolean isEnough() {
        if (ReplicaMutant.ESTABLISHED_BY_ONE) {
            return true;
        }
        return Electorate.of(founders).isQuorum(ready) && 2 * ready.size() > expectedMembers;
    }

    /**
     * A member that is about to go has seen, in the regular configuration, whether it votes: so it is as it says,
     * wherever this is delivered.
     */
    void gone(MemberId member, Vote vote) {
        if (vote == Vote.GIVEN_BACK) {
            giveBack(member);
        } else if (electorate.doubtful().contains(member)) {
            electorate = electorate.with(member);
        }
    }

    private void giveBack(MemberId member) {
        electorate = electorate.without(member);
        ready = ready.minus(member);
        left = left.plus(member);
    }

    /** What has become of the vote of a member that leaves. */
    enum Vote {
        KEPT,
        GIVEN_BACK
    }

    /** Whether this member votes, as far as this one knows. */
    Vote voteOf(MemberId member) {
        return electorate.voters().contains(member) || electorate.doubtful().contains(member)
                ? Vote.KEPT
                : Vote.GIVEN_BACK;
    }

    /**
     * A member is going to leave in good order, and votes no more if those that are ready are still enough without it.
     *
     * @param stage where this is delivered
     */
    void leaves(MemberId member, Stage stage) {
        if (!established || !electorate.voters().contains(member)) {
            return;
        }
        if (stage == Stage.TRANSITIONAL) {
            electorate = electorate.doubting(member);
            return;
        }
        if (isEnoughWithout(member) || ReplicaMutant.LEAVERS_NOT_REPLACED) {
            giveBack(member);
        }
    }

    private boolean isEnoughWithout(MemberId member) {
        return electorate.without(member).isQuorum(ready.minus(member));
    }

    /**
     * Whether a member that leaves has nothing to wait for: it can give its vote back, or all that are there are ready
     * and waiting changes nothing. Else those that stay cannot go on without it until more of them are.
     *
     * @param members of the configuration
     */
    boolean canGo(MemberId member, MemberSet members) {
        return isEnoughWithout(member) || members.minus(ready).minus(left).isEmpty();
    }
}
