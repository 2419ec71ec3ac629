package io.vsring.protocol;

import io.vsring.Member;
import io.vsring.MemberAddress;
import io.vsring.MemberId;
import io.vsring.MemberSet;
import io.vsring.wire.CommitToken;
import io.vsring.wire.DataFrame;
import io.vsring.wire.Join;
import io.vsring.wire.MergeProbe;
import io.vsring.wire.Mutant;
import io.vsring.wire.Token;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Exchanging Joins until all who live agree on who is in. The lowest of them then proposes the ring. */
final class Gather extends MembershipState {

    /** Gather waits anew after each piece of news, but not for longer than this many consensus timeouts. */
    private static final int CONSENSUS_TIMEOUTS_MAX = 5;

    private static final int UNREACHABLE_TIMES = 3;

    /** [MEM-16] Joins that a member sends in a join interval because of news, each destination counted. */
    private static final int JOINS_PER_INTERVAL = 256;

    private final GatherReason reason;
    private final Candidates candidates;
    private final Opinions opinions;
    private final TreeMap<MemberId, MemberId> accusers = new TreeMap<>();
    private final TreeSet<MemberId> heard = new TreeSet<>();
    private final TreeSet<MemberId> alive = new TreeSet<>();
    private final TreeMap<MemberId, Unanswered> unanswered = new TreeMap<>();
    private long sinceNanos;
    private long saidNanos;
    private boolean stoodFirm;

    /** Joins to a member to which its host answered that nobody listens. */
    private record Unanswered(int times, long sinceNanos) {}

    Gather(LocalMember local, GatherReason reason) {
        this(
                local,
                reason,
                new Candidates(local.ring().members(), local.options().maxMembers()));
    }

    /** Goes on from an attempt that failed. */
    Gather(LocalMember local, GatherReason reason, Candidates candidates) {
        super(local);
        this.reason = reason;
        this.candidates = candidates;
        this.opinions = new Opinions(local.id());
        local.counters().boundInVain += local.obligations().isEmpty() ? 0 : 1;
    }

    Gather condemning(MemberId member) {
        candidates.condemn(member);
        return this;
    }

    Gather suspecting(MemberId member) {
        candidates.suspect(member);
        return this;
    }

    /** Begins with a stranger that is heard both ways. */
    Gather meeting(Member stranger) {
        meet(stranger);
        return this;
    }

    Gather hearing(Join join) {
        note(join);
        learn(join);
        return this;
    }

    GatherReason reason() {
        return reason;
    }

    @Override
    StateName name() {
        return StateName.GATHER;
    }

    @Override
    MembershipState enter() {
        for (Timer timer : Timer.values()) {
            local.effects().disarm(timer);
        }
        sinceNanos = local.now();
        local.effects().arm(Timer.CONSENSUS, local.options().consensusNanos());
        say();
        return settle();
    }

    private long joinDelay() {
        long interval = local.options().joinNanos();
        if (hasTwoOfOneSlot(candidates.living())) {
            return interval / 2; // whoever of them is alive has answered by then
        }
        return interval + local.chance().below(interval / 4 + 1);
    }

    /** Our opinion goes to all candidates, to seeds and to former members: whoever hears it may know more. */
    private void say() {
        saidNanos = local.now();
        local.effects().arm(Timer.JOIN, joinDelay());
        ProtocolOptions options = local.options();
        Join join = new Join(
                local.self(),
                false,
                local.highestRingSequence(),
                options.minVersion(),
                options.settings().version(),
                candidates.livingMembers(),
                candidates.accused());
        Set<MemberAddress> told = new LinkedHashSet<>();
        for (MemberId member : candidates.living()) {
            MemberAddress address = candidates.addressOf(member);
            if (!member.equals(local.id()) && told.add(address)) {
                local.effects().sendWatched(address, join);
            }
        }
        told.add(local.self().address());
        for (MemberId member : candidates.failed()) {
            if (candidates.contains(member) && told.add(candidates.addressOf(member))) {
                local.effects().sendTo(candidates.addressOf(member), join);
            }
        }
        for (MemberAddress address : local.elsewhere()) {
            if (told.add(address)) {
                local.effects().sendTo(address, join);
            }
        }
    }

