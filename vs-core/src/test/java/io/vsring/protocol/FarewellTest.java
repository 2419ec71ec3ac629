package io.vsring.protocol;

import static io.vsring.protocol.Cast.A;
import static io.vsring.protocol.Cast.B;
import static io.vsring.protocol.Cast.C;
import static io.vsring.protocol.Cast.agreed;
import static io.vsring.protocol.Cast.join;
import static io.vsring.protocol.Cast.setOf;
import static io.vsring.protocol.ScriptedMember.onRing;
import static io.vsring.protocol.ScriptedMember.started;
import static org.assertj.core.api.Assertions.assertThat;

import io.vsring.wire.Join;
import org.junit.jupiter.api.Test;

class FarewellTest {

    @Test // [MEM-12]
    void whoLeavesWaitsUntilAllThatItHasSentIsSafe() {
        ScriptedMember b = onRing(B, A, B, C).submits();

        b.leaves();
        assertThat(b.state()).as("nothing has been sent").isEqualTo(StateName.OPERATIONAL);
        b.tokenComesBack();
        assertThat(b.state()).as("sent and delivered here").isEqualTo(StateName.OPERATIONAL);
        b.tokenComesBack(token -> token.sequence(1).aru(0, 2));
        assertThat(b.state()).as("C lacks it").isEqualTo(StateName.OPERATIONAL);
        b.tokenComesBack(token -> token.allHave(1)).tokenComesBack();

        assertThat(b.state()).isEqualTo(StateName.LEAVING);
    }

    @Test // [MEM-12] [DEV-10]
    void whoHasSentNothingGoesAtOnceAndSaysSoSeveralTimes() {
        ScriptedMember b = onRing(B, A, B, C);

        b.leaves().fires(Timer.JOIN).fires(Timer.JOIN).fires(Timer.JOIN);

        assertThat(b.effects.sentTo(A, Join.class))
                .hasSize(3)
                .allMatch(Join::leaving)
                .allMatch(join -> join.failed().equals(setOf(B)));
        assertThat(b.effects.sentTo(C, Join.class)).hasSize(3);
        assertThat(b.state()).isEqualTo(StateName.LEFT);
        assertThat(b.effects.steps()).containsOnlyOnce("LEAVING to LEFT");
    }

    @Test
    void whoIsAloneIsGoneAtOnce() {
        ScriptedMember a = started(A).leaves();

        assertThat(a.state()).isEqualTo(StateName.LEFT);
    }

    @Test
    void whoLeavesInHasteGoesFromAnyState() {
        ScriptedMember b = onRing(B, A, B, C).submits().fires(Timer.TOKEN_LOSS);

        b.protocol.leaveNow(b.now());

        assertThat(b.state()).isEqualTo(StateName.LEAVING);
        assertThat(b.effects.last(Join.class).leaving()).isTrue();
    }

    @Test
    void whoIsGoneDoesNothingMore() {
        ScriptedMember b = onRing(B, A, B, C).leaves();
        b.effects.clear();

        b.tokenComesBack().hears(agreed(b.ringId(), A, 1)).hears(join(A, 9, A, B, C));
        b.hears(b.proposal(9, A, B, C)).pauses();

        assertThat(b.effects.drops()).hasSize(4).containsOnly(DropReason.WRONG_STATE);
        assertThat(b.effects.sent()).isEmpty();
    }
}
