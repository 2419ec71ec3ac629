package io.vsring.protocol;

import static io.vsring.protocol.Cast.A;
import static io.vsring.protocol.Cast.B;
import static io.vsring.protocol.Cast.C;
import static io.vsring.protocol.Cast.D;
import static io.vsring.protocol.Cast.agreed;
import static io.vsring.protocol.Cast.alone;
import static io.vsring.protocol.Cast.member;
import static io.vsring.protocol.Cast.restarted;
import static io.vsring.protocol.Cast.safe;
import static io.vsring.protocol.Cast.setOf;
import static io.vsring.protocol.OptionsBuilder.options;
import static io.vsring.protocol.ScriptedMember.FOREIGN_NONCE;
import static io.vsring.protocol.ScriptedMember.onRing;
import static io.vsring.protocol.ScriptedMember.started;
import static io.vsring.protocol.TokenBuilder.after;
import static org.assertj.core.api.Assertions.assertThat;

import io.vsring.RingId;
import io.vsring.wire.Join;
import io.vsring.wire.MergeProbe;
import io.vsring.wire.Token;
import org.junit.jupiter.api.Test;

class OperationalTest {

    @Test // [ORD-2] [ORD-7]
    void aCopyOfTheTokenChangesNothingAndItsSenderSeesWhatBecameOfIt() {
        ScriptedMember b = onRing(B, A, B, C);
        Token token = b.token().build();
        b.hears(token).submits();
        Token passed = b.effects.last(Token.class);
        b.effects.clear();

        b.hears(token);

        assertThat(b.effects.drops()).containsExactly(DropReason.DUPLICATE);
        assertThat(b.effects.sentTo(A, Token.class)).containsExactly(passed);
        assertThat(b.effects.sent()).hasSize(1);
        assertThat(b.effects.armed()).isEmpty();
    }

    @Test // [ORD-7]
    void inARingOfTwoACopyIsNotAnsweredByACopy() {
        ScriptedMember b = onRing(B, A, B);
        Token token = b.token().build();
        b.hears(token);
        b.effects.clear();

        b.hears(token);

        assertThat(b.effects.sent()).isEmpty();
    }

    @Test // [ORD-7]
    void whatOurSuccessorMadeOfOurTokenIsASign() {
        ScriptedMember b = onRing(B, A, B, C).tokenComesBack();
        Token passed = b.effects.last(Token.class);
        b.effects.clear();

        b.hears(after(passed, 0, C).build()).fires(Timer.TOKEN_RETRANSMIT);
        assertThat(b.effects.sentTo(C, Token.class)).as("our own token is none").hasSize(1);
        Token next = after(passed, 1, A).build();
        b.hears(next).fires(Timer.TOKEN_RETRANSMIT);

        assertThat(b.effects.sentTo(C, Token.class)).containsExactly(passed, next);
    }

    @Test // [DEV-2]
    void theTokenLeavesBeforeAnythingIsDelivered() {
        ScriptedMember b = onRing(B, A, B, C).submits();
        b.effects.clear();

        b.tokenComesBack();

        assertThat(b.effects.steps()).containsExactly("DataFrame 1", "Token", "deliver 1");
    }

    @Test // [ORD-6]
    void frameAfterFrameIsDeliveredAsSoonAsNoneIsMissing() {
        ScriptedMember b = onRing(B, A, B, C);

        b.hears(agreed(b.ringId(), A, 2));
        assertThat(b.effects.delivered()).isEmpty();
        b.hears(agreed(b.ringId(), A, 1));

        assertThat(b.effects.deliveredSequences()).containsExactly(1L, 2L);
    }

    @Test
    void framesThatWereHereOrAreFarOffAreDropped() {
        ScriptedMember b = onRing(B, A, B, C);

        b.hears(agreed(b.ringId(), A, 1)).hears(agreed(b.ringId(), A, 1));
        b.hears(agreed(b.ringId(), A, 1 << 20));

        assertThat(b.effects.drops()).containsExactly(DropReason.DUPLICATE, DropReason.OUTSIDE_WINDOW);
    }

