package io.vsring.protocol;

import static io.vsring.protocol.Cast.A;
import static io.vsring.protocol.Cast.B;
import static io.vsring.protocol.Cast.C;
import static io.vsring.protocol.Cast.RING;
import static io.vsring.protocol.OptionsBuilder.options;
import static io.vsring.protocol.RingBuilder.aRingOf;
import static io.vsring.protocol.TokenBuilder.aToken;
import static org.assertj.core.api.Assertions.assertThat;

import io.vsring.MemberId;
import io.vsring.wire.DataFrame;
import io.vsring.wire.Token;
import io.vsring.wire.WireFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TokenVisitTest {

    private static final long ROOM = 4096;

    private final RecordedEffects effects = new RecordedEffects();
    private final ProtocolOptions options = options().build();
    private final LocalMember local = new LocalMember(Cast.member(B), options, effects, 1, 42);

    @Test // [ORD-3]
    void repairsComeBeforeNewFramesAndStrikeTheRequest() {
        OrderedRing ring = aRingOf(A, B, C).as(B).holding(1, 2, 3, 4, 5, 6, 7).build();
        DataFrame asked = ring.window().get(6);
        queue(1);

        Token passed = visit(ring, aToken(B, 1).sequence(7).aru(5, 2).requests(6));

        assertThat(effects.framesSent()).containsExactly(6L, 8L);
        assertThat(effects.sent(DataFrame.class).get(0)).isSameAs(asked);
        assertThat(passed.requests()).isEmpty();
    }

    @Test // [ORD-3]
    void aRequestThatCannotBeMetTravelsOn() {
        OrderedRing ring = aRingOf(A, B, C).as(B).holding(1, 2, 4).build();

        Token passed = visit(ring, aToken(B, 1).sequence(4).aru(2, 2).requests(3, 4));

        assertThat(effects.framesSent()).containsExactly(4L);
        assertThat(passed.requests()).containsExactly(3L);
    }

    @Test // [ORD-3] [ORD-5]
    void aRequestForWhatItsAskerHasMeanwhileIsStruck() {
        OrderedRing ring = aRingOf(A, B, C).as(B).holding(1, 2, 3, 4).build();

        Token passed = visit(ring, aToken(B, 1).sequence(4).aru(3, 2).requests(2, 3));

        assertThat(effects.framesSent()).isEmpty();
        assertThat(passed.requests()).isEmpty();
    }

    @Test // [FLOW-3] [DEV-4]
    void aFullWindowIsRepairedAllTheSame() {
        OrderedRing ring = aRingOf(A, B, C)
                .as(B)
                .holding(LongStream.rangeClosed(1, 20).toArray())
                .build();
        queue(1);
        long[] twenty = LongStream.rangeClosed(1, 20).toArray();

        Token passed =
                visit(ring, aToken(B, 1).sequence(20).aru(0, 2).framesSent(80).requests(twenty));

        assertThat(effects.framesSent()).hasSize(options.visitFrames()).doesNotContain(21L);
        assertThat(passed.requests()).containsExactly(18L, 19L, 20L);
    }

    @Test // [ORD-1]
    void newFramesFollowTheHighestNumberAndGiveMessagesTheirPlace() {
        OrderedRing ring = aRingOf(A, B, C).as(B).holding(1, 2).build();
        local.queue().append(Cast.message(1));
        local.queue().append(Cast.message(2));
        local.queue().append(Cast.messageOf(3, 2000));

        Token passed = visit(ring, aToken(B, 1).allHave(2));

        assertThat(effects.framesSent()).containsExactly(3L, 4L);
        assertThat(effects.positions()).containsExactly("1 at 1.7.a 3/0", "2 at 1.7.a 3/1", "3 at 1.7.a 4/0");
        assertThat(passed.sequence()).isEqualTo(4);
        assertThat(ring.window().aru()).isEqualTo(4);
        assertThat(ring.lastOwn()).isEqualTo(4);
    }

    @Test // [ORD-11] [DEV-15]
    void theLastFramesOfAVisitAreSentBehindTheTokenThatKnowsThem() {
        LocalMember accelerated =
                new LocalMember(Cast.member(B), options().acceleratedFrames(2).build(), effects, 1, 42);
        OrderedRing ring = aRingOf(A, B, C).as(B).holding(1).build();
        for (int number = 1; number <= 6; number++) {
            accelerated.queue().append(Cast.messageOf(number, 1_300));
        }
        Token received = aToken(B, 1).allHave(1).build();
        TokenVisit visits = new TokenVisit(ring, accelerated);

        ring.arrived(received);
        visits.work(received, accelerated.queue(), ROOM, TokenVisit.Limit.BINDS);
        visits.passOn(TokenVisit.Note.NONE);

        assertThat(effects.steps())
                .containsExactly(
                        "DataFrame 2",
                        "DataFrame 3",
                        "DataFrame 4",
                        "DataFrame 5",
                        "DataFrame 6",
                        "Token",
                        "hasten",
                        "DataFrame 7",
                        "DataFrame 8");
        Token passed = effects.last(Token.class);
        assertThat(passed.sequence()).isEqualTo(8);
        assertThat(passed.framesSent()).isEqualTo(7);
    }

    @Test // [DEV-15]
    void theFirstFewFramesAreSentBeforeTheToken() {
        assertThat(stepsOfAVisit(1, TokenVisit.Limit.BINDS))
                .doesNotContain("hasten")
                .endsWith("Token");
        assertThat(stepsOfAVisit(3, TokenVisit.Limit.BINDS)).contains("hasten");
    }

    @Test // [DEV-15]
    void onALargeRingASingleFrameIsSentBeforeTheTokenAndSeveralBehindIt() {
        MemberId[] crowd = IntStream.rangeClosed(1, 20)
                .mapToObj(slot -> slot == 2 ? B : new MemberId(slot, slot))
                .toArray(MemberId[]::new);

        assertThat(stepsOfAVisit(1, TokenVisit.Limit.BINDS, crowd)).containsExactly("DataFrame 1", "Token");
        assertThat(stepsOfAVisit(2, TokenVisit.Limit.BINDS, crowd))
                .startsWith("Token", "hasten", "DataFrame 1", "DataFrame 2");
    }

    @Test // [ORD-9]
    void whatAllHaveAndWasDeliveredIsHandedOver() {
        OrderedRing ring = aRingOf(A, B).as(B).holding(1, 2, 3).delivered(2).build();
        ring.passedOn(aToken(A, 1).allHave(3).build());

        visit(ring, new TokenVisit(ring, local), aToken(B, 2).allHave(3));

        assertThat(effects.released()).containsExactly(1L, 2L);
    }

    @Test // [ORD-11]
    void nothingIsSentBehindTheTokenInRecovery() {
        assertThat(stepsOfAVisit(3, TokenVisit.Limit.PASSED_OVER))
                .doesNotContain("hasten")
                .endsWith("Token");
    }

    /**
     * What a member does that may send all frames of a visit, and has so many of nearly full size, behind the token.
     */
    private static List<String> stepsOfAVisit(int messages, TokenVisit.Limit limit) {
        return stepsOfAVisit(messages, limit, A, B, C);
    }

    private static List<String> stepsOfAVisit(int messages, TokenVisit.Limit limit, MemberId... members) {
        RecordedEffects steps = new RecordedEffects();
        LocalMember accelerated =
                new LocalMember(Cast.member(B), options().acceleratedFrames(17).build(), steps, 1, 42);
        OrderedRing ring = aRingOf(members).as(B).build();
        for (int number = 1; number <= messages; number++) {
            accelerated.queue().append(Cast.messageOf(number, 1_200));
        }
        Token received = aToken(B, 1).build();
        TokenVisit visits = new TokenVisit(ring, accelerated);

        ring.arrived(received);
        visits.work(received, accelerated.queue(), ROOM, limit);
        visits.passOn(TokenVisit.Note.NONE);
        return steps.steps();
    }

    @Test // [ORD-4]
    void aFrameThatAnEarlierTokenKnewIsAskedForAlsoIfNothingWasSeenSince() {
        OrderedRing ring = aRingOf(A, B, C).as(B).build();
        TokenVisit visits = new TokenVisit(ring, local);

        Token first = visit(ring, visits, aToken(B, 1).sequence(2).aru(0, 2));
        Token second = visit(ring, visits, aToken(B, 4).sequence(3).aru(0, 1));
        Token third = visit(ring, visits, aToken(B, 7).sequence(3).aru(0, 1));

        assertThat(first.requests()).as("still on its way, perhaps").isEmpty();
        assertThat(second.requests()).containsExactly(1L, 2L);
        assertThat(third.requests()).containsExactly(1L, 2L, 3L);
    }

    @Test // [ORD-4]
    void whatOthersAskForIsNotAskedForTwice() {
        OrderedRing ring = aRingOf(A, B, C).as(B).holding(1).build();
        TokenVisit visits = new TokenVisit(ring, local);

        visit(ring, visits, aToken(B, 1).sequence(4).aru(1, 1));
        Token passed = visit(ring, visits, aToken(B, 4).sequence(4).aru(1, 1).requests(3));

        assertThat(passed.requests()).containsExactly(2L, 3L, 4L);
    }

    @Test // [ORD-4]
    void aTokenAsksForNoMoreThanItHasRoomFor() {
        OrderedRing ring = aRingOf(A, B, C).as(B).build();
        TokenVisit visits = new TokenVisit(ring, local);

        visit(ring, visits, aToken(B, 1).sequence(400).aru(0, 1));
        Token passed = visit(ring, visits, aToken(B, 4).sequence(400).aru(0, 1));

        assertThat(passed.requests())
                .hasSize(WireFormat.requestsMax(options.settings().frameBytes()))
                .startsWith(1, 2, 3);
    }

    @Test // [ORD-5]
    void whoLacksAFrameLowersTheAru() {
        OrderedRing ring = aRingOf(A, B, C).as(B).holding(1, 3).build();

        Token passed = visit(ring, aToken(B, 1).allHave(3));

        assertThat(passed.aru()).isEqualTo(1);
        assertThat(passed.aruHolder()).isEqualTo(1);
    }

    @Test // [ORD-5]
    void onlyWhoHoldsTheAruDownRaisesIt() {
        OrderedRing ring = aRingOf(A, B, C).as(B).holding(1, 2, 3).build();

        Token heldByC = visit(ring, aToken(B, 1).sequence(3).aru(1, 2));
        Token heldByUs = visit(ring, aToken(B, 4).sequence(3).aru(1, 1));
        Token heldByNobody = visit(ring, aToken(B, 7).sequence(3).aru(2, Token.NOBODY));

        assertThat(heldByC.aru()).isEqualTo(1);
        assertThat(heldByC.aruHolder()).isEqualTo(2);
        assertThat(heldByUs.aru()).isEqualTo(3);
        assertThat(heldByUs.aruHolder()).isEqualTo(Token.NOBODY);
        assertThat(heldByNobody.aru()).isEqualTo(3);
    }

    @Test // [FLOW-4] [DEV-5]
    void nothingIsNumberedBeyondTheLimit() {
        OrderedRing ring = aRingOf(A, B, C).as(B).holding(1, 2).build();
        queue(5);

        Token passed = visit(ring, aToken(B, 1).allHave(2).limit(4, 2));

        assertThat(effects.framesSent()).containsExactly(3L, 4L);
        assertThat(passed.limit()).isEqualTo(4);
    }

    @Test // [FLOW-4] [DEV-5]
    void whoHasLessRoomThanAllBeforeItLowersTheNextLimit() {
        OrderedRing ring = aRingOf(A, B, C).as(B).build();

        Token less = visit(ring, aToken(B, 1).limit(50, 2).nextLimit(ROOM + 1, 0));
        Token more = visit(ring, aToken(B, 4).limit(50, 2).nextLimit(ROOM, 0));

        assertThat(less.nextLimit()).isEqualTo(ROOM);
        assertThat(less.nextLimitHolder()).isEqualTo(1);
        assertThat(less.limit()).as("in force until the rotation is whole").isEqualTo(50);
        assertThat(more.nextLimitHolder()).isZero();
    }

    @Test // [FLOW-4] [DEV-5]
    void theRepresentativeMakesTheLeastRoomOfAWholeRotationTheLimit() {
        LocalMember first = new LocalMember(Cast.member(A), options, effects, 1, 42);
        OrderedRing ring = aRingOf(A, B, C).as(A).build();

        TokenVisit visits = new TokenVisit(ring, first);
        Token received = aToken(A, 4).limit(50, 2).nextLimit(70, 1).build();
        ring.arrived(received);
        visits.work(received, first.queue(), ROOM, TokenVisit.Limit.BINDS);
        visits.passOn(TokenVisit.Note.NONE);

        Token passed = effects.last(Token.class);
        assertThat(passed.limit()).isEqualTo(70);
        assertThat(passed.limitHolder()).isEqualTo(1);
        assertThat(passed.nextLimit()).isEqualTo(ROOM);
        assertThat(passed.nextLimitHolder()).isZero();
    }

    @Test
    void recoveryPassesTheLimitBecauseItDeliversNothing() {
        OrderedRing ring = aRingOf(A, B, C).as(B).build();
        queue(2);
        Token received = aToken(B, 1).limit(0, 2).build();
        TokenVisit visits = new TokenVisit(ring, local);

        ring.arrived(received);
        visits.work(received, local.queue(), ROOM, TokenVisit.Limit.PASSED_OVER);

        assertThat(effects.framesSent()).containsExactly(1L, 2L);
        assertThat(ring.lastOwn()).as("frames of messages only").isZero();
    }

    @Test
    void nothingIsNumberedThatTheStoreCannotHold() {
        ProtocolOptions small = options().windowFrames(2).storeFrames(8).build();
        LocalMember narrow = new LocalMember(Cast.member(B), small, effects, 1, 42);
        OrderedRing ring = aRingOf(A, B, C)
                .as(B)
                .with(small)
                .holding(1, 2, 3, 4, 5, 6, 7, 8)
                .build();
        narrow.queue().append(Cast.message(1));
        Token received = aToken(B, 1).allHave(8).build();

        ring.arrived(received);
        new TokenVisit(ring, narrow).work(received, narrow.queue(), ROOM, TokenVisit.Limit.BINDS);

        assertThat(effects.framesSent()).isEmpty();
    }

    @Test // [ORD-2]
    void theTokenGoesToTheSuccessorAndGrowsByOneVisit() {
        OrderedRing ring = aRingOf(A, B, C).as(B).build();

        visit(ring, aToken(B, 10));

        Token passed = effects.sentTo(C, Token.class).get(0);
        assertThat(passed.destination()).isEqualTo(C);
        assertThat(passed.visit()).isEqualTo(11);
        assertThat(effects.runs(Timer.TOKEN_LOSS)).isTrue();
        assertThat(effects.runs(Timer.TOKEN_RETRANSMIT)).isTrue();
    }

    @Test
    void theSameRoomIsNotAskedForOverAndOverWhenMessagesWait() {
        OrderedRing ring = aRingOf(A, B, C).as(B).build();
        queue(3);

        Token passed = visit(ring, aToken(B, 1).backlog(10).framesSent(4));

        assertThat(passed.backlog()).isEqualTo(13);
        assertThat(passed.framesSent()).isEqualTo(7);
    }

    /** So many messages, each as long as a frame. */
    private void queue(int messages) {
        for (int number = 1; number <= messages; number++) {
            local.queue().append(Cast.messageOf(number, 1200));
        }
    }

    private Token visit(OrderedRing ring, TokenBuilder token) {
        return visit(ring, new TokenVisit(ring, local), token);
    }

    private Token visit(OrderedRing ring, TokenVisit visits, TokenBuilder token) {
        Token received = token.build();
        ring.arrived(received);
        visits.work(received, local.queue(), ROOM, TokenVisit.Limit.BINDS);
        visits.passOn(TokenVisit.Note.NONE);
        assertThat(RING).isEqualTo(effects.last(Token.class).ringId());
        return effects.last(Token.class);
    }
}
