package io.vsring.replicated;

import static io.vsring.replicated.Members.A;
import static io.vsring.replicated.Members.B;
import static io.vsring.replicated.Members.C;
import static io.vsring.replicated.Members.D;
import static io.vsring.replicated.Members.label;
import static io.vsring.replicated.Members.set;
import static io.vsring.replicated.Stage.REGULAR;
import static io.vsring.replicated.Stage.TRANSITIONAL;
import static org.assertj.core.api.Assertions.assertThat;

import io.vsring.MemberSet;
import org.junit.jupiter.api.Test;

class ComponentTest {

    private final Component component = component(set(A, B, C), 0);

    @Test
    void itIsEstablishedWhenMoreThanHalfOfTheVotersAreReady() {
        assertThat(component.ready(A, REGULAR)).isFalse();
        assertThat(component.ready(D, REGULAR)).as("a newcomer has no vote yet").isFalse();
        assertThat(component.ready(C, REGULAR)).isTrue();
        assertThat(component.ready(B, REGULAR)).as("that happens once").isFalse();
        assertThat(component.isEstablished()).isTrue();
    }

    @Test
    void itWaitsForTheMembersThatTheOperatorExpects() {
        Component waiting = component(set(A), 5);

        assertThat(waiting.ready(A, REGULAR)).isFalse();
        assertThat(waiting.ready(B, REGULAR)).isFalse();
        assertThat(waiting.ready(C, REGULAR)).isTrue();
    }

    @Test
    void whoIsReadyInTheRegularConfigurationVotesFromThenOn() {
        component.ready(A, REGULAR);
        component.ready(D, REGULAR);
        assertThat(component.electorate().voters()).isEqualTo(set(A, B, C));

        component.ready(B, REGULAR);

        assertThat(component.electorate()).isEqualTo(Electorate.of(set(A, B, C, D)));
    }

    @Test
    void aStepInTheTransitionalConfigurationLeavesItInDoubtWhoVotes() {
        component.ready(A, REGULAR);
        component.ready(B, REGULAR);

        component.ready(D, TRANSITIONAL);
        component.leaves(C, TRANSITIONAL);

        assertThat(component.electorate().voters()).isEqualTo(set(A, B));
        assertThat(component.electorate().doubtful()).isEqualTo(set(C, D));
    }

    @Test
    void whoLeavesVotesNoMore() {
        component.ready(A, REGULAR);
        component.ready(B, REGULAR);

        component.leaves(C, REGULAR);
        component.leaves(A, REGULAR);

        assertThat(component.electorate()).isEqualTo(Electorate.of(set(B)));
    }

    @Test
    void theLastWordOfWhoLeavesSettlesWhatWasInDoubt() {
        component.ready(A, REGULAR);
        component.ready(B, REGULAR);
        component.leaves(C, TRANSITIONAL);
        component.leaves(A, TRANSITIONAL);

        component.gone(C, Component.Vote.GIVEN_BACK);
        component.gone(A, Component.Vote.KEPT);

        assertThat(component.electorate()).isEqualTo(Electorate.of(set(A, B)));
    }

    @Test
    void aMemberThatStillLacksTheStateIsNotLeftToDecideAlone() {
        component.ready(A, REGULAR);
        component.ready(B, REGULAR); // C has its vote from before, and not the state

        component.leaves(A, REGULAR);
        component.leaves(B, REGULAR);

        assertThat(component.electorate().voters())
                .as("B keeps its vote although it goes")
                .isEqualTo(set(B, C));
    }

    @Test
    void untilItIsEstablishedNobodyGivesAVoteBack() {
        component.ready(A, REGULAR);

        component.leaves(C, REGULAR);

        assertThat(component.electorate().voters()).isEqualTo(set(A, B, C));
    }

    private static Component component(MemberSet voters, int expectedMembers) {
        return new Component(label(5), voters, expectedMembers, Establishment.of(voters, Capabilities.NONE));
    }
}
