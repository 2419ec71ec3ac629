package io.vsring.protocol;

import static io.vsring.protocol.Cast.A;
import static io.vsring.protocol.Cast.B;
import static io.vsring.protocol.Cast.C;
import static io.vsring.protocol.Cast.D;
import static io.vsring.protocol.Cast.agreed;
import static io.vsring.protocol.Cast.join;
import static io.vsring.protocol.ScriptedMember.gathering;
import static io.vsring.protocol.ScriptedMember.onRing;
import static org.assertj.core.api.Assertions.assertThat;

import io.vsring.RingId;
import io.vsring.wire.CommitToken;
import io.vsring.wire.CommitToken.Entry;
import io.vsring.wire.CommitToken.OldRing;
import io.vsring.wire.DataFrame;
import io.vsring.wire.RecoveryBody;
import io.vsring.wire.RingSettings;
import io.vsring.wire.Token;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a member with the key may say that no member would: nobody ends for it, and nobody waits for ever. */
class LyingMemberTest {

    private static final long DAY = Duration.ofDays(1).toNanos();

    @Test // [ORD-10]
    void whatWeDidNotNumberIsNotTakenForOurs() {
        ScriptedMember b = onRing(B, A, B, C);

        b.hears(agreed(b.ringId(), B, 1));

        assertThat(b.effects.drops()).containsExactly(DropReason.IMPLAUSIBLE);
        assertThat(b.effects.delivered()).isEmpty();
    }

    @Test // [ORD-10]
    void whoIsNotOnTheRingHasNumberedNothingThere() {
        ScriptedMember b = onRing(B, A, B, C);

        b.hears(agreed(b.ringId(), D, 1));

        assertThat(b.effects.drops()).containsExactly(DropReason.IMPLAUSIBLE);
        assertThat(b.effects.delivered()).isEmpty();
    }

    @Test // [ORD-10]
    void aRingThatIsInstalledHasNoFramesOfRecoveryThatWeLack() {
        ScriptedMember b = onRing(B, A, B, C);
        byte[] inside = RecoveryBody.encode(agreed(new RingId(A, 1), A, 1));

        b.hears(new DataFrame(b.ringId(), A, 1, DataFrame.Kind.RECOVERY, 0, inside));

        assertThat(b.effects.drops()).containsExactly(DropReason.IMPLAUSIBLE);
        assertThat(b.protocol.view().hasReceived(1)).isFalse();
    }

    @Test // [DEV-16]
    void aTokenForNobodyDoesNotGoRoundForEver() {
        ScriptedMember b = onRing(B, A, B, C).tokenComesBack();
        Token passed = b.effects.last(Token.class);
        b.effects.clear();

        b.hears(TokenBuilder.after(passed, 1_000_000, D).build());

        assertThat(b.effects.sent()).isEmpty();
    }

    @Test // [ORD-10]
    void nobodyNumbersWhileWeHoldTheToken() {
        ScriptedMember a = onRing(A, A, B, C);
        for (int rotation = 0; rotation < 10 && !a.effects.runs(Timer.TOKEN_HOLD); rotation++) {
            a.tokenComesBack();
        }
        assertThat(a.effects.runs(Timer.TOKEN_HOLD)).isTrue();

        a.hears(agreed(a.ringId(), B, 1)).submits();

        assertThat(a.effects.drops()).containsExactly(DropReason.IMPLAUSIBLE);
        assertThat(a.effects.delivered()).extracting(DataFrame::sender).containsExactly(A);
    }

    @Test // [FLOW-4] [DEV-5]
    void whatNobodyMayHaveNumberedSinceWeHaveNoRoomIsNotTaken() {
        ScriptedMember b = onRing(B, A, B, C);
        b.effects.room(2);
        ScriptedMember c = b.gathersWith(A, B, C).commits(A, B, C).recovers().installs();
        long room = c.effects.last(Token.class).nextLimit();

        c.hears(agreed(c.ringId(), A, room + 1));

        assertThat(c.effects.drops()).contains(DropReason.IMPLAUSIBLE);
        assertThat(c.protocol.view().highest()).isLessThanOrEqualTo(room);
    }

    @Test // [MEM-20]
    void aSequenceThatNobodyCanHaveComeToLeavesRoomForGreaterOnes() {
        ScriptedMember a = gathering(A, A, B, C);

        a.hears(join(C, 1L << 62, A, B, C)).hears(join(B, 1L << 62, A, B, C));

        CommitToken proposal = a.effects.last(CommitToken.class);
        assertThat(proposal.ringId().sequence()).isLessThan(1L << 61);
    }

    @Test // [MEM-20]
    void noRingOfSuchASequenceIsAgreedTo() {
        ScriptedMember b = onRing(B, A, B, C).gathersWith(A, B, C);

        b.hears(b.proposal(1L << 61, A, B, C));

        assertThat(b.effects.drops()).containsExactly(DropReason.IMPLAUSIBLE);
        assertThat(b.state()).isEqualTo(StateName.GATHER);
    }