    /**
     * [MEM-16] [DEV-14] Says what is new at once, unless too much has been said just now: of many who start together
     * each hears of the others one by one, and all of them saying each piece of it to all would drown a network.
     */
    private void sayNews() {
        long pause = local.options().joinNanos() * candidates.living().size() / JOINS_PER_INTERVAL;
        long over = saidNanos + pause - local.now();
        if (over <= 0) {
            say();
        } else {
            local.effects().arm(Timer.JOIN, over);
        }
    }

    /** Something is new: says so, and gives the others time to say the same. */
    private MembershipState changed() {
        long consensus = local.options().consensusNanos();
        long left = sinceNanos + CONSENSUS_TIMEOUTS_MAX * consensus - local.now();
        if (left > 0) {
            local.effects().arm(Timer.CONSENSUS, Math.min(consensus, left)); // else it runs already
        }
        sayNews();
        return settle();
    }

    /** [MEM-1] [DEV-6] Agreed is when everybody who lives names the same living; the lowest of them proposes. */
    private MembershipState settle() {
        MemberSet living = candidates.living();
        boolean agreed = opinions.agreeOn(living) && !hasTwoOfOneSlot(living);
        if (!agreed || !living.lowest().equals(local.id())) {
            return this;
        }
        return Commit.propose(local, candidates);
    }

    private static boolean hasTwoOfOneSlot(MemberSet members) {
        for (int index = 1; index < members.size(); index++) {
            if (members.get(index).isSameSlotAs(members.get(index - 1))) {
                return true;
            }
        }
        return false;
    }

    @Override
    MembershipState onJoin(Join join) {
        MemberId sender = join.sender().id();
        if (candidates.hasFailed(sender)) {
            return isDisputed(join) ? changed() : drop(DropReason.FAILED_MEMBER, join);
        }
        if (!candidates.contains(sender)) {
            if (local.strangers().isQuarantined(sender)) {
                return drop(DropReason.FAILED_MEMBER, join);
            }
            local.strangers().heard(join.sender().address());
            return drop(DropReason.NOT_TWO_WAY, join);
        }
        MemberSet before = candidates.living();
        note(join);
        learn(join);
        return candidates.living().equals(before) ? settle() : changed();
    }

    private void note(Join join) {
        local.heardOf(join.ringSequence());
        MemberId sender = join.sender().id();
        opinions.note(sender, join.living());
        heard.add(sender);
        unanswered.remove(sender);
        alive.add(sender);
        local.strangers().met(sender);
        contest(sender);
    }

    /**
     * [MEM-13] [DEV-11] Who speaks to us is alive, so another incarnation in the same slot is not; but it may be on our
     * ring, and be about to speak. If both do, two processes have one id: then the lower stays, and all agree on that.
     */
    private void contest(MemberId speaker) {
        for (MemberId other : othersOfSlot(speaker)) {
            if (alive.contains(other)) {
                candidates.condemn(other.compareTo(speaker) < 0 ? speaker : other);
            } else if (!local.ring().memberSet().contains(other)) {
                candidates.condemn(other);
            }
        }
    }

    /** Whoever of one slot had something to say has said it by now. */
    private void endContests() {
        for (MemberId speaker : alive) {
            for (MemberId other : othersOfSlot(speaker)) {
                if (!alive.contains(other) && !candidates.hasFailed(speaker)) {
                    candidates.condemn(other);
                }
            }
        }
    }

    /** Takes over what the sender knows and we do not. */
    private void learn(Join join) {
        MemberId sender = join.sender().id();
        if (join.leaving()) {
            candidates.condemn(sender); // [DEV-10] nobody waits for it
            return;
        }
        for (Member member : join.candidates()) {
            if (!join.failed().contains(member.id()) && !candidates.contains(member.id())) {
                welcome(member);
            }
        }
        if (join.failed().contains(local.id())) {
            candidates.condemnInReturn(sender); // [MEM-3] we cannot be together
        } else if (local.ring().memberSet().contains(sender)) {
            condemnAll(join.failed(), sender); // [MEM-4] only a companion's word counts against others
        }
    }

