package io.vsring.protocol;

import io.vsring.Member;
import io.vsring.MemberAddress;
import io.vsring.MemberId;
import io.vsring.RingId;
import io.vsring.wire.CommitToken;
import io.vsring.wire.CommitToken.Entry;
import io.vsring.wire.CommitToken.OldRing;
import io.vsring.wire.DataFrame;
import io.vsring.wire.Join;
import io.vsring.wire.Mutant;
import io.vsring.wire.RingSettings;
import io.vsring.wire.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The proposed ring goes round: on the first rotation everybody agrees to it and says what it holds of its old ring.
 */
final class Commit extends MembershipState {

    /** So many times our own token-loss time others may ask for. */
    private static final int TIMES_MAX = 32;

    private final Candidates candidates;
    private final CommitToken token;
    private int resends;

    private Commit(LocalMember local, Candidates candidates, CommitToken token) {
        super(local);
        this.candidates = candidates;
        this.token = token;
    }

    /** The representative's proposal. */
    static Commit propose(LocalMember local, Candidates candidates) {
        List<Entry> entries = new ArrayList<>();
        for (Member member : candidates.livingMembers()) {
            entries.add(new Entry(member, null));
        }
        long highest = Math.max(local.highestRingSequence(), local.proposedRingSequence());
        long sequence = (Mutant.RING_SEQUENCE_REUSED ? local.ring().id().sequence() : highest) + 1;
        RingId ringId = new RingId(local.id(), sequence);
        CommitToken blank =
                new CommitToken(ringId, local.id(), 0, local.options().settings(entries.size()), entries);
        return accept(local, candidates, blank);
    }

    /** Agrees to a proposal: adds what this member holds. */
    static Commit accept(LocalMember local, Candidates candidates, CommitToken received) {
        int index = received.hop();
        OrderedRing old = local.ring();
        OldRing share = new OldRing(
                local.comesFrom(received.ringId()),
                old.window().aru(),
                old.window().highest(),
                old.safeLine(),
                RecoveryExchange.bitsOf(local.obligations(), old.memberSet()));
        List<Entry> entries = new ArrayList<>(received.entries());
        entries.set(index, new Entry(entries.get(index).member(), share));
        MemberId next = entries.get((index + 1) % entries.size()).member().id();
        CommitToken filled = new CommitToken(
                received.ringId(),
                next,
                index + 1,
                received.settings().merge(local.options().settings(entries.size())),
                entries);
        return new Commit(local, candidates, filled);
    }

    /**
     * Whether this token is a proposal that has come to the member whose turn it is, with all entries before filled.
     */
    static boolean isOnFirstRotation(CommitToken token, MemberId self) {
        List<Entry> entries = token.entries();
        int hop = token.hop();
        if (hop < 1 || hop >= entries.size() || !entries.get(hop).member().id().equals(self)) {
            return false;
        }
        for (int index = 0; index < entries.size(); index++) {
            if (index < hop == (entries.get(index).old() == null)) {
                return false;
            }
        }
        return token.ringId().representative().equals(entries.get(0).member().id());
    }

    /**
     * [MEM-21] Whether a ring with these settings could be one of members like us: the relations that everybody's times
     * keep, and none so long that we would wait for its token as if for ever.
     */
    static boolean suits(RingSettings proposed, RingSettings ours) {
        return proposed.tokenLossNanos() / TIMES_MAX <= ours.tokenLossNanos()
                && proposed.tokenLossNanos() / 3 >= proposed.tokenRetransmitNanos()
                && proposed.holdNanos() < proposed.tokenLossNanos();
    }

    /** [MEM-21] [REC-12] Whether what we said is in it as we said it: what it says we asked for, and what we hold. */
    private boolean keeps(CommitToken received, int place) {
        RingSettings ours = local.options().settings(received.entries().size());
        return received.settings().merge(ours).equals(received.settings())
                && suits(received.settings(), ours)
                && Objects.equals(
                        received.entries().get(place).old(),
                        token.entries().get(place).old());
    }

    @Override
    StateName name() {
        return StateName.COMMIT;
    }

    @Override
    MembershipState enter() {
        local.agreeTo(token.ringId());
        for (Timer timer : Timer.values()) {
            local.effects().disarm(timer);
        }
        local.effects().arm(Timer.COMMIT_LOSS, local.options().commitLossNanos());
        pass();
        return this;
    }

