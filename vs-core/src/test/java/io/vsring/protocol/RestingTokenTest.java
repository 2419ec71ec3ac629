package io.vsring.protocol;

import static io.vsring.protocol.Cast.A;
import static io.vsring.protocol.Cast.B;
import static io.vsring.protocol.Cast.C;
import static io.vsring.protocol.Cast.D;
import static io.vsring.protocol.Cast.MILLI;
import static io.vsring.protocol.Cast.agreed;
import static io.vsring.protocol.ScriptedMember.onRing;
import static org.assertj.core.api.Assertions.assertThat;

import io.vsring.RingId;
import io.vsring.wire.HoldCancel;
import io.vsring.wire.Token;
import org.junit.jupiter.api.Test;

/** The token of a silent ring rests, until somebody asks for it. */
class RestingTokenTest {

    private static final RingId RING_OF_THREE = onRing(A, A, B, C).ringId();

    @Test // [DEV-1]
    void theTokenOfASilentRingIsHeldAndSaysSoBefore() {
        ScriptedMember a = silent();

        assertThat(a.effects.last(Token.class).holding()).isTrue();
        assertThat(a.effects.runs(Timer.TOKEN_LOSS)).isFalse();
        assertThat(a.effects.runs(Timer.TOKEN_RETRANSMIT)).isFalse();
        assertThat(a.effects.delayOf(Timer.TOKEN_HOLD)).isEqualTo(200 * MILLI);
        a.effects.clear();

        a.fires(Timer.TOKEN_HOLD);
        assertThat(a.effects.steps()).containsExactly("Token");
    }

    @Test // [DEV-1]
    void whoeverHasSomethingToSayWakesASilentRing() {
        ScriptedMember itself = silent();
        itself.effects.clear();
        itself.submits();
        assertThat(itself.effects.steps()).containsExactly("DataFrame 1", "Token", "deliver 1");

        ScriptedMember woken = silent();
        woken.effects.clear();
        woken.hears(new HoldCancel(B, woken.ringId()));
        assertThat(woken.effects.steps()).containsExactly("Token");
        assertThat(woken.effects.last(Token.class).holding()).isFalse();
    }

    @Test // [DEV-1]
    void aMemberThatWasToldOfTheHoldAsksForTheTokenOnceAndAllWhereNoneComes() {
        ScriptedMember c = onRing(C, A, B, C).tokenComesBack(TokenBuilder::holding);
        assertThat(c.effects.last(Token.class).holding()).isTrue();
        assertThat(c.effects.delayOf(Timer.TOKEN_RETRANSMIT)).isEqualTo(280 * MILLI);
        c.effects.clear();

        c.submits().submits();
        assertThat(c.effects.sentTo(A, HoldCancel.class)).containsExactly(new HoldCancel(C, c.ringId()));
        assertThat(c.effects.sentTo(B, HoldCancel.class)).isEmpty();
        assertThat(c.effects.delayOf(Timer.TOKEN_RETRANSMIT)).isEqualTo(80 * MILLI);
        c.effects.clear();

        c.fires(Timer.TOKEN_RETRANSMIT).fires(Timer.TOKEN_RETRANSMIT);
        assertThat(c.effects.sentTo(A, HoldCancel.class)).hasSize(1);
        assertThat(c.effects.sentTo(B, HoldCancel.class)).hasSize(1);
        assertThat(c.effects.sentTo(A, Token.class))
                .as("ours may be the lost one")
                .hasSize(2);
    }

    @Test // [DEV-1]
    void aTokenThatRestsIsMissedOnlyAfterItsRestUnlessSomebodyWaitsForItInVain() {
        ScriptedMember b = onRing(B, A, B, C).tokenComesBack(TokenBuilder::holding);
        assertThat(b.effects.delayOf(Timer.TOKEN_RETRANSMIT)).isEqualTo(280 * MILLI);
        b.effects.clear();

        b.hears(new HoldCancel(C, b.ringId()));
        assertThat(b.effects.sentTo(C, Token.class))
                .as("the lost one may be ours")
                .hasSize(1);
        assertThat(b.effects.delayOf(Timer.TOKEN_RETRANSMIT)).isEqualTo(80 * MILLI);
        b.submits();
        assertThat(b.effects.sent(HoldCancel.class)).as("all know").isEmpty();

        b.tokenComesBack().hears(agreed(b.ringId(), C, 2));
        b.tokenComesBack(token -> token.allHave(2).holding()).submits();
        assertThat(b.effects.sentTo(C, HoldCancel.class)).as("another rest").hasSize(1);
    }

