package io.vsring.replicated;

import static io.vsring.replicated.Members.A;
import static io.vsring.replicated.Members.A2;
import static io.vsring.replicated.Members.B;
import static io.vsring.replicated.Members.B2;
import static io.vsring.replicated.Members.C;
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
import io.vsring.replicated.Standing.Extent;
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
        assertThat(decide(blank(B2, 0), valid(C, 5, ABC, 10)).outcome()).isEqualTo(Outcome.NO_QUORUM);
    }

    /** Trap 2: it got a copy in a minority, which makes it hold something and not vote. */
    @Test
    void aCopyGivesNoVote() {
        assertThat(decide(blank(B2, 10), valid(C, 5, ABC, 10)).outcome()).isEqualTo(Outcome.NO_QUORUM);
    }

    @Test
    void whenAllSlotsAreBackOneThatStillHoldsTheStateIsEnough() {
        Decision decision = decide(blank(A2, 0), blank(B2, 0), valid(C, 5, ABC, 10));

        assertThat(decision.outcome()).isEqualTo(Outcome.REGAINED);
        assertThat(decision.voters()).isEqualTo(set(C));
    }

    @Test
    void aComponentThatMayHaveBeenEstablishedHasToAgreeToo() {
        Attempt attempt = new Attempt(label(7), Electorate.of(set(A, D)));

        assertThat(decide(with(valid(B, 5, ABC, 10), attempt), valid(C, 5, ABC, 10))
                        .outcome())
                .as("A and D may have gone on alone")
                .isEqualTo(Outcome.NO_QUORUM);
        assertThat(decide(with(valid(A, 5, ABC, 10), attempt), valid(C, 5, ABC, 10))
                        .outcome())
                .as("A would know, and has not")
                .isEqualTo(Outcome.QUORUM);
    }

    @Test
    void anAttemptFromBeforeTheLastComponentIsOver() {
        Attempt attempt = new Attempt(label(4), Electorate.of(set(A, D)));

        assertThat(decide(with(valid(B, 5, ABC, 10), attempt), valid(C, 5, ABC, 10))
                        .outcome())
                .isEqualTo(Outcome.QUORUM);
    }

    @Test
    void nobodyHoldsAnything() {
        assertThat(decide(blank(A, 0), blank(B, 0)).outcome()).isEqualTo(Outcome.BLANK);
    }

    @Test
    void fewerThanTheOperatorExpectsBeginNothing() {
        Standing expecting = new Standing(A, null, Electorate.NOBODY, List.of(), 5, new Extent(0, 0, 0, 0));

        assertThat(decide(expecting, blank(B, 0)).outcome())
                .as("two of five, though only one of them knows that it is five")
                .isEqualTo(Outcome.NO_QUORUM);
    }

    @Test
    void ofTwoHistoriesTheOneOfMoreMembersGoesOn() {
        Label other = new Label(0, 8, new RingId(D, 900));
        Standing stranger = new Standing(D, other, Electorate.of(set(D)), List.of(), 0, new Extent(1000, 77, 0, 0));

        Decision decision = decide(valid(A, 5, ABC, 10), valid(B, 5, ABC, 10), stranger);

        assertThat(decision.chosen().member()).isEqualTo(A);
        assertThat(decision.voters()).isEqualTo(set(A, B));
        assertThat(decision.others()).isTrue();
    }

    @Test
    void aStandingSaysTheSameWhenItHasTravelled() {
        Standing standing = with(
                valid(B, 5, ABC, 10), new Attempt(label(7), Electorate.of(ABC).doubting(C)));
        ByteWriter out = new ByteWriter(16);

        standing.write(out);

        assertThat(Standing.read(B, new ByteReader(out.toBytes()))).isEqualTo(standing);
    }

    private static Decision decide(Standing... standings) {
        Exchange exchange = new Exchange(
                MemberSet.of(List.of(standings).stream().map(Standing::member).toList()));
        for (Standing standing : standings) {
            assertThat(exchange.isComplete()).isFalse();
            exchange.add(standing);
        }
        assertThat(exchange.isComplete()).isTrue();
        return exchange.decide();
    }

    private static Standing valid(MemberId member, long ring, MemberSet voters, long position) {
        return new Standing(
                member, label(ring), Electorate.of(voters), List.of(), 0, new Extent(position, position * 3, 0, 0));
    }

    private static Standing blank(MemberId member, long position) {
        return new Standing(member, null, Electorate.NOBODY, List.of(), 0, new Extent(position, position * 3, 0, 0));
    }

    private static Standing with(Standing standing, Attempt attempt) {
        return new Standing(
                standing.member(), standing.label(), standing.electorate(), List.of(attempt), 0, standing.extent());
    }
}
