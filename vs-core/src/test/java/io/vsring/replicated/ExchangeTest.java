package io.vsring.replicated;

import static io.vsring.replicated.Members.A;
import static io.vsring.replicated.Members.A2;
import static io.vsring.replicated.Members.B;
import static io.vsring.replicated.Members.B2;
import static io.vsring.replicated.Members.C;
import static io.vsring.replicated.Members.C2;
import static io.vsring.replicated.Members.D;
import static io.vsring.replicated.Members.label;
import static io.vsring.replicated.Members.set;
import static org.assertj.core.api.Assertions.assertThat;

import io.vsring.MemberId;
import io.vsring.MemberSet;
import io.vsring.RingId;
import io.vsring.replicated.Exchange.Decision;
import io.vsring.replicated.Exchange.Outcome;
import io.vsring.replicated.Standing.Attempt;
import io.vsring.replicated.Standing.Setup;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExchangeTest {

    private static final MemberSet ABC = set(A, B, C);

    @Test
    void aMajorityOfTheLastComponentGoesOnFromWhoHasMost() {
        Decision decision = decide(valid(A, 5, ABC, 10), valid(B, 5, ABC, 12));

        assertThat(decision.outcome()).isEqualTo(Outcome.QUORUM);
        assertThat(decision.chosen().member()).isEqualTo(B);
        assertThat(decision.voters()).isEqualTo(set(A, B));
    }

    @Test
    void aLaterComponentCountsMoreThanMoreCommands() {
        Decision decision = decide(valid(A, 5, ABC, 99), valid(B, 6, set(B, C), 12), valid(C, 6, set(B, C), 12));

        assertThat(decision.chosen().member()).as("the lower of two equals").isEqualTo(B);
    }

    @Test
    void aMinorityChangesNothing() {
        assertThat(decide(valid(C, 5, ABC, 10)).outcome()).isEqualTo(Outcome.NO_QUORUM);
    }

    /** Trap 1 of naive designs: one that forgot everything is counted. */
    @Test
    void aMemberThatWasStartedAgainHasNoVote() {
        assertThat(decide(StandingOf.blank(B2, 0), valid(C, 5, ABC, 10)).outcome())
                .isEqualTo(Outcome.NO_QUORUM);
    }

    /** Trap 2: it got a copy in a minority, which makes it hold something and not vote. */
    @Test
    void aCopyGivesNoVote() {
        assertThat(decide(StandingOf.blank(B2, 10), valid(C, 5, ABC, 10)).outcome())
                .isEqualTo(Outcome.NO_QUORUM);
    }

    @Test
    void whenAllSlotsAreBackOneThatStillHoldsTheStateIsEnough() {
        Decision decision = decide(StandingOf.blank(A2, 0), StandingOf.blank(B2, 0), valid(C, 5, ABC, 10));

        assertThat(decision.outcome()).isEqualTo(Outcome.REGAINED);
        assertThat(decision.voters()).isEqualTo(set(C));
    }

    /** Seed 114142: A and C were all of the last component that C knew, and A had let B in and gone on with it. */
    @Test
    void whereMembersAreExpectedAllOfThemHaveToBeBack() {
        Standing ofThree = StandingOf.with(valid(C, 5, set(A, C), 10), new Setup(3, 0, Capabilities.NONE));

        assertThat(decide(StandingOf.blank(A2, 0), ofThree).outcome())
                .as("B may hold more")
                .isEqualTo(Outcome.NO_QUORUM);
        assertThat(decide(StandingOf.blank(A2, 0), StandingOf.blank(B2, 0), ofThree)
                        .outcome())
                .isEqualTo(Outcome.REGAINED);
    }

    @Test
    void aComponentThatMayHaveBeenEstablishedHasToAgreeToo() {
        Attempt attempt = new Attempt(label(7), Electorate.of(set(A, D)));

        assertThat(decide(StandingOf.attempting(valid(B, 5, ABC, 10), attempt), valid(C, 5, ABC, 10))
                        .outcome())
                .as("A and D may have gone on alone")
                .isEqualTo(Outcome.NO_QUORUM);
        assertThat(decide(StandingOf.attempting(valid(A, 5, ABC, 10), attempt), valid(C, 5, ABC, 10))
                        .outcome())
                .as("A would know, and has not")
                .isEqualTo(Outcome.QUORUM);
    }

    @Test
    void anAttemptFromBeforeTheLastComponentIsOver() {
        Attempt attempt = new Attempt(label(4), Electorate.of(set(A, D)));

        assertThat(decide(StandingOf.attempting(valid(B, 5, ABC, 10), attempt), valid(C, 5, ABC, 10))
                        .outcome())
                .isEqualTo(Outcome.QUORUM);
    }

    /** C can tell A the commands that A has not applied; A could only send C the whole state. */
    @Test
    void ofTwoThatHaveAsManyCommandsTheOneThatHasAppliedMoreIsTheSource() {
        Standing some = StandingOf.at(valid(A, 5, ABC, 10), new Standing.Extent(7, 1, 3, 1));

        assertThat(decide(some, valid(C, 5, ABC, 10)).chosen().member()).isEqualTo(C);
    }

    @Test
    void nobodyHoldsAnything() {
        assertThat(decide(StandingOf.blank(A, 0), StandingOf.blank(B, 0)).outcome())
                .isEqualTo(Outcome.BLANK);
    }

    @Test
    void fewerThanTheOperatorExpectsBeginNothing() {
        Standing expecting = StandingOf.with(StandingOf.blank(A, 0), new Setup(5, 0, Capabilities.NONE));

        assertThat(decide(expecting, StandingOf.blank(B, 0)).outcome())
                .as("two of five, though only one of them knows that it is five")
                .isEqualTo(Outcome.NO_QUORUM);
    }

    @Test
    void ofTwoHistoriesTheOneOfMoreMembersGoesOn() {
        Standing stranger = StandingOf.valid(D, other(900), set(D), 1000);

        Decision decision = decide(valid(A, 5, ABC, 10), valid(B, 5, ABC, 10), stranger);

        assertThat(decision.chosen().member()).isEqualTo(A);
        assertThat(decision.voters()).isEqualTo(set(A, B));
        assertThat(decision.givenUp()).containsExactly(other(900).history());
        assertThat(decision.beginning().ended())
                .as("and is remembered")
                .containsExactly(other(900).history());
        assertThat(decision.beginning().begunMillis())
                .as("tokens go on above those of both")
                .isEqualTo(1_000);
    }

    /** Seed 11641: it came back from a member that had been away, and put an end to the one that went on. */
    @Test
    void aHistoryThatWasGivenUpDoesNotComeBack() {
        Standing away = StandingOf.valid(D, other(900), set(D), 1000);
        Standing knows = StandingOf.ending(valid(A, 5, ABC, 10), other(1).history());

        assertThat(decide(away).outcome()).as("alone it cannot know").isEqualTo(Outcome.QUORUM);
        assertThat(decide(knows, away).outcome())
                .as("one of three may not go on, but it remembers")
                .isEqualTo(Outcome.NO_QUORUM);
        assertThat(decide(valid(A, 5, ABC, 10), away).chosen().member())
                .as("who does not remember takes the one that may go on")
                .isEqualTo(D);
    }

    @Test
    void twoThatWereGivenUpForEachOtherAreComparedAsIfNoneHadBeen() {
        Standing here = StandingOf.ending(valid(A, 5, set(A), 10), other(1).history());
        Standing there = StandingOf.ending(StandingOf.valid(D, other(900), set(D), 1000), label(1).history());

        Decision decision = decide(here, there);

        assertThat(decision.outcome()).isEqualTo(Outcome.QUORUM);
        assertThat(decision.beginning().ended())
                .doesNotContain(decision.chosen().label().history());
    }

    @Test
    void onAnOperatorsWordTheBestThatIsHereGoesOnWithoutThoseThatAreNot() {
        Exchange exchange = complete(valid(B, 5, ABC, 10), StandingOf.blank(C2, 0));
        assertThat(exchange.decide().outcome()).isEqualTo(Outcome.NO_QUORUM);

        Decision decision = exchange.bootstrap(2);

        assertThat(decision.outcome()).isEqualTo(Outcome.BOOTSTRAPPED);
        assertThat(decision.chosen().member()).isEqualTo(B);
        assertThat(decision.voters()).isEqualTo(set(B));
        assertThat(decision.beginning().expectedMembers()).isEqualTo(2);
        assertThat(decision.beginning().ended()).as("what others hold is over").contains(label(5).history());
    }

    @Test
    void whatAnOperatorDeclaredCountsMoreThanWhatMembersWereStartedWith() {
        Standing five =
                StandingOf.with(StandingOf.declared(valid(A, 5, set(A, B), 10), 2), new Setup(5, 0, Capabilities.NONE));

        assertThat(decide(five, valid(B, 5, set(A, B), 10)).outcome()).isEqualTo(Outcome.QUORUM);
    }

    @Test
    void whatNotAllCanDoIsInCommonToNone() {
        Setup older = new Setup(0, 0, Capabilities.of(List.of("kind:map")));

        Decision decision = decide(valid(A, 5, ABC, 10), StandingOf.with(valid(B, 5, ABC, 10), older));

        assertThat(decision.beginning().common()).isEqualTo(older.capabilities());
    }

    @Test
    void aStandingSaysTheSameWhenItHasTravelled() {
        Standing standing = StandingOf.attempting(
                valid(B, 5, ABC, 10), new Attempt(label(7), Electorate.of(ABC).doubting(C)));
        ByteWriter out = new ByteWriter(16);

        standing.write(out);

        assertThat(Standing.read(B, new ByteReader(out.toBytes()))).isEqualTo(standing);
    }

    private static Decision decide(Standing... standings) {
        return complete(standings).decide();
    }

    private static Exchange complete(Standing... standings) {
        Exchange exchange = new Exchange(
                MemberSet.of(List.of(standings).stream().map(Standing::member).toList()));
        for (Standing standing : standings) {
            assertThat(exchange.isComplete()).isFalse();
            exchange.add(standing);
        }
        assertThat(exchange.isComplete()).isTrue();
        return exchange;
    }

    private static Standing valid(MemberId member, long ring, MemberSet voters, long position) {
        return StandingOf.valid(member, label(ring), voters, position);
    }

    private static Label other(long ring) {
        return new Label(0, 8, new RingId(D, ring));
    }
}