    private void condemnAll(MemberSet accused, MemberId accuser) {
        for (MemberId member : accused) {
            if (candidates.living().contains(member) && !member.equals(local.id())) {
                candidates.condemn(member);
                accusers.put(member, accuser);
            }
        }
    }

    /**
     * [MEM-3] Whom we condemned on the word of another accuses that one of the same: they cannot hear each other. The
     * one who has more to bring along is right, or the friends of each would stay with it for ever; the other goes as
     * well.
     */
    private boolean isDisputed(Join join) {
        MemberId sender = join.sender().id();
        MemberId accuser = accusers.get(sender);
        MemberSet accused = join.failed();
        if (accuser == null
                || candidates.hasFailed(accuser)
                || !accused.contains(accuser)
                || accused.contains(local.id())
                || !bringsMore(join, accuser)) {
            return false;
        }
        candidates.condemn(accuser);
        return true;
    }

    /** Of two companions the lower one, and a stranger only if more come with it than are on our ring. */
    private boolean bringsMore(Join join, MemberId accuser) {
        MemberId sender = join.sender().id();
        MemberSet ours = local.ring().memberSet();
        if (ours.contains(sender)) {
            return sender.compareTo(accuser) < 0;
        }
        MemberSet theirs = join.living().minus(ours);
        return theirs.size() > ours.size()
                || (theirs.size() == ours.size() && theirs.lowest().compareTo(ours.lowest()) < 0);
    }

    /** Somebody knows of this member. [MEM-13] That it lives is hearsay as long as another of its slot speaks to us. */
    private void welcome(Member member) {
        boolean ours = member.id().isSameSlotAs(local.id());
        boolean outdated = othersOfSlot(member.id()).stream().anyMatch(alive::contains);
        if (!ours && !outdated) {
            add(member);
        }
    }

    private void add(Member member) {
        candidates.add(member);
        if (local.strangers().isQuarantined(member.id())) {
            candidates.condemn(member.id()); // [MEM-9] aloud: the others may not know how it failed
        }
    }

    @Override
    MembershipState onMergeProbe(MergeProbe probe) {
        Member sender = probe.sender();
        if (candidates.hasFailed(sender.id()) || local.strangers().isQuarantined(sender.id())) {
            return drop(DropReason.FAILED_MEMBER, probe);
        }
        unanswered.remove(sender.id());
        if (candidates.wasLeftOut() && candidates.contains(sender.id()) && !alive.contains(sender.id())) {
            // [MEM-22] It has a ring again, without us. Who answered would draw it away from there into what is over.
            return drop(DropReason.OLD_NEWS, probe);
        }
        boolean hearsUs = local.strangers().heard(probe);
        if (candidates.contains(sender.id())) {
            return this;
        }
        if (!hearsUs) {
            return drop(DropReason.NOT_TWO_WAY, probe);
        }
        MemberSet before = candidates.living();
        meet(sender);
        return candidates.living().equals(before) ? this : changed();
    }

    /** It is heard both ways. */
    private void meet(Member stranger) {
        if (candidates.isFull()) {
            othersOfSlot(stranger.id()).forEach(candidates::condemn); // there is room for one of them only
        }
        add(stranger);
        if (candidates.contains(stranger.id())) {
            alive.add(stranger.id()); // else it would be remembered without a bound
        }
        contest(stranger.id());
    }

    private List<MemberId> othersOfSlot(MemberId member) {
        return candidates.living().stream()
                .filter(other -> other.isSameSlotAs(member) && !other.equals(member))
                .filter(other -> !Mutant.EARLIER_INCARNATION_LIVES)
                .toList();
    }

    @Override
    MembershipState onData(DataFrame frame, MemberAddress source) {
        OrderedRing ring = local.ring();
        if (!frame.ringId().equals(ring.id())) {
            if (!local.hasBeenOn(frame.ringId())) {
                local.strangers().heard(source);
            }
            return drop(DropReason.FOREIGN_RING, frame);
        }
        // [REC-7] Kept but not delivered: the less will have to be recovered.
        if (!ring.window().accepts(frame.sequence())) {
            return drop(DropReason.OUTSIDE_WINDOW, frame);
        }
        ring.takeLate(frame);
        return this;
    }

