package io.vsring.protocol;

import static io.vsring.protocol.Cast.A;
import static io.vsring.protocol.Cast.B;
import static io.vsring.protocol.Cast.C;
import static io.vsring.protocol.Cast.D;
import static io.vsring.protocol.Cast.E;
import static io.vsring.protocol.Cast.join;
import static io.vsring.protocol.Cast.setOf;
import static io.vsring.protocol.ScriptedMember.gathering;
import static io.vsring.protocol.ScriptedMember.onRing;
import static io.vsring.protocol.ScriptedMember.started;
import static org.assertj.core.api.Assertions.assertThat;

import io.vsring.wire.Join;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Members that do not agree on who is in: who goes. */
class DisagreementTest {

    private static final long SEQUENCE = 2;

    @Test // [MEM-2] [DEV-6]
    void theSilentAreLeftOutFirst() {
        ScriptedMember a = gathering(A, A, B, C, D).hears(join(B, SEQUENCE, A, B));

        a.fires(Timer.CONSENSUS);

        assertThat(said(a).failed()).as("B disagrees, but speaks").isEqualTo(setOf(C, D));
        assertThat(a.state()).as("B agrees with what is left").isEqualTo(StateName.COMMIT);
    }

    @Test // [MEM-2] [DEV-6]
    void ifNobodyIsSilentTheLowestWhoDisagreesHasItsWay() {
        ScriptedMember b = started(B).meets(A).meets(C).meets(D);
        b.hears(join(A, SEQUENCE, setOf(D), A, B, C, D));
        b.hears(join(C, SEQUENCE, A, B, C, D));
        b.hears(join(D, SEQUENCE, setOf(A, C), A, B, C, D));

        b.fires(Timer.CONSENSUS);

        assertThat(said(b).failed()).isEqualTo(setOf(D));
    }

    @Test // [MEM-2]
    void aLowerMemberThatDoesNotWantUsHasNoWayForUsToGo() {
        ScriptedMember b = gathering(B, A, B, C);
        b.hears(join(A, SEQUENCE, A, C)).hears(join(C, SEQUENCE, A, B, C));

        b.fires(Timer.CONSENSUS);

        assertThat(said(b).living()).isEqualTo(setOf(B, C));
    }

    @Test // [MEM-2]
    void aHigherMemberThatCouldGiveInHasTimeForItOnce() {
        ScriptedMember a = gathering(A, A, B, C, D).hears(join(C, SEQUENCE, setOf(D), A, B, C));
        a.hears(join(B, SEQUENCE, A, B, D));

        a.fires(Timer.CONSENSUS);
        assertThat(said(a).living()).as("B is about to do the same").isEqualTo(setOf(A, B, C));
        a.hears(join(B, SEQUENCE, A, B, D)).hears(join(C, SEQUENCE, A, B, C)).fires(Timer.CONSENSUS);

        assertThat(said(a).living()).isEqualTo(setOf(A, B));
    }

    @Test // [MEM-2]
    void whoWantsAMemberThatWeLeftOutHasTimeToGiveInAndIsLeftOutThen() {
        ScriptedMember b = gathering(B, A, B, C, D).hears(join(C, SEQUENCE, setOf(D), A, B, C, D));
        b.hears(join(A, SEQUENCE, A, B, C, D));

        b.fires(Timer.CONSENSUS);
        assertThat(said(b).failed()).isEqualTo(setOf(D));
        b.hears(join(C, SEQUENCE, setOf(D), A, B, C)).hears(join(A, SEQUENCE, A, B, C, D));
        b.fires(Timer.CONSENSUS);

        assertThat(said(b).failed()).isEqualTo(setOf(A, D));
    }

    @Test // [MEM-2]
    void ifAllAgreeAndTheProposalIsLateAllSpeakAgain() {
        ScriptedMember b = gathering(B, A, B).hears(join(A, SEQUENCE, A, B));
        b.effects.clear();

        b.fires(Timer.CONSENSUS);
        assertThat(said(b).failed()).isEmpty();
        b.fires(Timer.CONSENSUS);

        assertThat(said(b).failed()).as("and now A was silent").isEqualTo(setOf(A));
    }