    @Test // [DEV-1]
    void whoeverIsToHoldTheTokenAndWaitsForItAsksAllWhereItDoesNotComeBack() {
        ScriptedMember a = announced();
        a.effects.clear();

        a.submits();
        assertThat(a.effects.sent(HoldCancel.class)).as("it comes to us anyway").isEmpty();

        a.fires(Timer.TOKEN_RETRANSMIT);
        assertThat(a.effects.sentTo(B, HoldCancel.class)).hasSize(1);
        assertThat(a.effects.sentTo(C, HoldCancel.class)).hasSize(1);
        assertThat(a.effects.sentTo(A, HoldCancel.class)).isEmpty();
    }

    @Test // [DEV-1]
    void aTokenOnItsWayToItsRestDoesNotRestOnceSomebodyHasAsked() {
        ScriptedMember a = announced();
        a.effects.clear();

        a.hears(new HoldCancel(C, a.ringId()));
        assertThat(a.effects.steps()).as("it may yet come").isEmpty();
        assertThat(a.effects.delayOf(Timer.TOKEN_RETRANSMIT)).isEqualTo(80 * MILLI);

        a.tokenComesBack();
        assertThat(a.effects.runs(Timer.TOKEN_HOLD)).isFalse();
        assertThat(a.effects.last(Token.class).destination()).isEqualTo(B);
    }

    @Test // [DEV-16]
    void aHeldTokenGoesToWhomeverAsksForItAndSaysWhatItSaid() {
        ScriptedMember a = silent();
        Token held = a.token().build();
        a.effects.clear();

        a.hears(new HoldCancel(C, a.ringId()));

        Token handed = a.effects.last(Token.class);
        assertThat(a.effects.sentTo(C, Token.class)).containsExactly(handed);
        assertThat(a.effects.sentTo(B, Token.class)).isEmpty();
        assertThat(handed).isEqualTo(held.handedTo(C));
        assertThat(handed.visit()).isEqualTo(held.visit() + 1);
        assertThat(handed.limit()).as("B was not asked for its room").isEqualTo(held.limit());
        assertThat(handed.nextLimit()).isEqualTo(held.nextLimit());

        a.hears(new HoldCancel(B, a.ringId()));
        assertThat(a.effects.sentTo(B, Token.class)).as("it has gone").isEmpty();
    }

    @Test // [DEV-17]
    void theTokenRestsWithWhomeverSpokeLast() {
        ScriptedMember b = goesToRest(onRing(B, A, B, C).submits());
        assertThat(b.effects.last(Token.class).holding()).isTrue();
        assertThat(b.effects.runs(Timer.TOKEN_HOLD)).isTrue();
        b.effects.clear();

        b.submits();
        assertThat(b.effects.steps()).as("nobody is asked").containsExactly("DataFrame 2", "Token", "deliver 2");

        ScriptedMember a = onRing(A, A, B, C).hears(agreed(RING_OF_THREE, B, 1));
        for (int rotation = 0; rotation < 10; rotation++) {
            a.tokenComesBack(token -> token.allHave(1).holding());
        }
        assertThat(a.effects.runs(Timer.TOKEN_HOLD)).isFalse();
        assertThat(a.effects.last(Token.class).holding()).as("it is told").isTrue();
        a.submits();
        assertThat(a.effects.sentTo(B, HoldCancel.class)).hasSize(1);
        assertThat(a.effects.sentTo(C, HoldCancel.class)).isEmpty();
    }

