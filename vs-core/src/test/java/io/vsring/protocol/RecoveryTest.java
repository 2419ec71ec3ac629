package io.vsring.protocol;

import static io.vsring.protocol.Cast.A;
import static io.vsring.protocol.Cast.B;
import static io.vsring.protocol.Cast.C;
import static io.vsring.protocol.Cast.D;
import static io.vsring.protocol.Cast.agreed;
import static io.vsring.protocol.Cast.join;
import static io.vsring.protocol.Cast.safe;
import static io.vsring.protocol.Cast.setOf;
import static io.vsring.protocol.ScriptedMember.onRing;
import static org.assertj.core.api.Assertions.assertThat;

import io.vsring.MemberId;
import io.vsring.RingConfiguration;
import io.vsring.RingId;
import io.vsring.wire.CommitToken;
import io.vsring.wire.CommitToken.OldRing;
import io.vsring.wire.DataFrame;
import io.vsring.wire.Join;
import io.vsring.wire.RecoveryBody;
import io.vsring.wire.Token;
import org.junit.jupiter.api.Test;

/** B recovers what it was on, a ring of A, B and C with the sequence 2, on the next one. */
class RecoveryTest {

    private static final RingId OLD_RING = new RingId(A, 2);
    private static final RingId NEW_RING = new RingId(A, 3);

    @Test // [REC-8]
    void framesOfTheOldRingComeByRecoveryOnly() {
        ScriptedMember b = recovering(onRing(B, A, B, C));

        b.hears(agreed(OLD_RING, A, 1));
        assertThat(b.protocol.view().hasReceived(1)).isFalse();
        b.hears(recovered(1, agreed(OLD_RING, A, 1)));

        assertThat(b.protocol.view().hasReceived(1)).isTrue();
        assertThat(b.effects.delivered()).isEmpty();
    }

    @Test // [MEM-9] [DEV-8]
    void whoGetsTokensButNoFramesIsLeftOutOfTheRingThatItKeepsFromRecovering() {
        ScriptedMember b = recovering(owing(3)).turns();

        for (int visit = 0; visit <= 1_100 && b.state() == StateName.RECOVERY; visit++) {
            b.waits(2).tokenComesBack(token -> token.aru(0, 2));
        }

        assertThat(b.effects.expelled()).containsExactly(C);
        assertThat(b.state()).isEqualTo(StateName.GATHER);
        assertThat(b.effects.last(Join.class).failed()).isEqualTo(setOf(C));
    }

    @Test // [REC-2]
    void whatCannotBeTrueOfTheOldRingIsNotRecoveredFrom() {
        ScriptedMember b = onRing(B, A, B, C).gathersWith(A, B, C);
        b.brings(A, new OldRing(OLD_RING, 0, 1L << 40, 0, 0)).commits(A, B, C);

        b.hears(b.secondRotation());

        assertThat(b.effects.drops()).contains(DropReason.IMPLAUSIBLE);
        assertThat(b.state()).isEqualTo(StateName.COMMIT);
    }

    @Test // [REC-9]
    void theRepresentativeMakesTheFirstTokenOnce() {
        ScriptedMember a = onRing(A, A, B, C).gathersWith(A, B, C).recovers();
        CommitToken home = a.backHome();
        a.effects.clear();

        a.hears(home).hears(home);

        assertThat(a.effects.sent(Token.class)).hasSize(1);
        assertThat(a.effects.drops()).containsExactly(DropReason.DUPLICATE);
    }

    @Test // [REC-9]
    void nobodyElseMakesOne() {
        ScriptedMember b = recovering(onRing(B, A, B, C));
        CommitToken home = b.backHome();
        b.effects.clear();

        b.hears(home);

        assertThat(b.effects.sent(Token.class)).isEmpty();
    }

    @Test // [REC-10]
    void whoHasFramesLeftRaisesTheFlagAndTakesItDownItself() {
        ScriptedMember b = recovering(owing(30));

        b.turns();
        assertThat(b.effects.last(Token.class).recovering()).isTrue();
        b.tokenComesBack();

        assertThat(b.effects.last(Token.class).recovering()).isFalse();
        assertThat(b.effects.sent(DataFrame.class)).hasSize(30).allMatch(DataFrame::isRecovery);
    }

    @Test // [REC-10]
    void aFlagThatAnotherRaisedStaysUp() {
        ScriptedMember b = recovering(onRing(B, A, B, C)).turns();

        b.tokenComesBack(TokenBuilder::recovering);

        assertThat(b.effects.last(Token.class).recovering()).isTrue();
    }

