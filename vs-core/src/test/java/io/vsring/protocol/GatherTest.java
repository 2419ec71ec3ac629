package io.vsring.protocol;

import static io.vsring.protocol.Cast.A;
import static io.vsring.protocol.Cast.B;
import static io.vsring.protocol.Cast.C;
import static io.vsring.protocol.Cast.D;
import static io.vsring.protocol.Cast.E;
import static io.vsring.protocol.Cast.MILLI;
import static io.vsring.protocol.Cast.agreed;
import static io.vsring.protocol.Cast.alone;
import static io.vsring.protocol.Cast.goodbye;
import static io.vsring.protocol.Cast.join;
import static io.vsring.protocol.Cast.member;
import static io.vsring.protocol.Cast.restarted;
import static io.vsring.protocol.Cast.setOf;
import static io.vsring.protocol.OptionsBuilder.options;
import static io.vsring.protocol.ScriptedMember.gathering;
import static io.vsring.protocol.ScriptedMember.onRing;
import static io.vsring.protocol.ScriptedMember.started;
import static org.assertj.core.api.Assertions.assertThat;

import io.vsring.MemberId;
import io.vsring.RingId;
import io.vsring.wire.CommitToken;
import io.vsring.wire.Join;
import io.vsring.wire.MergeProbe;
import io.vsring.wire.Token;
import java.util.List;
import org.junit.jupiter.api.Test;

class GatherTest {

    private static final long SEQUENCE = 2;

    @Test // [MEM-1] [DEV-6]
    void theLowestProposesWhenEverybodyHasNamedTheSameLiving() {
        ScriptedMember a = gathering(A, A, B, C);

        a.hears(join(B, SEQUENCE, A, B, C));
        assertThat(a.state()).isEqualTo(StateName.GATHER);
        a.hears(join(C, SEQUENCE, A, B, C));

        assertThat(a.state()).isEqualTo(StateName.COMMIT);
        assertThat(a.effects.sentTo(B, CommitToken.class)).hasSize(1);
        assertThat(a.effects.last(CommitToken.class).members()).isEqualTo(setOf(A, B, C));
    }

    @Test // [MEM-1]
    void nobodyButTheLowestProposes() {
        ScriptedMember b = gathering(B, A, B, C);

        b.hears(join(A, SEQUENCE, A, B, C)).hears(join(C, SEQUENCE, A, B, C));

        assertThat(b.state()).isEqualTo(StateName.GATHER);
        assertThat(b.effects.sent(CommitToken.class)).isEmpty();
    }

    @Test // [MEM-1]
    void whoNamesSomebodyElseDoesNotAgree() {
        ScriptedMember a = gathering(A, A, B, C);

        a.hears(join(B, SEQUENCE, A, B, C)).hears(join(C, SEQUENCE, A, B, C, D));

        assertThat(a.state()).isEqualTo(StateName.GATHER);
        assertThat(said(a).living()).as("what is new is said at once").isEqualTo(setOf(A, B, C, D));
    }

    @Test // [MEM-1]
    void whoDoesNotNameOneOfUsDoesNotAgreeEither() {
        ScriptedMember a = gathering(A, A, B, C);

        a.hears(join(C, SEQUENCE, A, B, C)).hears(join(B, SEQUENCE, A, B));

        assertThat(a.state()).isEqualTo(StateName.GATHER);
    }

    @Test // [MEM-1] [DEV-6]
    void membersThatKnowOfDifferentDeadAgreeAboutTheLiving() {
        ScriptedMember a = gathering(A, A, B, C);

        a.hears(join(B, SEQUENCE, A, B, C)).hears(join(C, SEQUENCE, setOf(E), A, B, C, E));

        assertThat(a.state()).isEqualTo(StateName.COMMIT);
    }