    @Test // [DEV-17]
    void whoseQuestionWasInVainAsksAllAtOnceTheNextTime() {
        ScriptedMember c = onRing(C, A, B, C).tokenComesBack(TokenBuilder::holding);
        c.submits().fires(Timer.TOKEN_RETRANSMIT).tokenComesBack();
        c.hears(agreed(c.ringId(), A, 2))
                .tokenComesBack(token -> token.allHave(2).holding());
        c.effects.clear();

        c.submits();

        assertThat(c.effects.sentTo(A, HoldCancel.class)).hasSize(1);
        assertThat(c.effects.sentTo(B, HoldCancel.class)).hasSize(1);

        c.fires(Timer.TOKEN_RETRANSMIT).fires(Timer.TOKEN_RETRANSMIT);
        assertThat(c.effects.sentTo(A, HoldCancel.class))
                .as("this may be lost as well")
                .hasSize(2);
    }

    @Test // [DEV-1] [DEV-17]
    void whoIsAskedSendsAgainWhatMayBeLostUnlessTheTokenIsToRestHere() {
        ScriptedMember a = onRing(A, A, B, C).hears(agreed(RING_OF_THREE, B, 1));
        a.tokenComesBack(token -> token.allHave(1).holding());
        a.effects.clear();
        a.hears(new HoldCancel(C, a.ringId()));
        assertThat(a.effects.sentTo(B, Token.class)).hasSize(1);

        ScriptedMember b = onRing(B, A, B, C).submits().tokenComesBack();
        b.tokenComesBack(TokenBuilder::holding);
        b.effects.clear();
        b.hears(new HoldCancel(C, b.ringId()));
        assertThat(b.effects.steps()).isEmpty();
    }

    @Test // [DEV-17]
    void aFrameThatComesLateDoesNotChangeWhoSpokeLast() {
        ScriptedMember a = onRing(A, A, B, C)
                .hears(agreed(RING_OF_THREE, C, 2))
                .hears(agreed(RING_OF_THREE, B, 1))
                .tokenComesBack(token -> token.allHave(2).holding());

        a.submits();

        assertThat(a.effects.sentTo(C, HoldCancel.class)).hasSize(1);
    }

    @Test // [DEV-16] [FLOW-4]
    void whatThoseInBetweenHadRoomForBindsTheNextRotationToo() {
        ScriptedMember b = onRing(B, A, B, C, D).submits();
        for (int rotation = 0; !b.effects.runs(Timer.TOKEN_HOLD) && rotation < 10; rotation++) {
            b.tokenComesBack(token -> token.limit(20, 2).nextLimit(30, 0));
        }
        b.hears(new HoldCancel(D, b.ringId()));

        Token handed = b.effects.last(Token.class);
        assertThat(handed.destination()).isEqualTo(D);
        assertThat(handed.nextLimit()).as("C was not asked for its room").isEqualTo(20);
        assertThat(handed.nextLimitHolder()).isEqualTo(2);
    }

    @Test // [DEV-16]
    void aTokenThatWasHandedOverInVainGoesTheLongWayAndTheNextOnesDoSoAtOnce() {
        ScriptedMember a = silent();
        a.hears(new HoldCancel(C, a.ringId()));
        Token handed = a.effects.last(Token.class);
        a.effects.clear();

        a.fires(Timer.TOKEN_RETRANSMIT);
        assertThat(a.effects.sentTo(C, Token.class)).containsExactly(handed);
        assertThat(a.effects.sentTo(B, Token.class)).containsExactly(handed);

        goesToRest(a.tokenComesBack());
        a.effects.clear();
        a.hears(new HoldCancel(C, a.ringId()));
        assertThat(a.effects.last(Token.class).destination()).isEqualTo(B);
    }

    @Test // [DEV-16]
    void aTokenForSomebodyElseOfWhichOneHasNotHeardIsPassedOnAsItIs() {
        ScriptedMember b = onRing(B, A, B, C, D).tokenComesBack();
        Token newer = TokenBuilder.after(b.effects.last(Token.class), 3, D).build();
        b.effects.clear();

        b.hears(newer);
        assertThat(b.effects.sentTo(C, Token.class)).containsExactly(newer);

        b.tokenComesBack();
        b.effects.clear();
        b.hears(newer);
        assertThat(b.effects.sent(Token.class))
                .as("it has been there long since")
                .isEmpty();
    }