    @Test // [REC-10]
    void aFlagThatWasUpWhenWeHadFramesLeftIsNotOursToTakeDown() {
        ScriptedMember b = recovering(owing(30));
        b.hears(TokenBuilder.aToken(NEW_RING, B, 2).recovering().build());

        b.tokenComesBack(TokenBuilder::recovering);

        assertThat(b.effects.last(Token.class).recovering()).isTrue();
    }

    @Test // [REC-11]
    void theFlagMustBeDownForARotationAndTwoTokensMustShowThatAllHaveAll() {
        ScriptedMember b = recovering(onRing(B, A, B, C)).turns();

        b.tokenComesBack().tokenComesBack();
        assertThat(b.state()).isEqualTo(StateName.RECOVERY);
        b.tokenComesBack();

        assertThat(b.state()).isEqualTo(StateName.OPERATIONAL);
    }

    @Test // [REC-11]
    void aFlagThatGoesUpAgainBeginsTheCountAnew() {
        ScriptedMember b =
                recovering(onRing(B, A, B, C)).turns().tokenComesBack().tokenComesBack();

        b.tokenComesBack(TokenBuilder::recovering);
        b.tokenComesBack(TokenBuilder::notRecovering).tokenComesBack().tokenComesBack();
        assertThat(b.state()).isEqualTo(StateName.RECOVERY);
        b.tokenComesBack();

        assertThat(b.state()).isEqualTo(StateName.OPERATIONAL);
    }

    @Test // [REC-11]
    void aRingIsNotInstalledWhileSomebodyLacksARecoveredFrame() {
        ScriptedMember b = recovering(owing(1)).turns();

        for (int rotation = 0; rotation < 10; rotation++) {
            b.tokenComesBack(token -> token.sequence(1).aru(0, 2));
        }
        assertThat(b.state()).isEqualTo(StateName.RECOVERY);
        b.tokenComesBack(token -> token.allHave(1)).tokenComesBack();

        assertThat(b.state()).isEqualTo(StateName.OPERATIONAL);
    }

    @Test // [REC-5]
    void theOldRingsRestTheTransitionalAndTheRegularConfigurationComeTogether() {
        ScriptedMember b = onRing(B, A, B, C);
        b.hears(agreed(OLD_RING, A, 1)).hears(safe(OLD_RING, A, 3)).hears(agreed(OLD_RING, A, 4));
        b.fires(Timer.TOKEN_LOSS).hears(join(A, 2, setOf(C), A, B, C));
        b.hears(b.proposal(3, A, B));
        b.hears(b.secondRotation()).hears(recovered(1, agreed(OLD_RING, A, 2)));
        b.effects.clear();

        b.hears(TokenBuilder.aToken(NEW_RING, B, 2).allHave(1).build());
        b.tokenComesBack().tokenComesBack().tokenComesBack();

        assertThat(b.effects.steps())
                .filteredOn(step -> !step.equals("Token") && !step.startsWith("DataFrame"))
                .containsExactly(
                        "deliver 2", "transitional", "deliver 3", "deliver 4", "regular", "RECOVERY to OPERATIONAL");
        assertThat(b.effects.installed())
                .extracting(change -> change.configuration())
                .containsExactly(
                        RingConfiguration.transitional(OLD_RING, NEW_RING, setOf(A, B)),
                        RingConfiguration.regular(NEW_RING, setOf(A, B)));
        assertThat(b.effects.installed().get(0).left()).isEqualTo(setOf(C));
    }

    @Test // [REC-3] [DEV-12]
    void whatWasRecoveredOutlivesAnAttemptThatFails() {
        ScriptedMember b = recovering(onRing(B, A, B, C)).hears(recovered(1, agreed(OLD_RING, A, 1)));

        b.fires(Timer.TOKEN_LOSS);
        assertThat(b.effects.gatherReason()).isEqualTo(GatherReason.RECOVERY_LOST);
        OldRing share = shareOf(b, again(b));

        assertThat(share).isEqualTo(new OldRing(OLD_RING, 1, 1, 0, 0));
    }

    @Test // [REC-6]
    void whoSaidThatItHasEverythingIsBoundByItInTheNextAttempt() {
        ScriptedMember before = recovering(onRing(B, A, B, C)).turns();
        ScriptedMember after = recovering(onRing(B, A, B, C)).turns().tokenComesBack();

        assertThat(shareOf(before, again(before.fires(Timer.TOKEN_LOSS))).obligations())
                .isZero();
        assertThat(shareOf(after, again(after.fires(Timer.TOKEN_LOSS))).obligations())
                .isEqualTo(0b111);
    }