    @Test // [ORD-7]
    void theTokenIsSentAgainUntilASignShowsThatItArrived() {
        ScriptedMember b = onRing(B, A, B, C).tokenComesBack();
        Token passed = b.effects.last(Token.class);
        b.effects.clear();

        b.fires(Timer.TOKEN_RETRANSMIT).fires(Timer.TOKEN_RETRANSMIT);
        assertThat(b.effects.sentTo(C, Token.class)).containsExactly(passed, passed);

        b.hears(agreed(b.ringId(), C, 1)).fires(Timer.TOKEN_RETRANSMIT);
        assertThat(b.effects.sent(Token.class)).hasSize(2);
    }

    @Test
    void aTokenThatStaysAwayIsALostRing() {
        ScriptedMember b = onRing(B, A, B, C);

        b.fires(Timer.TOKEN_LOSS);

        assertThat(b.effects.gatherReason()).isEqualTo(GatherReason.TOKEN_LOST);
        assertThat(b.effects.last(Join.class).living()).isEqualTo(setOf(A, B, C));
    }

    @Test // [MEM-5]
    void aJoinFromBeforeThisRingDoesNotDisturbIt() {
        ScriptedMember b = onRing(B, A, B, C);

        b.hears(Cast.join(C, b.ringId().sequence() - 1, A, B, C));

        assertThat(b.effects.drops()).containsExactly(DropReason.OLD_NEWS);
        assertThat(b.state()).isEqualTo(StateName.OPERATIONAL);
    }

    @Test // [MEM-5]
    void aCompanionThatKnowsThisRingAndGathersHasGivenItUp() {
        ScriptedMember b = onRing(B, A, B, C);

        b.hears(Cast.join(C, b.ringId().sequence(), A, B, C));

        assertThat(b.effects.gatherReason()).isEqualTo(GatherReason.MEMBER_GATHERS);
    }

    @Test
    void whoCondemnsUsMustDoWithoutUsUntilTheTokenIsLost() {
        ScriptedMember b = onRing(B, A, B, C);

        b.hears(Cast.join(C, b.ringId().sequence(), setOf(B), A, B, C));

        assertThat(b.effects.drops()).containsExactly(DropReason.CONDEMNED_BY_SENDER);
        assertThat(b.state()).isEqualTo(StateName.OPERATIONAL);
    }

    @Test // [MEM-7] [DEV-7]
    void whateverAStrangerSendsOnlyMakesUsProbe() {
        ScriptedMember b = onRing(B, A, B, C);

        b.hears(Cast.join(D, 50, A, B, C, D));
        b.waits(100).hears(agreed(new RingId(D, 50), D, 1), D);
        b.waits(100).hears(new MergeProbe(member(D), alone(D), FOREIGN_NONCE, 0));
        b.waits(100).hears(new MergeProbe(member(D), alone(D), FOREIGN_NONCE, b.nonce() + 1));

        assertThat(b.state()).isEqualTo(StateName.OPERATIONAL);
        assertThat(b.effects.steps()).containsOnly("MergeProbe");
        assertThat(b.effects.sentTo(D, MergeProbe.class)).hasSize(4);
    }

    @Test // [MEM-7]
    void aStrangerThatIsHeardBothWaysIsWorthARing() {
        ScriptedMember b = onRing(B, A, B, C);

        b.meets(D);

        assertThat(b.effects.gatherReason()).isEqualTo(GatherReason.STRANGER_HEARD);
        assertThat(b.effects.last(Join.class).living()).isEqualTo(setOf(A, B, C, D));
    }

    @Test // [MEM-8] [DEV-7]
    void aStrangerWithWhomAMergeFailedIsLeftAloneForAWhile() {
        ScriptedMember b = onRing(B, A, B, C).meets(D);
        b.hears(Cast.join(A, 2, A, B, C)).hears(Cast.join(C, 2, A, B, C));
        b.fires(Timer.CONSENSUS); // D was silent

        b.joins(A, B, C);
        b.hears(new MergeProbe(member(D), alone(D), FOREIGN_NONCE, 0)).hears(Cast.join(D, 9, D));
        assertThat(b.effects.drops()).containsExactly(DropReason.FAILED_MEMBER, DropReason.FAILED_MEMBER);
        assertThat(b.effects.sent()).isEmpty();

        b.waits(200).meets(D);
        assertThat(b.effects.gatherReason()).isEqualTo(GatherReason.STRANGER_HEARD);
    }