    @Test // [MEM-7]
    void aStrangerIsACandidateOnlyWhenItIsHeardBothWays() {
        ScriptedMember a = gathering(A, A, B);
        a.hears(join(D, 50, A, B, D));
        assertThat(said(a).living()).isEqualTo(setOf(A, B));
        assertThat(a.effects.sentTo(D, MergeProbe.class)).hasSize(1);

        a.waits(100).meets(D);

        assertThat(said(a).living()).isEqualTo(setOf(A, B, D));
    }

    @Test // [MEM-8]
    void aFailedMergeDoesNotCountWhereThereIsNoRingToProtect() {
        ScriptedMember b = onRing(B, A, B).meets(D).hears(join(A, SEQUENCE, A, B));
        b.fires(Timer.CONSENSUS).joins(A, B); // D is left alone

        b.fires(Timer.TOKEN_LOSS).waits(5).meets(D);

        assertThat(said(b).living()).isEqualTo(setOf(A, B, D));
    }

    @Test // [MEM-9]
    void whoCouldNotKeepUpIsKeptOutOfGatherToo() {
        ScriptedMember b = started(B, options().stuckVisits(2).build()).joins(A, B, C);
        b.hears(agreed(b.ringId(), A, 1)).hears(agreed(b.ringId(), A, 2));
        while (b.state() == StateName.OPERATIONAL) {
            b.waits(500).tokenComesBack(token -> token.sequence(2).aru(1, 2));
        }
        b.hears(join(A, SEQUENCE, setOf(C), A, B, C)).joins(A, B);

        b.hears(join(A, b.ringId().sequence(), A, B)).hears(join(C, 9, A, B, C));

        assertThat(b.effects.drops()).last().isEqualTo(DropReason.FAILED_MEMBER);
        assertThat(said(b).living()).isEqualTo(setOf(A, B));
    }

    @Test // [MEM-9]
    void whoIsKeptOutIsAccusedWhenACompanionNamesIt() {
        ScriptedMember b = started(B, options().stuckVisits(2).build()).joins(A, B, C);
        b.hears(agreed(b.ringId(), A, 1)).hears(agreed(b.ringId(), A, 2));
        while (b.state() == StateName.OPERATIONAL) {
            b.waits(500).tokenComesBack(token -> token.sequence(2).aru(1, 2));
        }
        b.hears(join(A, SEQUENCE, setOf(C), A, B, C)).joins(A, B);

        b.hears(join(A, b.ringId().sequence(), A, B, C)).fires(Timer.JOIN);

        assertThat(said(b).failed()).isEqualTo(setOf(C));
        assertThat(said(b).living()).isEqualTo(setOf(A, B));
    }

    @Test // [MEM-22]
    void whoHasARingAgainWithoutUsIsNotDrawnAwayFromIt() {
        ScriptedMember c = gathering(C, A, B, C);
        MergeProbe probe = new MergeProbe(member(B), alone(B), 77, 0);
        assertThat(c.hears(probe).effects.sentTo(B, MergeProbe.class)).hasSize(1);
        c.waits(60).hears(join(A, SEQUENCE, setOf(C), A, B));

        c.hears(probe);

        assertThat(c.effects.sentTo(B, MergeProbe.class)).hasSize(1);
    }

    @Test // [MEM-11] [DEV-9]
    void whoseHostSaysAgainAndAgainThatNobodyListensIsLeftOut() {
        ScriptedMember a = gathering(A, A, B, C);

        a.unreachable(C).unreachable(C).unreachable(C);
        assertThat(said(a).failed()).as("not in one moment").isEmpty();
        a.waits(60).unreachable(C);

        assertThat(said(a).failed()).isEqualTo(setOf(C));
    }

    @Test // [MEM-11]
    void twiceIsNotAgainAndAgainHoweverLongItTakes() {
        ScriptedMember a = gathering(A, A, B, C);

        a.unreachable(C).waits(600).unreachable(C);

        assertThat(said(a).failed()).isEmpty();
    }

    @Test // [MEM-11]
    void whoSpeaksItselfIsNotGone() {
        ScriptedMember a = gathering(A, A, B, C);

        a.unreachable(C).waits(40).unreachable(C).hears(join(C, SEQUENCE, A, B, C));
        a.waits(40).unreachable(C);

        assertThat(said(a).failed()).isEmpty();
    }