    private void pass() {
        local.effects().arm(Timer.TOKEN_RETRANSMIT, resendNanos(token));
        local.send(nextOf(token), token);
    }

    /** A proposal is small and rare: it may be repeated more often than a token. */
    static long resendNanos(CommitToken token) {
        return token.settings().tokenRetransmitNanos() / 4;
    }

    static Member nextOf(CommitToken token) {
        return token.entries().get(token.hop() % token.entries().size()).member();
    }

    @Override
    MembershipState onCommitToken(CommitToken received) {
        if (!received.ringId().equals(token.ringId())) {
            return drop(DropReason.WRONG_STATE, received);
        }
        if (!received.destination().equals(local.id())) {
            signed(received.hop() > token.hop());
            return drop(DropReason.NOT_FOR_US, received);
        }
        int place = received.members().indexOf(local.id());
        int size = received.entries().size();
        if (received.hop() != size + place || !received.members().equals(token.members())) {
            answer(local, received, token);
            return drop(DropReason.DUPLICATE, received);
        }
        if (!keeps(received, place) || !RecoveryExchange.isPlausible(received, local.ring())) {
            return drop(DropReason.IMPLAUSIBLE, received);
        }
        return new Recovery(local, candidates, received);
    }

    /** [MEM-18] Whoever sends again what we have passed on misses a sign: it gets to see what became of it. */
    static void answer(LocalMember local, CommitToken again, CommitToken passed) {
        List<Entry> entries = passed.entries();
        if (again.ringId().equals(passed.ringId()) && again.hop() + 1 == passed.hop()) {
            Member sender = entries.get((again.hop() + entries.size() - 1) % entries.size())
                    .member();
            local.effects().sendTo(sender, passed);
        }
    }

    private void signed(boolean sign) {
        resends = sign ? SIGNED : resends;
    }

    @Override
    MembershipState onJoin(Join join) {
        boolean refuses = !join.living().equals(token.members());
        signed(refuses && join.sender().id().equals(nextOf(token).id()));
        if (!givesUp(candidates, token, join)) {
            return drop(DropReason.OLD_NEWS, join);
        }
        judge();
        return afterGivingUp(local, candidates, join);
    }

    private void judge() {
        boolean hears = token.hop() > 1;
        judge(candidates, nextOf(token).id(), resends, hears, GatherReason.COMMIT_LOST);
    }

    /** [MEM-15] A Join that knows of the proposed ring comes from a member that has given it up; any other is old. */
    static boolean givesUp(Candidates candidates, CommitToken token, Join join) {
        MemberId sender = join.sender().id();
        return token.members().contains(sender)
                && join.ringSequence() >= token.ringId().sequence()
                && !candidates.hasFailed(sender);
    }

    static Gather afterGivingUp(LocalMember local, Candidates candidates, Join join) {
        GatherReason reason = join.leaving() ? GatherReason.MEMBER_LEAVES : GatherReason.MEMBER_GATHERS;
        return new Gather(local, reason, candidates).hearing(join);
    }

    @Override
    MembershipState onData(DataFrame frame, MemberAddress source) {
        // [REC-8] What we said that we miss must stay missing until the exchange, or we would count differently.
        if (Mutant.OLD_FRAMES_AFTER_COMMIT && frame.ringId().equals(local.ring().id())) {
            local.ring().takeLate(frame);
        }
        return drop(DropReason.WRONG_STATE, frame);
    }

    @Override
    MembershipState onToken(Token received) {
        return drop(DropReason.WRONG_STATE, received);
    }

    @Override
    MembershipState onTimer(Timer timer) {
        if (timer == Timer.COMMIT_LOSS) {
            judge();
            return new Gather(local, GatherReason.COMMIT_LOST, candidates);
        }
        if (timer == Timer.TOKEN_RETRANSMIT) {
            resends += resends == SIGNED ? 0 : 1;
            local.effects().arm(Timer.TOKEN_RETRANSMIT, resendNanos(token));
            local.effects().sendWatched(nextOf(token), token);
        }
        return this;
    }

    @Override
    MembershipState onUnreachable(MemberAddress address) {
        boolean gone = nextOf(token).address().equals(address);
        return gone ? new Gather(local, GatherReason.MEMBER_UNREACHABLE, candidates) : this;
    }

    @Override
    MembershipState onPause() {
        return new Gather(local, GatherReason.PAUSED, candidates);
    }
}
