package io.vsring.protocol;

import io.vsring.Member;
import io.vsring.MemberAddress;
import io.vsring.MemberId;
import io.vsring.MemberSet;
import io.vsring.wire.CommitToken;
import io.vsring.wire.CommitToken.Entry;
import io.vsring.wire.DataFrame;
import io.vsring.wire.Join;
import io.vsring.wire.MalformedDatagramException;
import io.vsring.wire.Mutant;
import io.vsring.wire.RecoveryBody;
import io.vsring.wire.Token;
import java.util.List;
import java.util.Objects;

/**
 * The new ring turns, but carries frames of the old one only, until all who go together hold the same.
 *
 * <p>After Totem (TOCS 1995, section 6). Nothing is delivered here: the old ring's rest, the transitional and the
 * regular configuration come together when this member installs the new ring.
 */
final class Recovery extends MembershipState {

    private final Candidates candidates;
    private final CommitToken commit;
    private final OrderedRing ring;
    private final TokenVisit visit;
    private final RecoveryExchange exchange;
    private final Laggard deaf;
    private final Laggard endless;
    private boolean originated;
    private boolean raisedFlag;
    private int clearVisits;
    private long lastRecovery;
    private boolean acknowledged;
    private int completeVisits;
    private int resends;

    /** @param received the commit token on its second rotation: it has been everywhere */
    Recovery(LocalMember local, Candidates candidates, CommitToken received) {
        super(local);
        this.candidates = candidates;
        List<Member> members = received.entries().stream().map(Entry::member).toList();
        this.ring = new OrderedRing(
                received.ringId(),
                received.settings(),
                members,
                local.id(),
                local.options().storeFrames());
        this.visit = new TokenVisit(ring, local);
        this.exchange = new RecoveryExchange(local, received);
        this.deaf = Laggard.deaf(local, ring);
        this.endless = Laggard.deaf(local, ring);
        MemberId next = ring.successor().id();
        this.commit =
                new CommitToken(received.ringId(), next, received.hop() + 1, received.settings(), received.entries());
    }

    @Override
    StateName name() {
        return StateName.RECOVERY;
    }

    @Override
    OrderedRing proposed() {
        return ring;
    }

    @Override
    MembershipState enter() {
        local.effects().disarm(Timer.COMMIT_LOSS);
        local.effects().arm(Timer.TOKEN_LOSS, ring.tokenLossNanos());
        local.effects().arm(Timer.TOKEN_RETRANSMIT, Commit.resendNanos(commit));
        local.send(ring.successor(), commit);
        return this;
    }

    @Override
    MembershipState onCommitToken(CommitToken received) {
        boolean backHome = received.ringId().equals(ring.id())
                && received.destination().equals(local.id())
                && ring.isRepresentative()
                && received.hop() == 2 * ring.size();
        if (!backHome || (originated && !Mutant.ORIGINATE_TWICE)) {
            if (received.destination().equals(local.id())) {
                Commit.answer(local, received, commit);
            }
            return drop(DropReason.DUPLICATE, received);
        }
        originated = true; // [REC-9] once: a repeated commit token must not make a second token
        return onToken(firstToken(ring));
    }

    /** The token as the representative finds it before its first visit. */
    static Token firstToken(OrderedRing ring) {
        return new Token(
                ring.id(),
                ring.id().representative(),
                1,
                0,
                0,
                Token.NOBODY,
                0,
                0,
                false,
                false,
                0,
                Token.NOBODY,
                0,
                Token.NOBODY,
                new long[0]);
    }

    @Override
    MembershipState onToken(Token token) {
        if (!token.ringId().equals(ring.id())) {
            return drop(DropReason.WRONG_STATE, token);
        }
        DropReason refused = ring.refuses(token);
        if (refused != null) {
            visit.refused(token, refused, null);
            return drop(refused, token);
        }
        ring.arrived(token);
        deaf.observeAru(token, local.now());
        int place = deaf.overdue(local.now());
        if (place != Token.NOBODY && place != ring.selfIndex()) { // [MEM-9] it would keep all from recovering
            MemberId member = ring.memberSet().get(place);
            local.expel(member, GatherReason.MEMBER_STUCK);
            return new Gather(local, GatherReason.MEMBER_STUCK, candidates).condemning(member);
        }
        endless.observe(token.recovering() ? 0 : Token.NOBODY, token.sequence(), local.now());
        if (endless.overdue(local.now()) != Token.NOBODY) { // [REC-12] nobody has raised the flag, or it would go on
            return new Gather(local, GatherReason.RECOVERY_LOST, candidates);
        }
        passOverRecovered();
        OrderedRing old = local.ring();
        long owed = old.window().highest() - old.delivered();
        long lane = ring.delivered() + local.effects().deliveryRoom() - owed;
        visit.work(token, exchange, lane, TokenVisit.Limit.PASSED_OVER);
        boolean recovering = settleFlag(token.recovering());
        boolean installs = isComplete(token, recovering);
        visit.passOn(recovering ? TokenVisit.Note.RECOVERING : TokenVisit.Note.NONE);
        resends = 0;
        return installs ? install() : this;
    }

    private void passOverRecovered() {
        while (ring.takeDeliverable() != null) {
            // recovery frames are not delivered, but count: what is behind us can be let go
        }
    }