    @Test // [REC-6]
    void whoLacksSomethingOfTheAttemptIsNotBound() {
        ScriptedMember b = recovering(onRing(B, A, B, C));
        b.hears(TokenBuilder.aToken(NEW_RING, B, 2).sequence(1).aru(0, 1).build());

        b.tokenComesBack(token -> token.requests(1)).tokenComesBack(token -> token.requests(1));

        assertThat(shareOf(b, again(b.fires(Timer.TOKEN_LOSS))).obligations()).isZero();
    }

    /** The next attempt of the same members. */
    private static CommitToken again(ScriptedMember b) {
        long next = b.effects.last(CommitToken.class).ringId().sequence() + 1;
        b.hears(join(A, next, A, B, C)).hears(join(C, next, A, B, C)).hears(b.proposal(next, A, B, C));
        return b.effects.last(CommitToken.class);
    }

    private static OldRing shareOf(ScriptedMember b, CommitToken token) {
        assertThat(b.state()).isEqualTo(StateName.COMMIT);
        return token.entries().get(token.members().indexOf(B)).old();
    }

    @Test // [MEM-15]
    void onlyAJoinThatKnowsTheNewRingIsASignThatItIsGivenUp() {
        ScriptedMember b = recovering(onRing(B, A, B, C));

        b.hears(join(C, 2, A, B, C));
        assertThat(b.state()).isEqualTo(StateName.RECOVERY);
        b.hears(join(C, 3, A, B, C));

        assertThat(b.effects.gatherReason()).isEqualTo(GatherReason.MEMBER_GATHERS);
    }

    @Test
    void whatCannotBeOfARecoveryIsDropped() {
        ScriptedMember b = recovering(onRing(B, A, B, C));
        DataFrame torn = new DataFrame(NEW_RING, A, 1, DataFrame.Kind.RECOVERY, 0, new byte[] {1, 2, 3});

        b.hears(agreed(NEW_RING, A, 1)).hears(torn).hears(torn);
        b.hears(recovered(1 << 20, agreed(OLD_RING, A, 1)));
        b.hears(TokenBuilder.aToken(OLD_RING, B, 99).build());

        assertThat(b.effects.drops())
                .containsExactly(
                        DropReason.IMPLAUSIBLE,
                        DropReason.IMPLAUSIBLE,
                        DropReason.DUPLICATE,
                        DropReason.OUTSIDE_WINDOW,
                        DropReason.WRONG_STATE);
    }

    @Test // [ORD-7]
    void theCommitTokenAndThenTheTokenAreSentAgain() {
        ScriptedMember b = recovering(onRing(B, A, B, C));
        b.fires(Timer.TOKEN_RETRANSMIT);
        assertThat(b.effects.sentTo(C, CommitToken.class)).hasSize(3);

        b.turns().fires(Timer.TOKEN_RETRANSMIT);

        assertThat(b.effects.sentTo(C, Token.class)).hasSize(2);
    }

    @Test // [MEM-18]
    void whoTwiceGaveNoSignOfOurTokenIsLeftOut() {
        ScriptedMember b =
                recovering(onRing(B, A, B, C)).turns().waitsForASign().fires(Timer.TOKEN_LOSS);
        assertThat(b.effects.last(Join.class).failed()).as("once may be chance").isEmpty();

        again(b);
        b.recovers().turns().waitsForASign().fires(Timer.TOKEN_LOSS);

        assertThat(b.effects.last(Join.class).failed()).isEqualTo(setOf(C));
        assertThat(b.effects.expelled()).containsExactly(C);
    }

    @Test // [MEM-18]
    void whoTwiceGaveNoSignIsLeftAloneForATime() {
        ScriptedMember b =
                recovering(onRing(B, A, B, C)).turns().waitsForASign().fires(Timer.TOKEN_LOSS);
        again(b);
        b.recovers().turns().waitsForASign().hears(join(A, 4, A, B, C));

        b.hears(join(A, 4, A, B)).hears(b.proposal(5, A, B)).recovers().installs();
        b.effects.clear();
        b.hears(join(C, 9, A, B, C));

        assertThat(b.effects.drops()).containsExactly(DropReason.FAILED_MEMBER);
    }

