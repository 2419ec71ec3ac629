package io.vsring.protocol;

import io.vsring.Member;
import io.vsring.MemberAddress;
import io.vsring.MemberId;
import io.vsring.wire.CommitToken;
import io.vsring.wire.DataFrame;
import io.vsring.wire.HoldCancel;
import io.vsring.wire.Join;
import io.vsring.wire.MergeProbe;
import io.vsring.wire.Mutant;
import io.vsring.wire.Token;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The token turns, frames are ordered and delivered. */
final class Operational extends MembershipState {

    /** A member that is not the representative looks for other rings this much less often. */
    private static final int PROBE_RARELY = 5;

    private final OrderedRing ring;
    private final TokenVisit visit;
    private final IdleHold hold;
    private final Laggard deaf;
    private final Laggard slow;
    private @Nullable Token held;
    private boolean rests;

    /** Who was asked for the token that has not come yet. */
    private @Nullable Member asked;

    /** Who was asked for the token that came last. */
    private @Nullable Member handedBy;

    /** Whether questions and tokens of a silent ring take the links that nothing else needs: until one is in vain. */
    private boolean straight = true;

    Operational(LocalMember local, OrderedRing ring, TokenVisit visit) {
        super(local);
        this.ring = ring;
        this.visit = visit;
        this.hold = new IdleHold(ring);
        this.deaf = Laggard.deaf(local, ring);
        this.slow = new Laggard(1, local.options().slowMemberNanos());
    }

    @Override
    StateName name() {
        return StateName.OPERATIONAL;
    }

    @Override
    MembershipState enter() {
        local.strangers().joined(ring.memberSet());
        local.effects().arm(Timer.MERGE, mergeDelay());
        return this;
    }

    private long mergeDelay() {
        long interval = local.options().mergeNanos();
        return ring.isRepresentative() ? interval : PROBE_RARELY * interval;
    }

    @Override
    MembershipState onData(DataFrame frame, MemberAddress source) {
        if (!frame.ringId().equals(ring.id())) {
            return onForeignData(frame, source);
        }
        if (!ring.window().accepts(frame.sequence())) {
            return drop(
                    frame.sequence() <= ring.window().aru() ? DropReason.DUPLICATE : DropReason.OUTSIDE_WINDOW, frame);
        }
        if (ring.window().holds(frame.sequence())) {
            return drop(DropReason.DUPLICATE, frame);
        }
        // [ORD-10] Who has installed the ring holds all its frames of recovery; and who has the token alone numbers.
        boolean unnumbered = held != null && frame.sequence() > held.sequence();
        if (frame.isRecovery() || unnumbered || !ring.isPossible(frame)) {
            return drop(DropReason.IMPLAUSIBLE, frame);
        }
        ring.store(frame);
        local.deliverReady();
        return this;
    }

    private MembershipState onForeignData(DataFrame frame, MemberAddress source) {
        // [MEM-10] Late frames of rings that we were on, or that a companion was on, are no sign of a stranger.
        if (local.hasBeenOn(frame.ringId())
                || (ring.memberSet().contains(frame.sender())
                        && frame.ringId().sequence() < ring.id().sequence())) {
            return drop(DropReason.STALE_RING, frame);
        }
        local.strangers().heard(source);
        return drop(DropReason.FOREIGN_RING, frame);
    }

    @Override
    MembershipState onToken(Token token) {
        if (!token.ringId().equals(ring.id())) {
            return drop(local.hasBeenOn(token.ringId()) ? DropReason.STALE_RING : DropReason.FOREIGN_RING, token);
        }
        DropReason refused = ring.refuses(token);
        if (Mutant.TOKEN_LOSS_PUT_OFF_BY_COPY && refused == DropReason.DUPLICATE) {
            local.effects().arm(Timer.TOKEN_LOSS, ring.tokenLossNanos());
        }
        if (refused != null) {
            visit.refused(token, refused, handedBy);
            if (held != null && token.visit() == held.visit()) { // [DEV-1] our predecessor has waited long enough
                wake();
                return release();
            }
            return drop(refused, token);
        }
        return visited(token);
    }

    private MembershipState visited(Token token) {
        ring.arrived(token);
        local.deliverReady(); // what has become safe
        if (ring.size() > 1) { // who is alone would answer itself for ever, in one step
            local.effects().beforeVisit();
        }
        rests = false;
        handedBy = asked;
        asked = null;
        deaf.observeAru(token, local.now());
        slow.observe(isBlocked(token) ? token.limitHolder() : Token.NOBODY, token.limit(), local.now());
        MembershipState without = withoutLaggard();
        if (without != this) {
            return without;
        }
        long inForce = ring.isRepresentative() ? token.nextLimit() : token.limit();
        hold.observe(token, !local.queue().isEmpty() && token.sequence() < inForce);
        if (hold.mayHold()) {
            return hold(token);
        }
        return work(token);
    }