    /** [REC-10] The flag says that somebody has something left to pass on. Only who raised it takes it down. */
    private boolean settleFlag(boolean flag) {
        if (!exchange.isEmpty()) {
            raisedFlag |= !flag;
            return true;
        }
        if (flag && (raisedFlag || Mutant.FLAG_TAKEN_DOWN_BY_ANYBODY)) {
            raisedFlag = false;
            return false;
        }
        return flag;
    }

    /**
     * [REC-11] When the flag was down for a whole rotation, nobody has anything left, and the highest number is final.
     * Who has everything up to there says so to itself, and is bound by it from then on. When two tokens have shown
     * that everybody has, the ring is installed; everybody else then does so during this very rotation.
     */
    private boolean isComplete(Token token, boolean recovering) {
        clearVisits = recovering ? 0 : clearVisits + 1;
        if (clearVisits == 2) {
            lastRecovery = visit.sequence();
        }
        if (clearVisits >= 2 && !acknowledged && lastRecovery <= ring.window().aru()) {
            acknowledged = true;
            local.bindTo(exchange.obliged());
        }
        boolean everybodyHas = clearVisits >= 3 && acknowledged && lastRecovery <= token.aru();
        completeVisits = everybodyHas ? completeVisits + 1 : 0;
        return completeVisits == 2 || (Mutant.INSTALL_AT_ONCE && clearVisits == 2);
    }

    private MembershipState install() {
        Invariant.check(acknowledged, "who installs a ring has all of the old one");
        MemberSet suspects = candidates.suspects().minus(ring.memberSet());
        MemberSet missed = missed();
        local.install(ring, exchange.transitional(), exchange.end());
        local.strangers().missed(missed);
        suspects.stream()
                .filter(member -> !local.strangers().isQuarantined(member)) // else it was judged in this very attempt
                .forEach(local.strangers()::quarantineWhoHears);
        return new Operational(local, ring, visit);
    }

    /**
     * [MEM-8] Strangers that did not come along; and companions in whose slot another incarnation came. If such a one
     * still speaks, two processes have one member id, and each would throw the other out for ever.
     */
    private MemberSet missed() {
        MemberSet companions = local.ring().memberSet();
        return MemberSet.of(candidates.everybody().minus(ring.memberSet()).stream()
                .filter(member -> !companions.contains(member) || hasReplacement(member))
                .toList());
    }

    private boolean hasReplacement(MemberId member) {
        return ring.memberSet().stream().anyMatch(member::isSameSlotAs);
    }

    @Override
    MembershipState onData(DataFrame frame, MemberAddress source) {
        if (!frame.ringId().equals(ring.id())) {
            if (Mutant.OLD_FRAMES_AFTER_COMMIT
                    && frame.ringId().equals(local.ring().id())) {
                local.ring().takeLate(frame);
            }
            return drop(DropReason.WRONG_STATE, frame); // [REC-8]
        }
        if (!ring.window().accepts(frame.sequence())) {
            return drop(DropReason.OUTSIDE_WINDOW, frame);
        }
        if (ring.window().holds(frame.sequence())) {
            return drop(DropReason.DUPLICATE, frame);
        }
        if (!frame.isRecovery() || !ring.isPossible(frame)) {
            return drop(DropReason.IMPLAUSIBLE, frame); // [ORD-10]
        }
        ring.store(frame);
        try {
            exchange.take(RecoveryBody.decode(frame.body()));
        } catch (MalformedDatagramException malformed) {
            return drop(DropReason.IMPLAUSIBLE, frame);
        }
        return this;
    }

    @Override
    MembershipState onJoin(Join join) {
        int suspect = deaf.suspect(local.now());
        if (suspect != Token.NOBODY && suspect != ring.selfIndex()) {
            candidates.suspect(ring.memberSet().get(suspect));
        }
        if (!Commit.givesUp(candidates, commit, join)) {
            return drop(DropReason.OLD_NEWS, join);
        }
        judge();
        return Commit.afterGivingUp(local, candidates, join);
    }

    private void judge() {
        Token passed = ring.forwarded();
        if (passed != null) {
            boolean hears = !ring.isRepresentative() || passed.visit() > 2;
            judge(
                    candidates,
                    ring.successor().id(),
                    ring.awaitsSign() ? resends : SIGNED,
                    hears,
                    GatherReason.RECOVERY_LOST);
        }
    }

    @Override
    MembershipState onTimer(Timer timer) {
        if (timer == Timer.TOKEN_LOSS) {
            judge();
            return new Gather(local, GatherReason.RECOVERY_LOST, candidates);
        }
        if (timer == Timer.TOKEN_RETRANSMIT) {
            if (ring.forwarded() == null) {
                local.effects().arm(Timer.TOKEN_RETRANSMIT, Commit.resendNanos(commit));
                local.effects().sendWatched(ring.successor(), commit);
            } else if (ring.awaitsSign()) {
                resends++;
                local.counters().tokensRetransmitted++;
                local.effects().arm(Timer.TOKEN_RETRANSMIT, ring.settings().tokenRetransmitNanos());
                local.effects().sendWatched(ring.successor(), Objects.requireNonNull(ring.forwarded()));
            }
        }
        return this;
    }

    @Override
    MembershipState onUnreachable(MemberAddress address) {
        boolean waits = ring.forwarded() == null || ring.awaitsSign();
        boolean gone = waits && ring.successor().address().equals(address);
        return gone ? new Gather(local, GatherReason.MEMBER_UNREACHABLE, candidates) : this;
    }

    @Override
    MembershipState onPause() {
        return new Gather(local, GatherReason.PAUSED, candidates);
    }
}
