package io.vsring.protocol;

import static io.vsring.protocol.Cast.A;
import static io.vsring.protocol.Cast.B;
import static io.vsring.protocol.Cast.C;
import static io.vsring.protocol.Cast.D;
import static io.vsring.protocol.Cast.MILLI;
import static io.vsring.protocol.Cast.agreed;
import static io.vsring.protocol.Cast.goodbye;
import static io.vsring.protocol.Cast.join;
import static io.vsring.protocol.Cast.setOf;
import static io.vsring.protocol.OptionsBuilder.options;
import static io.vsring.protocol.ScriptedMember.onRing;
import static io.vsring.protocol.ScriptedMember.started;
import static org.assertj.core.api.Assertions.assertThat;

import io.vsring.MemberId;
import io.vsring.RingId;
import io.vsring.wire.CommitToken;
import io.vsring.wire.CommitToken.Entry;
import io.vsring.wire.CommitToken.OldRing;
import io.vsring.wire.Join;
import io.vsring.wire.RingSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CommitTest {

    @Test // [MEM-6]
    void theSequenceIsDurableBeforeAnybodyHearsThatWeAgree() {
        ScriptedMember representative = onRing(A, A, B, C).gathersWith(A, B, C);
        ScriptedMember other = onRing(B, A, B, C).gathersWith(A, B, C).commits(A, B, C);

        for (ScriptedMember each : List.of(representative, other)) {
            assertThat(each.effects.steps()).containsSubsequence("persist 3", "CommitToken");
            assertThat(each.effects.steps()).containsOnlyOnce("CommitToken");
            assertThat(each.effects.persisted()).containsExactly(3L);
        }
    }

    @Test // [MEM-6]
    void aSequenceThatAFailedAttemptHasUsedIsNotUsedAgain() {
        ScriptedMember a = onRing(A, A, B).gathersWith(A, B);
        RingId first = a.effects.last(CommitToken.class).ringId();

        a.fires(Timer.COMMIT_LOSS).hears(join(B, 3, A, B));

        assertThat(a.effects.last(CommitToken.class).ringId().sequence()).isGreaterThan(first.sequence());
        assertThat(a.effects.persisted()).isSorted().hasSize(2);
    }

    @Test // [MEM-6]
    void aProposalIsAboveAnythingHeardOfAnywhere() {
        ScriptedMember a = onRing(A, A, B).fires(Timer.TOKEN_LOSS);

        a.hears(join(B, 40, A, B));

        assertThat(a.effects.last(CommitToken.class).ringId()).isEqualTo(new RingId(A, 41));
    }

    @Test // [MEM-6]
    void aProposalOfAnAttemptThatWeAgreedToBeforeIsRefused() {
        ScriptedMember b = onRing(B, A, B).gathersWith(A, B);
        b.hears(b.proposal(3, A, B)).fires(Timer.COMMIT_LOSS).hears(join(A, 3, A, B));
        b.effects.clear();

        b.hears(b.proposal(3, A, B));
        assertThat(b.effects.drops()).containsExactly(DropReason.STALE_RING);
        assertThat(b.state()).isEqualTo(StateName.GATHER);
        b.hears(b.proposal(4, A, B));

        assertThat(b.state()).isEqualTo(StateName.COMMIT);
    }

    @Test // [MEM-1]
    void aProposalOfOtherMembersThanThoseWeNamedIsRefused() {
        ScriptedMember b = onRing(B, A, B, C).gathersWith(A, B, C);

        b.hears(b.proposal(3, A, B)).hears(b.proposal(3, A, B, C, D));

        assertThat(b.effects.drops()).containsExactly(DropReason.OTHER_MEMBERS, DropReason.OTHER_MEMBERS);
    }

    @Test
    void aProposalThatIsNotOursToAnswerIsRefused() {
        ScriptedMember b = onRing(B, A, B, C).gathersWith(A, B, C);
        CommitToken good = b.proposal(3, A, B, C);

        b.hears(new CommitToken(good.ringId(), C, 1, good.settings(), good.entries()));
        b.hears(new CommitToken(good.ringId(), B, 2, good.settings(), good.entries()));
        b.hears(new CommitToken(good.ringId(), B, 0, good.settings(), good.entries()));
        b.hears(new CommitToken(new RingId(C, 3), B, 1, good.settings(), good.entries()));
        b.hears(new CommitToken(good.ringId(), B, 1, good.settings(), withoutFirstShare(good)));

        assertThat(b.effects.drops())
                .containsExactly(
                        DropReason.NOT_FOR_US,
                        DropReason.IMPLAUSIBLE,
                        DropReason.IMPLAUSIBLE,
                        DropReason.IMPLAUSIBLE,
                        DropReason.IMPLAUSIBLE);
        assertThat(b.state()).isEqualTo(StateName.GATHER);
    }

    private static List<Entry> withoutFirstShare(CommitToken token) {
        List<Entry> entries = new ArrayList<>(token.entries());
        entries.set(0, new Entry(entries.get(0).member(), null));
        return entries;
    }

    @Test // [REC-1]
    void whatWeHoldOfOurOldRingIsAddedAndWhatSuitsAllIsCollected() {
        ScriptedMember b =
                started(B, options().frameBytes(1000).windowFrames(90).build()).joins(A, B, C);
        b.hears(agreed(b.ringId(), A, 1)).hears(agreed(b.ringId(), A, 3));
        RingId old = b.ringId();

        b.gathersWith(A, B, C).commits(A, B, C);

        CommitToken filled = b.effects.sentTo(C, CommitToken.class).get(0);
        assertThat(filled.hop()).isEqualTo(2);
        assertThat(filled.destination()).isEqualTo(C);
        assertThat(filled.entries().get(1).old()).isEqualTo(new OldRing(old, 1, 3, 0, 0));
        RingSettings settings = filled.settings();
        assertThat(settings.frameBytes()).as("the smallest frame").isEqualTo(1000);
        assertThat(settings.windowFrames()).as("the smallest window").isEqualTo(80);
    }

    @Test // [FLOW-1]
    void aRingOfManyIsGivenSixteenFramesForEachUnlessThatIsMoreThanSomebodyCanTake() {
        OptionsBuilder base = options().windowFrames(100).storeFrames(4000);
        MemberId[] twenty = IntStream.rangeClosed(1, 20)
                .mapToObj(id -> new MemberId(id, 0xA))
                .toArray(MemberId[]::new);

        assertThat(windowProposed(base.windowFramesMax(1000), twenty)).isEqualTo(320);
        assertThat(windowProposed(base.windowFramesMax(300), twenty)).isEqualTo(300);
        assertThat(windowProposed(base.windowFramesMax(100), twenty)).isEqualTo(100);
        assertThat(windowProposed(base.windowFramesMax(1000), A, B, C)).isEqualTo(100);
    }

    private static int windowProposed(OptionsBuilder options, MemberId... members) {
        ScriptedMember representative = started(members[0], options.build()).gathersWith(members);
        return representative
                .effects
                .sentTo(members[1], CommitToken.class)
                .get(0)
                .settings()
                .windowFrames();
    }

    @Test
    void aSecondRotationThatIsNotWholeIsRefused() {
        ScriptedMember b = onRing(B, A, B, C).gathersWith(A, B, C).commits(A, B, C);
        CommitToken second = b.secondRotation();

        b.hears(b.proposal(3, A, B, C));
        b.hears(new CommitToken(second.ringId(), C, second.hop(), second.settings(), second.entries()));
        b.hears(new CommitToken(second.ringId(), B, second.hop(), second.settings(), withoutFirstShare(second)));
        assertThat(b.effects.drops())
                .containsExactly(DropReason.DUPLICATE, DropReason.NOT_FOR_US, DropReason.IMPLAUSIBLE);

        b.hears(second);
        assertThat(b.state()).isEqualTo(StateName.RECOVERY);
    }

    @Test // [MEM-15]
    void aJoinThatDoesNotKnowTheProposedRingIsOld() {
        ScriptedMember b = onRing(B, A, B, C).gathersWith(A, B, C).commits(A, B, C);

        b.hears(join(C, 2, setOf(B), A, B, C)).hears(join(D, 9, A, B, C, D));

        assertThat(b.effects.drops()).containsExactly(DropReason.OLD_NEWS, DropReason.OLD_NEWS);
        assertThat(b.state()).isEqualTo(StateName.COMMIT);
    }

    @Test // [MEM-15]
    void aJoinThatKnowsItComesFromAMemberThatHasGivenUp() {
        ScriptedMember gone = onRing(B, A, B, C).gathersWith(A, B, C).commits(A, B, C);
        ScriptedMember leaver = onRing(B, A, B, C).gathersWith(A, B, C).commits(A, B, C);

        gone.hears(join(C, 3, A, B, C));
        leaver.hears(goodbye(C, 3, A, B, C));

        assertThat(gone.effects.gatherReason()).isEqualTo(GatherReason.MEMBER_GATHERS);
        assertThat(leaver.effects.gatherReason()).isEqualTo(GatherReason.MEMBER_LEAVES);
    }

    @Test // [REC-8]
    void framesOfTheOldRingStayAwayOnceWeSaidThatWeLackThem() {
        ScriptedMember b = onRing(B, A, B, C).gathersWith(A, B, C).commits(A, B, C);

        b.hears(agreed(b.ringId(), A, 1));

        assertThat(b.protocol.view().hasReceived(1)).isFalse();
        assertThat(b.effects.drops()).containsExactly(DropReason.WRONG_STATE);
    }

    @Test
    void aProposalIsSentAgainAndGivenUpInTheEnd() {
        ScriptedMember b = onRing(B, A, B, C).gathersWith(A, B, C).commits(A, B, C);
        assertThat(b.effects.delayOf(Timer.TOKEN_RETRANSMIT)).isEqualTo(20 * MILLI);

        b.fires(Timer.TOKEN_RETRANSMIT);
        assertThat(b.effects.sentTo(C, CommitToken.class)).hasSize(2);
        b.fires(Timer.COMMIT_LOSS);

        assertThat(b.effects.gatherReason()).isEqualTo(GatherReason.COMMIT_LOST);
        assertThat(b.effects.runs(Timer.TOKEN_RETRANSMIT)).isFalse();
    }

    @Test // [MEM-18]
    void whoTwiceGaveNoSignOfTheProposalIsLeftOut() {
        ScriptedMember b = onRing(B, A, B, C).gathersWith(A, B, C).commits(A, B, C);

        b.waitsForASign().fires(Timer.COMMIT_LOSS);
        assertThat(b.effects.last(Join.class).failed()).as("once may be chance").isEmpty();
        b.hears(b.proposal(4, A, B, C)).waitsForASign().fires(Timer.COMMIT_LOSS);

        assertThat(b.effects.last(Join.class).failed()).isEqualTo(setOf(C));
        assertThat(b.effects.expelled()).containsExactly(C);
    }

    @Test // [MEM-18]
    void whoPassedTheProposalOnIsNotToBlame() {
        ScriptedMember b = onRing(B, A, B, C).gathersWith(A, B, C);
        for (long attempt = 3; attempt < 6; attempt++) {
            b.hears(b.proposal(attempt, A, B, C)).waitsForASign();
            CommitToken ours = b.effects.last(CommitToken.class);
            b.hears(new CommitToken(ours.ringId(), A, ours.hop() + 1, ours.settings(), ours.entries()));
            b.fires(Timer.COMMIT_LOSS);
        }

        assertThat(b.effects.expelled()).isEmpty();
    }

    @Test // [MEM-18]
    void whoRefusesAProposalIsNotDeafToIt() {
        ScriptedMember b = onRing(B, A, B, C).gathersWith(A, B, C);
        for (long attempt = 3; attempt < 6; attempt++) {
            b.hears(b.proposal(attempt, A, B, C)).waitsForASign();
            b.hears(join(C, 2, A, B, C, D)).fires(Timer.COMMIT_LOSS);
        }

        assertThat(b.effects.expelled()).isEmpty();
    }

    @Test // [MEM-18]
    void theRepresentativeWhichMayBeDeafItselfWaitsLonger() {
        ScriptedMember a = onRing(A, A, B, C).gathersWith(A, B, C);
        for (long attempt = 3; attempt < 5; attempt++) {
            a.waitsForASign().fires(Timer.COMMIT_LOSS);
            assertThat(a.effects.expelled()).as("attempt %s", attempt).isEmpty();
            a.hears(join(B, attempt, A, B, C)).hears(join(C, attempt, A, B, C));
        }

        a.waitsForASign().hears(join(C, 5, A, B, C));

        assertThat(a.effects.expelled()).containsExactly(B);
    }

    @Test // [MEM-18]
    void whoGetsAProposalAgainShowsWhatBecameOfIt() {
        ScriptedMember b = onRing(B, A, B, C).gathersWith(A, B, C).commits(A, B, C);
        CommitToken passed = b.effects.last(CommitToken.class);
        b.effects.clear();

        b.hears(b.proposal(3, A, B, C));

        assertThat(b.effects.sentTo(A, CommitToken.class)).containsExactly(passed);
    }

    @Test // [MEM-11]
    void nobodyListensWhereTheProposalWentIsReasonToGather() {
        ScriptedMember b = onRing(B, A, B, C).gathersWith(A, B, C).commits(A, B, C);

        b.unreachable(A);
        assertThat(b.state()).isEqualTo(StateName.COMMIT);
        b.unreachable(C);

        assertThat(b.effects.gatherReason()).isEqualTo(GatherReason.MEMBER_UNREACHABLE);
    }

    @Test
    void whoIsCondemnedStaysCondemnedWhenTheAttemptFails() {
        ScriptedMember b = onRing(B, A, B, C).fires(Timer.TOKEN_LOSS);
        b.hears(join(A, 2, setOf(C), A, B, C)).hears(b.proposal(3, A, B));

        b.fires(Timer.COMMIT_LOSS);

        assertThat(b.effects.last(Join.class).failed()).isEqualTo(setOf(C));
    }
}