    /**
     * [MEM-9] Whether nothing but an application keeps the ring from going on. As long as a member lacks frames, no
     * application can be given what is safe behind them.
     */
    private static boolean isBlocked(Token token) {
        return token.sequence() >= token.limit() && token.aru() >= token.limit() && token.backlog() > 0;
    }

    private MembershipState hold(Token token) {
        held = token;
        local.counters().tokensHeld++;
        local.effects().disarm(Timer.TOKEN_LOSS);
        local.effects().disarm(Timer.TOKEN_RETRANSMIT);
        local.effects().arm(Timer.TOKEN_HOLD, ring.settings().holdNanos());
        return maybeFarewell();
    }

    private MembershipState work(Token token) {
        long lane = ring.delivered() + local.effects().deliveryRoom();
        visit.work(token, local.queue(), lane, TokenVisit.Limit.BINDS);
        boolean silent = ring.spokeLast() ? hold.announces() : token.holding();
        rests = silent && visit.sequence() == token.sequence();
        visit.passOn(rests ? TokenVisit.Note.HOLDING : TokenVisit.Note.NONE);
        local.deliverReady();
        return maybeFarewell();
    }

    /** Lets go of a held token: it is worked on as if it had come just now. */
    private MembershipState release() {
        Token token = held;
        if (token == null) {
            return this;
        }
        held = null;
        local.effects().disarm(Timer.TOKEN_HOLD);
        return work(token);
    }

    private MembershipState withoutLaggard() {
        int place = deaf.overdue(local.now());
        GatherReason reason = GatherReason.MEMBER_STUCK;
        if (place == Token.NOBODY) {
            place = slow.overdue(local.now());
            reason = GatherReason.MEMBER_SLOW;
        }
        if (place == Token.NOBODY || place == ring.selfIndex()) {
            return this; // the others will judge us
        }
        MemberId laggard = ring.memberSet().get(place);
        local.expel(laggard, reason);
        return gather(reason).condemning(laggard);
    }

    private Gather gather(GatherReason reason) {
        Gather gather = new Gather(local, reason);
        for (Laggard laggard : new Laggard[] {deaf, slow}) {
            int suspect = laggard.suspect(local.now());
            if (suspect != Token.NOBODY && suspect != ring.selfIndex()) {
                gather.suspecting(ring.memberSet().get(suspect));
            }
        }
        return gather;
    }

    @Override
    MembershipState onJoin(Join join) {
        MemberId sender = join.sender().id();
        if (!ring.memberSet().contains(sender)) {
            if (join.leaving() || local.strangers().isLeftAlone(sender)) {
                return drop(DropReason.FAILED_MEMBER, join);
            }
            local.strangers().heard(join.sender().address());
            return drop(DropReason.NOT_TWO_WAY, join);
        }
        // [MEM-5] A Join that a companion sent before this ring was agreed on.
        if (join.ringSequence() < ring.id().sequence() && !Mutant.STALE_JOIN_IN_OPERATIONAL) {
            return drop(DropReason.OLD_NEWS, join);
        }
        if (Mutant.LEAVE_NOT_COUNTED && join.leaving()) {
            return drop(DropReason.FAILED_MEMBER, join);
        }
        if (join.leaving()) {
            return gather(GatherReason.MEMBER_LEAVES).condemning(sender);
        }
        if (join.failed().contains(local.id())) {
            return drop(DropReason.CONDEMNED_BY_SENDER, join); // our own token-loss timeout will tell
        }
        return gather(GatherReason.MEMBER_GATHERS).hearing(join);
    }

    @Override
    MembershipState onCommitToken(CommitToken token) {
        return drop(DropReason.WRONG_STATE, token);
    }

    @Override
    MembershipState onMergeProbe(MergeProbe probe) {
        Member sender = probe.sender();
        if (ring.memberSet().contains(sender.id())) {
            return drop(probe.ringId().equals(ring.id()) ? DropReason.OLD_NEWS : DropReason.STALE_RING, probe);
        }
        if (local.strangers().isLeftAlone(sender.id())) {
            return drop(DropReason.FAILED_MEMBER, probe);
        }
        if (!hasRoomFor(sender.id())) {
            return drop(DropReason.RING_FULL, probe); // unanswered, so that it does not gather for us either
        }
        if (!local.strangers().heard(probe)) {
            return drop(DropReason.NOT_TWO_WAY, probe);
        }
        return gather(GatherReason.STRANGER_HEARD).meeting(sender);
    }