    @Test // [MEM-18]
    void aSignClearsOfAnEarlierSuspicion() {
        ScriptedMember b =
                recovering(onRing(B, A, B, C)).turns().waitsForASign().fires(Timer.TOKEN_LOSS);
        again(b);
        b.recovers().turns().tokenComesBack();
        Token passed = b.effects.last(Token.class);
        b.hears(TokenBuilder.after(passed, 1, A).build()).fires(Timer.TOKEN_LOSS);

        again(b);
        b.recovers().turns().waitsForASign().fires(Timer.TOKEN_LOSS);

        assertThat(b.effects.expelled()).isEmpty();
    }

    @Test // [MEM-18]
    void anAttemptThatEndsBeforeASignCouldComeSaysNothing() {
        ScriptedMember b = recovering(onRing(B, A, B, C));
        for (long attempt = 3; attempt < 6; attempt++) {
            b.turns().fires(Timer.TOKEN_RETRANSMIT).fires(Timer.TOKEN_LOSS);
            again(b);
            b.recovers();
        }

        assertThat(b.effects.expelled()).isEmpty();
    }

    @Test // [MEM-18]
    void whoHasNotHeardOfTheTokenItMadeMayBeDeafItselfAndWaitsLonger() {
        ScriptedMember a = onRing(A, A, B, C).gathersWith(A, B, C);
        for (long attempt = 3; attempt < 5; attempt++) {
            a.recovers().turns().waitsForASign().fires(Timer.TOKEN_LOSS);
            assertThat(a.effects.expelled()).as("attempt %s", attempt).isEmpty();
            a.hears(join(B, attempt, A, B, C)).hears(join(C, attempt, A, B, C));
        }

        a.recovers().turns().waitsForASign().fires(Timer.TOKEN_LOSS);

        assertThat(a.effects.expelled()).containsExactly(B);
    }

    @Test // [MEM-18]
    void whoeverSendsTheProposalAgainSeesThatItArrived() {
        ScriptedMember a = onRing(A, A, B, C).gathersWith(A, B, C);
        CommitToken second = a.secondRotation();
        a.hears(second);
        a.effects.clear();

        a.hears(second);

        assertThat(a.effects.sentTo(C, CommitToken.class))
                .extracting(CommitToken::hop)
                .containsExactly(4);
    }

    @Test // [ORD-7]
    void whoGetsATokenAgainShowsWhatBecameOfIt() {
        ScriptedMember b = recovering(onRing(B, A, B, C));
        Token first = TokenBuilder.aToken(NEW_RING, B, 2).build();
        b.hears(first);
        Token passed = b.effects.last(Token.class);
        b.effects.clear();

        b.hears(first);

        assertThat(b.effects.sentTo(A, Token.class)).containsExactly(passed);
        assertThat(b.effects.drops()).containsExactly(DropReason.DUPLICATE);
    }

    @Test // [MEM-11]
    void nobodyListensWhereTheTokenWentIsReasonToGather() {
        ScriptedMember b = recovering(onRing(B, A, B, C)).turns();

        b.unreachable(A);
        assertThat(b.state()).isEqualTo(StateName.RECOVERY);
        b.unreachable(C);

        assertThat(b.effects.gatherReason()).isEqualTo(GatherReason.MEMBER_UNREACHABLE);
    }

    @Test
    void whoWasPausedStartsOver() {
        ScriptedMember b = recovering(onRing(B, A, B, C)).pauses();

        assertThat(b.effects.gatherReason()).isEqualTo(GatherReason.PAUSED);
    }

    @Test // [MEM-8]
    void aStrangerThatDidNotComeAlongIsLeftAlone() {
        ScriptedMember b = onRing(B, A, B, C).meets(D);
        b.hears(join(A, 2, setOf(D), A, B, C, D)).hears(join(C, 2, setOf(D), A, B, C, D));

        b.commits(A, B, C).recovers().installs();
        b.effects.clear();
        b.hears(join(D, 9, A, B, C, D));

        assertThat(b.effects.drops()).containsExactly(DropReason.FAILED_MEMBER);
    }

    private static ScriptedMember recovering(ScriptedMember script) {
        return script.gathersWith(A, B, C).commits(A, B, C).recovers();
    }

    /** B holds so many frames of which A has none. */
    private static ScriptedMember owing(int frames) {
        ScriptedMember b = onRing(B, A, B, C).brings(A, new OldRing(OLD_RING, 0, 0, 0, 0));
        for (long sequence = 1; sequence <= frames; sequence++) {
            b.hears(agreed(OLD_RING, C, sequence));
        }
        return b;
    }

    private static DataFrame recovered(long sequence, DataFrame old) {
        MemberId anybody = A;
        return new DataFrame(NEW_RING, anybody, sequence, DataFrame.Kind.RECOVERY, 0, RecoveryBody.encode(old));
    }
}