    @Test // [MEM-7]
    void aFullRingIsNotGivenUpForAStranger() {
        ScriptedMember b = started(B, options().maxMembers(3).build()).joins(A, B, C);

        b.meets(D);

        assertThat(b.state()).isEqualTo(StateName.OPERATIONAL);
        assertThat(b.effects.drops()).contains(DropReason.RING_FULL);
    }

    @Test // [MEM-13] [DEV-11]
    void aFullRingIsGivenUpForAMemberThatCameBack() {
        ScriptedMember b = started(B, options().maxMembers(3).build()).joins(A, B, C);

        b.meets(restarted(C));

        assertThat(b.effects.gatherReason()).isEqualTo(GatherReason.STRANGER_HEARD);
        assertThat(b.effects.last(Join.class).living()).isEqualTo(setOf(A, B, restarted(C)));
    }

    @Test // [MEM-9] [DEV-8]
    void whoHoldsTheAruDownForTooManyVisitsAndTooLongIsLeftOut() {
        ScriptedMember b = started(B, options().stuckVisits(10).build()).joins(A, B, C);
        b.hears(agreed(b.ringId(), A, 1)).hears(agreed(b.ringId(), A, 2));

        for (int visit = 0; visit <= 16; visit++) {
            assertThat(b.state()).isEqualTo(StateName.OPERATIONAL);
            b.waits(visit == 0 ? 0 : 100)
                    .tokenComesBack(token -> token.sequence(2).aru(1, 2));
        }

        assertThat(b.effects.gatherReason()).isEqualTo(GatherReason.MEMBER_STUCK);
        assertThat(b.effects.expelled()).containsExactly(C);
        assertThat(b.effects.last(Join.class).failed()).isEqualTo(setOf(C));
    }

    @Test // [MEM-9]
    void noApplicationIsToBlameWhileAMemberLacksFrames() {
        ScriptedMember b = onRing(B, A, B, C);
        b.hears(safe(b.ringId(), A, 1));

        for (int visit = 0; visit <= 60; visit++) {
            b.waits(1000)
                    .tokenComesBack(
                            token -> token.sequence(1).aru(0, 2).limit(1, 0).backlog(5));
        }

        assertThat(b.effects.expelled()).isEmpty();
        assertThat(b.state()).isEqualTo(StateName.OPERATIONAL);
    }

    @Test // [MEM-9] [DEV-8]
    void whoseApplicationHoldsTheRingBackForTooLongIsLeftOut() {
        ScriptedMember b = onRing(B, A, B, C);
        b.hears(agreed(b.ringId(), A, 1));

        for (int visit = 0; visit <= 30; visit++) {
            assertThat(b.state()).isEqualTo(StateName.OPERATIONAL);
            b.waits(visit == 0 ? 0 : 1000)
                    .tokenComesBack(token -> token.allHave(1).limit(1, 2).backlog(5));
        }

        assertThat(b.effects.gatherReason()).isEqualTo(GatherReason.MEMBER_SLOW);
        assertThat(b.effects.last(Join.class).failed()).isEqualTo(setOf(C));
    }

    @Test // [MEM-9]
    void nobodyWhomNobodyWaitsForIsSlow() {
        ScriptedMember b = onRing(B, A, B, C);
        b.hears(agreed(b.ringId(), A, 1));

        for (int visit = 0; visit <= 60; visit++) {
            b.waits(1000).tokenComesBack(token -> token.allHave(1).limit(1, 2).backlog(0));
        }

        assertThat(b.state()).isEqualTo(StateName.OPERATIONAL);
    }

    @Test // [MEM-9]
    void nobodyJudgesItself() {
        ScriptedMember b = started(B, options().stuckVisits(10).build()).joins(A, B, C);

        for (int visit = 0; visit <= 50; visit++) {
            b.waits(100).tokenComesBack(token -> token.sequence(2).aru(0, 1));
        }

        assertThat(b.state()).isEqualTo(StateName.OPERATIONAL);
    }