    @Test // [MEM-12] [DEV-10]
    void whoSaysGoodbyeIsWaitedForByNobody() {
        ScriptedMember a = onRing(A, A, B, C);

        a.hears(goodbye(C, SEQUENCE, A, B, C));
        assertThat(a.effects.gatherReason()).isEqualTo(GatherReason.MEMBER_LEAVES);
        a.hears(join(B, SEQUENCE, setOf(C), A, B, C));

        assertThat(a.effects.last(CommitToken.class).members()).isEqualTo(setOf(A, B));
    }

    @Test // [DEV-10]
    void aGoodbyeIsHeardInGatherToo() {
        ScriptedMember a = gathering(A, A, B, C);

        a.hears(goodbye(C, SEQUENCE, A, B, C));

        assertThat(said(a).failed()).isEqualTo(setOf(C));
    }

    @Test // [MEM-13] [DEV-11]
    void anIncarnationThatIsHeardBothWaysShowsThatTheEarlierIsDead() {
        ScriptedMember a = gathering(A, A, B, C);

        a.meets(restarted(B));
        assertThat(a.effects.delayOf(Timer.JOIN)).as("B would answer soon").isLessThan(16 * MILLI);
        a.fires(Timer.JOIN);

        assertThat(said(a).failed()).isEqualTo(setOf(B));
        assertThat(said(a).living()).isEqualTo(setOf(A, restarted(B), C));
    }

    @Test // [MEM-13]
    void ofTwoThatSpeakForOneSlotTheLowerStays() {
        ScriptedMember first = gathering(A, A, B, C).hears(join(B, SEQUENCE, A, B, C));
        ScriptedMember last = gathering(A, A, B, C);

        first.waits(50).meets(restarted(B)).fires(Timer.JOIN);
        last.meets(restarted(B)).waits(5).hears(join(B, SEQUENCE, A, B, C)).fires(Timer.JOIN);

        for (ScriptedMember a : List.of(first, last)) {
            assertThat(said(a).living()).isEqualTo(setOf(A, B, C));
            assertThat(said(a).failed()).isEqualTo(setOf(restarted(B)));
        }
    }

    @Test // [MEM-13]
    void inAFullRingTheRestartedTakesTheRoomOfTheEarlierAtOnce() {
        ScriptedMember a = started(A, options().maxMembers(3).build()).joins(A, B, C);

        a.fires(Timer.TOKEN_LOSS).waits(50).meets(restarted(B));

        assertThat(said(a).living()).isEqualTo(setOf(A, restarted(B), C));
    }

    @Test // [MEM-13]
    void twoOfOneSlotAreNeverAgreedOn() {
        ScriptedMember a = gathering(A, A, B);
        MemberId again = restarted(B);

        a.hears(join(B, SEQUENCE, A, B, again)).hears(join(again, SEQUENCE, A, B, again));

        assertThat(a.state()).isEqualTo(StateName.GATHER);
    }

    @Test // [MEM-14]
    void theTokenOfARingThatWasGivenUpIsNotWorkedOn() {
        ScriptedMember b = onRing(B, A, B, C).submits();
        Token late = b.token().build();
        b.fires(Timer.TOKEN_LOSS);
        b.effects.clear();

        b.hears(late);

        assertThat(b.effects.drops()).containsExactly(DropReason.WRONG_STATE);
        assertThat(b.effects.sent()).isEmpty();
    }

    @Test // [REC-7]
    void framesOfTheOldRingAreKeptButNotDelivered() {
        ScriptedMember b = onRing(B, A, B, C).fires(Timer.TOKEN_LOSS);

        b.hears(agreed(b.ringId(), A, 1));

        assertThat(b.protocol.view().aru()).isEqualTo(1);
        assertThat(b.effects.delivered()).isEmpty();
    }