    @Test // [MEM-21]
    void noRingIsAgreedToWhoseTokenWouldBeWaitedForAsIfForEver() {
        ScriptedMember b = onRing(B, A, B, C).gathersWith(A, B, C);
        CommitToken good = b.proposal(3, A, B, C);
        RingSettings ours = good.settings();

        b.hears(with(good, new RingSettings(1, ours.frameBytes(), 80, DAY, 1, 1)));
        b.hears(with(good, new RingSettings(1, ours.frameBytes(), 80, ours.tokenLossNanos(), DAY, 1)));
        b.hears(with(good, new RingSettings(1, ours.frameBytes(), 80, ours.tokenLossNanos(), 1, DAY)));

        assertThat(b.effects.drops()).hasSize(3).containsOnly(DropReason.IMPLAUSIBLE);
        assertThat(b.state()).isEqualTo(StateName.GATHER);
    }

    @Test // [MEM-21]
    void whatWeAskedForIsKeptOnTheSecondRotation() {
        ScriptedMember b = onRing(B, A, B, C).gathersWith(A, B, C).commits(A, B, C);
        CommitToken second = b.secondRotation();
        RingSettings ours = second.settings();

        b.hears(with(second, new RingSettings(1, ours.frameBytes(), 80, ours.tokenLossNanos(), 1, 0)));

        assertThat(b.effects.drops()).containsExactly(DropReason.IMPLAUSIBLE);
        assertThat(b.state()).isEqualTo(StateName.COMMIT);
    }

    private static CommitToken with(CommitToken token, RingSettings settings) {
        return new CommitToken(token.ringId(), token.destination(), token.hop(), settings, token.entries());
    }

    @Test // [REC-12]
    void whatWeSaidOfOurselvesIsNotToldToUsOtherwise() {
        ScriptedMember b = onRing(B, A, B, C).gathersWith(A, B, C).commits(A, B, C);
        CommitToken second = b.secondRotation();
        List<Entry> entries = new ArrayList<>(second.entries());
        entries.set(1, new Entry(entries.get(1).member(), new OldRing(new RingId(C, 1), 0, 0, 0, 0)));

        b.hears(new CommitToken(second.ringId(), B, second.hop(), second.settings(), entries));

        assertThat(b.effects.drops()).containsExactly(DropReason.IMPLAUSIBLE);
        assertThat(b.state()).isEqualTo(StateName.COMMIT);
    }

    @Test // [REC-12]
    void whoSaysThatItLacksWhatAllHadKeepsNobodyFromGoingOn() {
        ScriptedMember b = onRing(B, A, B, C);
        b.hears(agreed(b.ringId(), A, 1))
                .tokenComesBack(token -> token.sequence(1).aru(1, Token.NOBODY));
        b.tokenComesBack().tokenComesBack();
        assertThat(b.protocol.view().released()).isEqualTo(1);

        b.gathersWith(A, B, C).brings(A, new OldRing(b.ringId(), 0, 1, 0, 0)).commits(A, B, C);

        b.recovers().installs();
    }

    @Test // [REC-12]
    void framesOfRecoveryAreNotRecoveredThoughSomebodySaysThatItLacksThem() {
        ScriptedMember b = onRing(B, A, B, C);
        b.hears(agreed(b.ringId(), A, 1));
        b.gathersWith(A, B, C).brings(A, new OldRing(b.ringId(), 0, 0, 0, 0));
        b.commits(A, B, C).recovers().installs();
        assertThat(b.protocol.view().highest())
                .as("there was something to recover")
                .isPositive();

        b.gathersWith(A, B, C).brings(A, new OldRing(b.ringId(), 0, 0, 0, 0));
        b.commits(A, B, C).recovers().installs();

        assertThat(b.state()).isEqualTo(StateName.OPERATIONAL);
    }

    @Test // [REC-12]
    void aRecoveryThatIsSaidToGoOnAndDoesNotIsGivenUp() {
        ScriptedMember b =
                onRing(B, A, B, C).gathersWith(A, B, C).commits(A, B, C).recovers();
        b.turns();

        for (int visit = 0; visit <= 1_100 && b.state() == StateName.RECOVERY; visit++) {
            b.waits(2).tokenComesBack(TokenBuilder::recovering);
        }

        assertThat(b.effects.gatherReason()).isEqualTo(GatherReason.RECOVERY_LOST);
    }

    @Test // [REC-11]
    void nobodyInstallsWhatItHasNotGotWhateverTheTokenSaysOfIt() {
        ScriptedMember b =
                onRing(B, A, B, C).gathersWith(A, B, C).commits(A, B, C).recovers();
        b.turns();

        for (int visit = 0; visit < 10; visit++) {
            b.tokenComesBack(token -> token.sequence(5).aru(5, Token.NOBODY));
        }

        assertThat(b.state()).isEqualTo(StateName.RECOVERY);
    }
}