    @Test // [MEM-10]
    void lateFramesOfRingsThatWeOrOurCompanionsWereOnAreNoSignOfAStranger() {
        ScriptedMember b = onRing(B, A, B, C).joins(A, B, C);
        RingId before = new RingId(A, b.ringId().sequence() - 1);

        b.hears(agreed(before, C, 1), C);
        b.hears(agreed(new RingId(C, 1), C, 1), C);
        assertThat(b.effects.drops()).containsExactly(DropReason.STALE_RING, DropReason.STALE_RING);
        assertThat(b.effects.sent()).isEmpty();

        b.hears(agreed(new RingId(D, 1), D, 1), D);
        assertThat(b.effects.sentTo(D, MergeProbe.class)).hasSize(1);
    }

    @Test // [MEM-10]
    void lateFramesOfAMemberThatWasLeftOutAreNoSignOfAStranger() {
        ScriptedMember b = onRing(B, A, B, C, D);
        RingId before = b.ringId();
        b.fires(Timer.TOKEN_LOSS).hears(Cast.join(A, 2, setOf(D), A, B, C, D));
        b.commits(A, B, C).recovers().installs();
        b.effects.clear();

        b.hears(agreed(before, D, 1), D);

        assertThat(b.effects.drops()).containsExactly(DropReason.STALE_RING);
        assertThat(b.effects.sent()).isEmpty();
    }

    @Test // [MEM-11] [DEV-9]
    void nobodyListensWhereTheTokenWentIsReasonToGather() {
        ScriptedMember b = onRing(B, A, B, C).tokenComesBack();

        b.unreachable(A);
        assertThat(b.state()).as("A is not whom we wait for").isEqualTo(StateName.OPERATIONAL);
        b.unreachable(C);

        assertThat(b.effects.gatherReason()).isEqualTo(GatherReason.MEMBER_UNREACHABLE);
    }

    @Test // [MEM-11]
    void whoShowedASignOfLifeIsNotGoneOnHearsay() {
        ScriptedMember b = onRing(B, A, B, C).tokenComesBack();

        b.hears(agreed(b.ringId(), C, 1)).unreachable(C);

        assertThat(b.state()).isEqualTo(StateName.OPERATIONAL);
    }

    @Test
    void whoWasPausedGivesItsRingUpUnlessItWasAlone() {
        ScriptedMember b = onRing(B, A, B, C).pauses();
        ScriptedMember alone = started(A).pauses();

        assertThat(b.effects.gatherReason()).isEqualTo(GatherReason.PAUSED);
        assertThat(alone.state()).isEqualTo(StateName.OPERATIONAL);
    }

    @Test
    void otherRingsAreLookedForAgainAndAgain() {
        ScriptedMember b = started(B).seeks(A, B, D).joins(A, B);

        b.fires(Timer.MERGE).fires(Timer.MERGE);

        assertThat(b.effects.sentTo(D, MergeProbe.class)).hasSize(2);
        assertThat(b.effects.sentTo(A, MergeProbe.class)).isEmpty();
    }

    @Test // [MEM-19]
    void seedsThatChangeAreProbedFromThenOnAndNoRingIsGivenUpForThem() {
        ScriptedMember b = started(B).seeks(D).joins(A, B);
        int told = b.effects.sent().size();

        b.seeks(C);

        assertThat(b.effects.sent()).hasSize(told);
        assertThat(b.state()).isEqualTo(StateName.OPERATIONAL);
        b.fires(Timer.MERGE);
        assertThat(b.effects.sentTo(C, MergeProbe.class)).hasSize(1);
        assertThat(b.effects.sentTo(D, MergeProbe.class)).isEmpty();
    }

    @Test
    void tokensOfOtherRingsAndCommitTokensAreDropped() {
        ScriptedMember b = onRing(B, A, B, C);

        b.hears(TokenBuilder.aToken(alone(B), B, 100).build());
        b.hears(TokenBuilder.aToken(alone(D), B, 100).build());
        b.hears(b.proposal(9, A, B, C));

        assertThat(b.effects.drops())
                .containsExactly(DropReason.STALE_RING, DropReason.FOREIGN_RING, DropReason.WRONG_STATE);
        assertThat(b.effects.sent()).isEmpty();
    }
}
