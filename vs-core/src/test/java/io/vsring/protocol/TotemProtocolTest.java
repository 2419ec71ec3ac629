package io.vsring.protocol;

import static io.vsring.protocol.Cast.A;
import static io.vsring.protocol.Cast.B;
import static io.vsring.protocol.Cast.C;
import static io.vsring.protocol.Cast.alone;
import static io.vsring.protocol.Cast.member;
import static io.vsring.protocol.Cast.members;
import static io.vsring.protocol.Cast.restarted;
import static io.vsring.protocol.Cast.setOf;
import static io.vsring.protocol.OptionsBuilder.options;
import static io.vsring.protocol.ScriptedMember.onRing;
import static io.vsring.protocol.ScriptedMember.started;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vsring.Guarantee;
import io.vsring.RingConfiguration;
import io.vsring.RingId;
import io.vsring.wire.HoldCancel;
import io.vsring.wire.Join;
import io.vsring.wire.MergeProbe;
import org.junit.jupiter.api.Test;

class TotemProtocolTest {

    @Test
    void optionsThatContradictThemselvesAreRefused() {
        ProtocolOptions wrong = options().windowFrames(200).storeFrames(512).build();

        assertThatThrownBy(() -> new TotemProtocol(member(A), wrong, new RecordedEffects(), 1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("storeFrames (512) must be at least 4 x windowFrames (200)");
    }

    @Test // [MEM-6]
    void aMemberBeginsAloneOnARingWhoseSequenceIsDurable() {
        ScriptedMember a = started(A);

        assertThat(a.effects.steps()).startsWith("persist 1", "regular");
        assertThat(a.effects.installed())
                .extracting(change -> change.configuration())
                .containsExactly(RingConfiguration.regular(alone(A), setOf(A)));
        assertThat(a.state()).isEqualTo(StateName.OPERATIONAL);
    }

    @Test
    void aRingOfOneOrdersAndDeliversWithoutADatagram() {
        ScriptedMember a = started(A);

        a.submits(Cast.message(1, Guarantee.SAFE)).submits(Cast.message(2));

        assertThat(a.effects.deliveredSequences()).containsExactly(1L, 2L);
        assertThat(a.effects.positions()).containsExactly("1 at 1.1.a 1/0", "2 at 1.1.a 2/0");
        assertThat(a.effects.sent()).allMatch(sent -> sent.to().isEmpty());
    }

    @Test
    void theWholeWayFromOneRingToTheNextIsTold() {
        ScriptedMember b = started(B);
        b.effects.clear();

        b.gathersWith(A, B, C).commits(A, B, C).recovers().installs();

        assertThat(b.effects.steps())
                .filteredOn(step -> !step.matches("Join|MergeProbe|CommitToken|Token"))
                .containsExactly(
                        "OPERATIONAL to GATHER",
                        "GATHER to COMMIT",
                        "persist 2",
                        "COMMIT to RECOVERY",
                        "transitional",
                        "regular",
                        "RECOVERY to OPERATIONAL");
        assertThat(b.effects.installed())
                .extracting(change -> change.configuration())
                .containsExactly(
                        RingConfiguration.transitional(alone(B), new RingId(A, 2), setOf(B)),
                        RingConfiguration.regular(new RingId(A, 2), setOf(A, B, C)));
        assertThat(b.effects.installed().get(1).joined()).isEqualTo(setOf(A, C));
    }

    @Test // [DEV-11]
    void whatAnotherProcessSaysUnderOurIdIsNotListenedTo() {
        ScriptedMember b = onRing(B, A, B, C);

        b.hears(Cast.join(restarted(B), 9, A, restarted(B), C));
        b.hears(new MergeProbe(member(restarted(B)), alone(restarted(B)), 5, 0));
        assertThat(b.effects.drops()).containsExactly(DropReason.DUPLICATE_ID, DropReason.DUPLICATE_ID);
        assertThat(b.state()).isEqualTo(StateName.OPERATIONAL);

        b.hears(Cast.join(B, 9, A, B, C));
        assertThat(b.effects.drops()).last().isEqualTo(DropReason.OWN);
    }

    @Test // [MEM-13]
    void whoHasOurIdIsToldThatWeAreHereAndAnswersAreNotAnswered() {
        ScriptedMember b = onRing(B, A, B, C);
        b.effects.clear();

        b.hears(new MergeProbe(member(restarted(B)), alone(restarted(B)), 5, 0));
        assertThat(b.effects.sent(MergeProbe.class))
                .extracting(MergeProbe::echo)
                .containsExactly(5L);

        b.hears(new MergeProbe(member(restarted(B)), alone(restarted(B)), 6, 7));
        b.hears(new MergeProbe(member(B), alone(B), 8, 0)); // our own, led back to us
        assertThat(b.effects.sent(MergeProbe.class)).hasSize(1);
        assertThat(b.state()).isEqualTo(StateName.OPERATIONAL);
    }

    @Test // [MEM-13]
    void whoLeavesDoesNotTellItsSuccessorThatItIsHere() {
        ScriptedMember b = onRing(B, A, B, C).leaves();
        b.effects.clear();

        b.hears(new MergeProbe(member(restarted(B)), alone(restarted(B)), 5, 0));

        assertThat(b.effects.sent(MergeProbe.class)).isEmpty();
    }

    @Test // [DEV-11]
    void aRestartedRepresentativeThatForgotItsNumbersNamesAnotherRing() {
        ScriptedMember before = onRing(A, A, B);
        ScriptedMember after = onRing(restarted(A), restarted(A), B);

        assertThat(after.ringId().sequence()).isEqualTo(before.ringId().sequence());
        assertThat(after.ringId()).isNotEqualTo(before.ringId());
    }

    @Test
    void aMemberWithoutACommonVersionIsNotListenedTo() {
        ScriptedMember a = started(A, options().minVersion(1).build());

        a.hears(new Join(member(B), false, 1, 2, 3, members(B), setOf()));

        assertThat(a.effects.drops()).containsExactly(DropReason.INCOMPATIBLE_VERSION);
        assertThat(a.effects.sentTo(B, MergeProbe.class)).isEmpty();
    }

    @Test
    void ourOwnFramesFromTheNetworkAreNotTakenTwice() {
        ScriptedMember b = onRing(B, A, B, C);

        b.hears(Cast.agreed(b.ringId(), B, 1), B);

        assertThat(b.effects.drops()).containsExactly(DropReason.OWN);
        assertThat(b.protocol.view().highest()).isZero();
    }

    @Test
    void aWishOfAnotherRingIsNoneOfOurs() {
        ScriptedMember a = onRing(A, A, B);

        a.hears(new HoldCancel(B, alone(B)));

        assertThat(a.effects.drops()).containsExactly(DropReason.STALE_RING);
    }
}