    @Test // [DEV-16] [ORD-7]
    void whoeverWasAskedTooSeesWhatBecameOfTheToken() {
        ScriptedMember c = onRing(C, A, B, C, D).tokenComesBack(TokenBuilder::holding);
        c.submits();
        Token handed = c.token().build();
        c.hears(handed);
        Token passed = c.effects.last(Token.class);
        c.effects.clear();

        c.hears(handed);

        assertThat(c.effects.sentTo(A, Token.class)).containsExactly(passed);
        assertThat(c.effects.sentTo(B, Token.class)).containsExactly(passed);
    }

    @Test // [DEV-17] [ORD-7]
    void whoeverWaitsForTheTokenToRestWithItselfShowsItselfNothing() {
        ScriptedMember a = announced();
        a.submits();
        Token back = a.token().build();
        a.hears(back);
        a.effects.clear();

        a.hears(back);

        assertThat(a.effects.sentTo(C, Token.class)).hasSize(1);
        assertThat(a.effects.sentTo(A, Token.class)).isEmpty();
    }

    @Test // [DEV-16]
    void whoeverIsToGetTheTokenAndIsGoneIsMissedAtOnce() {
        ScriptedMember a = silent();
        a.hears(new HoldCancel(C, a.ringId()));

        a.unreachable(B);
        assertThat(a.protocol.state()).isEqualTo(StateName.OPERATIONAL);
        a.unreachable(C);
        assertThat(a.effects.gatherReason()).isEqualTo(GatherReason.MEMBER_UNREACHABLE);
    }

    @Test // [DEV-16]
    void whoeverHasSomethingToSayItselfVisitsItsTokenFirst() {
        ScriptedMember a = silent();
        a.submits(); // for which an application has no room yet
        for (int rotation = 0; !a.effects.runs(Timer.TOKEN_HOLD) && rotation < 10; rotation++) {
            a.tokenComesBack(token -> token.allHave(1).limit(1, 1).nextLimit(1, 1));
            a.submits();
        }
        a.effects.clear();

        a.hears(new HoldCancel(C, a.ringId()));

        assertThat(a.effects.last(Token.class).destination()).isEqualTo(B);
    }

    @Test
    void nobodyAsksForAMemberThatIsNotOnTheRingNorInTheNameOfOneself() {
        ScriptedMember a = silent();
        a.effects.clear();

        a.hears(new HoldCancel(D, a.ringId())).hears(new HoldCancel(A, a.ringId()));

        assertThat(a.effects.steps()).isEmpty();
        assertThat(a.effects.runs(Timer.TOKEN_HOLD)).isTrue();
    }

    @Test // [DEV-1]
    void theTokenThatIsHeldIsLetGoWhenItIsShownAgain() {
        ScriptedMember a = silent();
        Token held = a.token().build();
        a.effects.clear();

        a.hears(held);

        assertThat(a.effects.steps()).containsExactly("Token");
        assertThat(a.effects.last(Token.class).holding()).isFalse();
    }

    @Test // [DEV-1]
    void whoeverHoldsTheTokenAsksNobodyForIt() {
        ScriptedMember a = silent();
        a.fires(Timer.TOKEN_HOLD).tokenComesBack(TokenBuilder::holding);
        a.fires(Timer.TOKEN_HOLD);

        a.submits();

        assertThat(a.effects.sentTo(A, HoldCancel.class)).isEmpty();
    }

    /** The representative, whose token says that it will be held when it comes back. */
    private static ScriptedMember announced() {
        ScriptedMember a = onRing(A, A, B, C);
        for (int rotation = 0; !a.effects.last(Token.class).holding() && rotation < 10; rotation++) {
            a.tokenComesBack();
        }
        return a;
    }

    private static ScriptedMember silent() {
        return goesToRest(onRing(A, A, B, C));
    }

    private static ScriptedMember goesToRest(ScriptedMember a) {
        for (int rotation = 0; !a.effects.runs(Timer.TOKEN_HOLD) && rotation < 10; rotation++) {
            a.tokenComesBack();
        }
        return a;
    }
}