    @Test // [MEM-7]
    void framesOfUnknownRingsMakeUsProbe() {
        ScriptedMember b = gathering(B, A, B);

        b.hears(agreed(new RingId(D, 3), D, 1), D);

        assertThat(b.effects.sentTo(D, MergeProbe.class)).hasSize(1);
    }

    @Test
    void whatWeThinkIsSaidAgainAndAgainToAllWhoLiveAndMayBeMore() {
        ScriptedMember b = started(B).seeks(D).joins(A, B, C);
        b.fires(Timer.TOKEN_LOSS);
        b.effects.clear();

        b.fires(Timer.JOIN);

        assertThat(b.effects.sentTo(A, Join.class)).hasSize(1);
        assertThat(b.effects.sentTo(C, Join.class)).hasSize(1);
        assertThat(b.effects.sentTo(D, Join.class)).hasSize(1);
        assertThat(b.effects.watched())
                .as("of A and C we want to know whether they are there")
                .isEqualTo(2);
        assertThat(b.effects.delayOf(Timer.JOIN)).isBetween(30 * MILLI, 38 * MILLI);
    }

    @Test
    void newsDoNotPutTheEndOffForEver() {
        ScriptedMember a = gathering(A, A, B, C);
        a.waits(3395);
        a.meets(D);
        assertThat(a.effects.delayOf(Timer.CONSENSUS)).isEqualTo(100 * MILLI);
        a.effects.clear();

        a.waits(200).meets(E);

        assertThat(a.effects.armed()).doesNotContain(Timer.CONSENSUS);
    }

    @Test // [MEM-16] [DEV-14]
    void newsOnTheHeelsOfNewsAreSaidTogetherALittleLater() {
        ScriptedMember a = gathering(A, A, B, C).waits(100).meets(D);
        a.effects.clear();

        a.meets(E);

        assertThat(a.effects.sent(Join.class)).isEmpty();
        assertThat(a.effects.delayOf(Timer.JOIN)).isLessThan(MILLI);
        a.fires(Timer.JOIN);
        assertThat(said(a).living()).isEqualTo(setOf(A, B, C, D, E));
    }

    @Test // [MEM-13]
    void hearsayOfAnIncarnationDoesNotCountWhereAnotherSpeaksToUs() {
        ScriptedMember a = gathering(A, A, B, C).hears(join(B, SEQUENCE, A, B, C));

        a.hears(join(C, SEQUENCE, A, restarted(B), C));

        assertThat(said(a).living()).isEqualTo(setOf(A, B, C));
    }

    @Test // [MEM-13]
    void whoSpeaksToUsCondemnsTheOtherOfItsSlotOfWhichWeOnlyHeard() {
        ScriptedMember a = gathering(A, A, B, C);
        MemberId again = restarted(D);
        a.hears(join(B, SEQUENCE, A, B, C, D, again));
        assertThat(said(a).living()).isEqualTo(setOf(A, B, C, D, again));

        a.waits(10).hears(join(again, SEQUENCE, A, B, C, again));

        assertThat(said(a).living()).isEqualTo(setOf(A, B, C, again));
    }

    @Test // [MEM-6]
    void theRingSequencesOfStrangersAreNotCarriedOn() {
        ScriptedMember a = gathering(A, A, B);

        a.hears(join(E, 1L << 60, E));
        a.hears(join(B, SEQUENCE + 5, A, B));

        assertThat(a.effects.last(CommitToken.class).ringId().sequence()).isEqualTo(SEQUENCE + 6);
    }

    @Test
    void whoWasPausedGivesTheOthersTimeAnew() {
        ScriptedMember a = gathering(A, A, B, C).hears(join(B, SEQUENCE, A, B, C));
        a.waits(600).pauses();

        assertThat(a.effects.delayOf(Timer.CONSENSUS)).isEqualTo(700 * MILLI);
        assertThat(a.state()).isEqualTo(StateName.GATHER);
    }

    private static Join said(ScriptedMember script) {
        assertThat(script.effects.last(Join.class).sender()).isIn(member(A), member(B));
        return script.effects.last(Join.class);
    }
}