    @Override
    MembershipState onToken(Token token) {
        return drop(DropReason.WRONG_STATE, token); // [MEM-14] who gathers has given its ring up
    }

    @Override
    MembershipState onCommitToken(CommitToken token) {
        if (!token.destination().equals(local.id())) {
            return drop(DropReason.NOT_FOR_US, token);
        }
        if (token.ringId().sequence() <= local.proposedRingSequence() && !Mutant.STALE_COMMIT_TOKEN) {
            return drop(DropReason.STALE_RING, token);
        }
        if (!token.members().equals(candidates.living())) {
            return drop(DropReason.OTHER_MEMBERS, token);
        }
        if (!Commit.isOnFirstRotation(token, local.id())
                || !local.believes(token.ringId().sequence())
                || !Commit.suits(token.settings(), local.options().settings())) {
            return drop(DropReason.IMPLAUSIBLE, token);
        }
        return Commit.accept(local, candidates, token);
    }

    @Override
    MembershipState onTimer(Timer timer) {
        return switch (timer) {
            case JOIN -> {
                endContests();
                say();
                yield settle();
            }
            case CONSENSUS -> consensusMissed();
            default -> this;
        };
    }

    /**
     * [MEM-2] [DEV-6] Time is up. Those who were silent are left out. If nobody was, two of us cannot hear each other:
     * then most of us go on together. If all agree, the representative owes us its proposal: all speak again.
     */
    private MembershipState consensusMissed() {
        MemberSet all = candidates.living();
        MemberSet others = all.minus(local.id());
        MemberSet silent = others.minus(MemberSet.of(heard));
        heard.clear();
        sinceNanos = local.now();
        if (!silent.isEmpty()) {
            silent.forEach(candidates::condemn);
        } else if (opinions.agreeOn(all)) {
            opinions.clear();
        } else {
            opinions.against(others).forEach(candidates::condemnInReturn); // [MEM-3]
            opinions.dissenter(candidates.living(), local.ring().memberSet(), local.strangers()::quarantines)
                    .ifPresent(this::disagree);
        }
        local.effects().arm(Timer.CONSENSUS, local.options().consensusNanos());
        say();
        return settle();
    }

    /**
     * Gives in to another opinion, as far as that is possible: whom we left out stays out. If only the other can give
     * in, or both can and it is the higher, it has time to do so once: if both did at the same time, both would go.
     */
    private void disagree(MemberId other) {
        MemberSet mine = candidates.living();
        MemberSet theirs = opinions.of(other);
        MemberSet unwanted = mine.minus(theirs);
        boolean otherFirst = unwanted.isEmpty() || local.id().compareTo(other) < 0;
        boolean otherCan = !theirs.minus(mine).isEmpty();
        stoodFirm = otherFirst && otherCan && !stoodFirm;
        if (!stoodFirm) {
            (unwanted.isEmpty() ? MemberSet.of(other) : unwanted).forEach(candidates::condemn);
        }
    }

    @Override
    MembershipState onUnreachable(MemberAddress address) {
        for (MemberId member : candidates.living()) {
            if (!member.equals(local.id()) && candidates.addressOf(member).equals(address)) {
                return unreachable(member);
            }
        }
        return this;
    }

    /** [MEM-11] [DEV-9] Its host says it is gone, again and again, and it says nothing itself. */
    private MembershipState unreachable(MemberId member) {
        Unanswered before = unanswered.getOrDefault(member, new Unanswered(0, local.now()));
        Unanswered now = new Unanswered(before.times + 1, before.sinceNanos);
        unanswered.put(member, now);
        long patience = 2 * local.options().joinNanos();
        if (now.times < UNREACHABLE_TIMES || local.now() - now.sinceNanos < patience) {
            return this;
        }
        candidates.condemn(member);
        return changed();
    }

    @Override
    MembershipState onPause() {
        heard.clear();
        unanswered.clear();
        local.effects().arm(Timer.CONSENSUS, local.options().consensusNanos());
        say();
        return this;
    }
}