    @Test // [MEM-3]
    void whoCondemnsUsIsCondemned() {
        ScriptedMember a = gathering(A, A, B, C);

        a.hears(join(C, SEQUENCE, setOf(A), A, B, C));

        assertThat(said(a).living()).isEqualTo(setOf(A, B));
        a.hears(join(C, SEQUENCE, A, B, C));
        assertThat(a.effects.drops()).last().isEqualTo(DropReason.FAILED_MEMBER);
    }

    @Test // [MEM-3]
    void theOthersAreNotToldToTakeSidesAgainstWhoCondemnedUs() {
        ScriptedMember a = gathering(A, A, B, C);

        a.hears(join(C, SEQUENCE, setOf(A), A, B, C));
        assertThat(said(a).failed()).isEmpty();
        a.hears(join(B, SEQUENCE, setOf(C), A, B, C));

        assertThat(said(a).living()).isEqualTo(setOf(A, B));
    }

    @Test // [MEM-3]
    void ofTwoWhoAccuseEachOtherTheHigherGoesInAnyCase() {
        ScriptedMember c = gathering(C, A, B, C, D);
        ScriptedMember other = gathering(C, A, B, C, D);

        c.hears(join(B, SEQUENCE, setOf(A), A, B, C, D)).hears(join(A, SEQUENCE, setOf(B), A, B, C, D));
        c.fires(Timer.JOIN);
        other.hears(join(A, SEQUENCE, setOf(B), A, B, C, D)).hears(join(B, SEQUENCE, setOf(A), A, B, C, D));

        assertThat(c.effects.last(Join.class).living()).isEqualTo(setOf(C, D));
        assertThat(other.effects.last(Join.class).living()).isEqualTo(setOf(A, C, D));
    }

    @Test // [MEM-3]
    void theWordOfOneWhoAccusesUsTooDoesNotCount() {
        ScriptedMember c = gathering(C, A, B, C, D);

        c.hears(join(B, SEQUENCE, setOf(A), A, B, C, D)).hears(join(A, SEQUENCE, setOf(B, C), A, B, C, D));

        assertThat(c.effects.last(Join.class).living()).isEqualTo(setOf(B, C, D));
    }

    @Test // [MEM-3] [MEM-4]
    void aStrangerIsRightAgainstACompanionOnlyIfMoreComeWithIt() {
        ScriptedMember alone = onRing(C, B, C).meets(A);
        ScriptedMember many = onRing(C, B, C).meets(A).meets(D).meets(E);
        for (ScriptedMember c : List.of(alone, many)) {
            c.hears(join(B, SEQUENCE, setOf(A), B, C)).waits(50);
        }

        alone.hears(join(A, SEQUENCE, setOf(B), A, B, C)).fires(Timer.JOIN);
        many.hears(join(A, SEQUENCE, setOf(B), A, B, C, D, E)).fires(Timer.JOIN);

        assertThat(alone.effects.last(Join.class).living()).isEqualTo(setOf(B, C));
        assertThat(many.effects.last(Join.class).living()).isEqualTo(setOf(C, D, E));
    }

    @Test // [MEM-2]
    void whoWantsMostOfUsHasItsWayAndOfEqualsACompanion() {
        ScriptedMember c = onRing(C, B, C).meets(A).meets(D);
        c.hears(join(A, SEQUENCE, setOf(B), A, B, C, D));
        c.hears(join(B, SEQUENCE, A, B, C, D));
        c.hears(join(D, SEQUENCE, setOf(A, B), A, B, C, D));

        c.fires(Timer.CONSENSUS);

        assertThat(c.effects.last(Join.class).living()).isEqualTo(setOf(A, C, D));
    }

    @Test // [MEM-4]
    void aCompanionCondemnsOthersInOurEyes() {
        ScriptedMember a = gathering(A, A, B, C);

        a.hears(join(B, SEQUENCE, setOf(C), A, B, C));

        assertThat(said(a).failed()).isEqualTo(setOf(C));
    }

    @Test // [MEM-4]
    void aStrangerDoesNot() {
        ScriptedMember a = onRing(A, A, B).meets(D);

        a.hears(join(D, SEQUENCE, setOf(B), A, B, D));

        assertThat(said(a).failed()).isEmpty();
    }

    private static Join said(ScriptedMember script) {
        return script.effects.last(Join.class);
    }
}