    /** A member that was started again takes the place of its earlier incarnation. */
    private boolean hasRoomFor(MemberId stranger) {
        return ring.size() < local.options().maxMembers()
                || ring.memberSet().stream().anyMatch(member -> member.isSameSlotAs(stranger));
    }

    @Override
    MembershipState onHoldCancel(HoldCancel cancel) {
        if (!cancel.ringId().equals(ring.id())) {
            return drop(DropReason.STALE_RING, cancel);
        }
        int asker = ring.memberSet().indexOf(cancel.sender());
        if (asker < 0 || asker == ring.selfIndex()) {
            return drop(DropReason.IMPLAUSIBLE, cancel);
        }
        wake();
        if (held != null && straight && local.queue().isEmpty()) {
            return handOver(held, asker);
        }
        return ring.spokeLast() ? release() : retransmit();
    }

    private MembershipState handOver(Token token, int asker) {
        held = null;
        local.effects().disarm(Timer.TOKEN_HOLD);
        visit.handOver(token, ring.members().get(asker));
        return this;
    }

    /**
     * [DEV-1] The ring is at rest no longer: if the token was lost while it was, we do not wait for it as for a rest.
     */
    private void wake() {
        hold.cancel();
        if (rests && ring.awaitsSign()) {
            local.effects().arm(Timer.TOKEN_RETRANSMIT, ring.settings().tokenRetransmitNanos());
        }
        rests = false;
    }

    /**
     * [DEV-1] Asks for the token. Who spoke last should have it [DEV-17]. Where it does not come all the same, all are
     * asked, and those who do not know what became of the one that they passed on send it again at once.
     */
    private void ask() {
        hold.cancel();
        asked = ring.lastSpeaker();
        if (!ring.spokeLast()) {
            HoldCancel cancel = new HoldCancel(local.id(), ring.id());
            if (straight) {
                local.effects().sendTo(asked, cancel);
            } else {
                local.effects().broadcast(ring.peers(), cancel);
            }
        }
        local.effects().arm(Timer.TOKEN_RETRANSMIT, ring.settings().tokenRetransmitNanos());
    }

    @Override
    MembershipState onTimer(Timer timer) {
        return switch (timer) {
            case TOKEN_LOSS -> gather(GatherReason.TOKEN_LOST);
            case TOKEN_RETRANSMIT -> retransmit();
            case TOKEN_HOLD -> release();
            case MERGE -> {
                local.strangers().probe();
                local.effects().arm(Timer.MERGE, mergeDelay());
                yield this;
            }
            default -> this;
        };
    }

    /** [ORD-7] Sends the token again, and listens whether anybody is there at all. */
    private MembershipState retransmit() {
        if (asked != null && rests) {
            straight &= ring.spokeLast(); // else a question of ours was in vain
            local.effects().broadcast(ring.peers(), new HoldCancel(local.id(), ring.id()));
            rests = false;
        }
        if (ring.awaitsSign()) {
            local.counters().tokensRetransmitted++;
            Token passed = Objects.requireNonNull(ring.forwarded());
            local.effects().sendWatched(ring.passedTo(), passed);
            if (!ring.passedTo().equals(ring.successor())) {
                // [DEV-16] No other token needs this link. If it is dead, it gets there the long way, this once.
                straight = false;
                local.effects().sendTo(ring.successor(), passed);
            }
            local.effects().arm(Timer.TOKEN_RETRANSMIT, ring.settings().tokenRetransmitNanos());
            if (Mutant.TOKEN_LOSS_PUT_OFF_BY_COPY) {
                local.effects().arm(Timer.TOKEN_LOSS, ring.tokenLossNanos());
            }
        }
        return this;
    }

    @Override
    MembershipState onUnreachable(MemberAddress address) {
        // [MEM-11] [DEV-9] A host said so, and no sign of life came since we sent the token: but for that it would be
        // hearsay.
        boolean gone = ring.awaitsSign() && ring.passedTo().address().equals(address);
        return gone ? gather(GatherReason.MEMBER_UNREACHABLE) : this;
    }

    @Override
    MembershipState onPause() {
        return ring.size() == 1 ? this : gather(GatherReason.PAUSED);
    }

    @Override
    MembershipState onWork() {
        MembershipState farewell = maybeFarewell();
        if (farewell != this) {
            return farewell;
        }
        if (held != null) {
            hold.cancel();
            return release();
        }
        if (rests && asked == null) {
            ask();
        }
        return this;
    }

    /** [MEM-12] [DEV-10] Who leaves goes when all it has sent is held by all, so that nothing is lost with it. */
    private MembershipState maybeFarewell() {
        boolean done = local.isLeaving()
                && local.queue().isEmpty()
                && ring.delivered() >= ring.lastOwn()
                && ring.safeLine() >= ring.lastOwn();
        return done ? new Farewell(local) : this;
    }
}
