package io.vsring.protocol;

import io.vsring.ConfigurationChange;
import io.vsring.Member;
import io.vsring.MemberAddress;
import io.vsring.MemberId;
import io.vsring.MemberSet;
import io.vsring.RingConfiguration;
import io.vsring.RingId;
import io.vsring.wire.DataFrame;
import io.vsring.wire.Datagram;
import io.vsring.wire.Mutant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** This member, whatever state it is in: who it is, the ring it was last installed on, and what it remembers. */
final class LocalMember {

    /** Rings, and the members of rings, that are remembered. */
    static final int REMEMBERED_RINGS = 8;

    /** No clock is that late, and no member counts that far. */
    private static final long RING_SEQUENCE_TOLD_MAX = 1L << 60;

    /** More attempts than there are before others hear of them. */
    private static final long RING_SEQUENCE_STEP_MAX = 1024;

    private final Member self;
    private final ProtocolOptions options;
    private final Effects effects;
    private final SendQueue queue;
    private final Strangers strangers;
    private final Appetite appetite;
    private final SplitMix chance;
    private final ProtocolCounters counters = new ProtocolCounters();
    private final ArrayDeque<Datagram> toSelf = new ArrayDeque<>();
    private final ArrayDeque<RingId> pastRings = new ArrayDeque<>();
    private final ArrayDeque<List<Member>> pastMembers = new ArrayDeque<>();

    private List<MemberAddress> seeds = List.of();
    private OrderedRing ring;
    private MemberSet obligations = MemberSet.of();
    private long highestRingSequence;
    private long proposedRingSequence;
    private long nonce;
    private long nowNanos;
    private boolean leaving;

    LocalMember(Member self, ProtocolOptions options, Effects effects, long ringSequence, long seed) {
        this.self = self;
        this.options = options;
        this.effects = effects;
        this.queue = new SendQueue(self.id(), effects, options.settings().frameBytes());
        this.chance = new SplitMix(seed);
        this.appetite = new Appetite(effects, options.slowMemberNanos());
        this.strangers = new Strangers(this);
        this.highestRingSequence = ringSequence;
        this.proposedRingSequence = ringSequence;
        this.nonce = newNonce();
        RingId alone = new RingId(self.id(), ringSequence);
        this.ring = new OrderedRing(alone, options.settings(), List.of(self), self.id(), options.storeFrames());
    }

    Member self() {
        return self;
    }

    MemberId id() {
        return self.id();
    }

    ProtocolOptions options() {
        return options;
    }

    Effects effects() {
        return effects;
    }

    SendQueue queue() {
        return queue;
    }

    Strangers strangers() {
        return strangers;
    }

    Appetite appetite() {
        return appetite;
    }

    SplitMix chance() {
        return chance;
    }

    ProtocolCounters counters() {
        return counters;
    }

    /** The ring that was installed last. It stays until the next one is installed, whatever is tried in between. */
    OrderedRing ring() {
        return ring;
    }

    /**
     * [REC-6] Members of the old ring whose frames we must deliver even after a gap, because we said that we have all.
     */
    MemberSet obligations() {
        return obligations;
    }

    void bindTo(MemberSet senders) {
        obligations = obligations.union(senders);
    }

    /** The time of the input that is being worked on. */
    long now() {
        return nowNanos;
    }

    void setNow(long now) {
        nowNanos = now;
    }

    boolean isLeaving() {
        return leaving;
    }

    void setLeaving() {
        leaving = true;
    }

    /** [MEM-9] [MEM-18] Gives up on a member. */
    void expel(MemberId member, GatherReason reason) {
        effects.expelled(member, reason);
        if (reason == GatherReason.MEMBER_STUCK || reason == GatherReason.MEMBER_SLOW) {
            strangers.quarantineWhoHears(member);
        } else {
            strangers.quarantine(member);
        }
    }

    /** Stands for this member on its present ring, in probes. */
    long nonce() {
        return nonce;
    }

    private long newNonce() {
        long next = chance.next();
        return next == 0 ? 1 : next;
    }

    /** Sends to a member that may be this one: then it is worked on when this step is done. */
    void send(Member destination, Datagram datagram) {
        if (destination.id().equals(self.id())) {
            toSelf.add(datagram);
        } else {
            effects.sendTo(destination, datagram);
        }
    }

    ArrayDeque<Datagram> toSelf() {
        return toSelf;
    }

    /** The highest ring sequence that a candidate has told of: what strangers say would be carried on for ever. */
    long highestRingSequence() {
        return highestRingSequence;
    }

    /** [MEM-20] What is told beyond belief moves us by a step only, so that there are always greater sequences. */
    void heardOf(long ringSequence) {
        highestRingSequence = Math.max(highestRingSequence, Math.min(ringSequence, believedMax()));
    }

    /** [MEM-20] Whether somebody can have come to this sequence without lying. */
    boolean believes(long ringSequence) {
        return ringSequence <= believedMax();
    }

    private long believedMax() {
        return Math.max(RING_SEQUENCE_TOLD_MAX, highestRingSequence + RING_SEQUENCE_STEP_MAX);
    }

    /** The sequence of the last ring that we agreed to be on, installed or not. */
    long proposedRingSequence() {
        return proposedRingSequence;
    }

    /** [MEM-6] From here on no ring of this or a lower sequence is agreed to; durable before anybody hears of it. */
    void agreeTo(RingId proposed) {
        Invariant.check(
                proposed.sequence() > proposedRingSequence || Mutant.RING_SEQUENCE_REUSED || Mutant.STALE_COMMIT_TOKEN,
                "ring sequences grow",
                proposed.sequence(),
                proposedRingSequence);
        proposedRingSequence = proposed.sequence();
        heardOf(proposed.sequence());
        if (!Mutant.RING_SEQUENCE_NOT_KEPT) {
            effects.persist(proposed.sequence());
        }
        remember(proposed);
    }

    private void remember(RingId ringId) {
        pastRings.addFirst(ringId);
        if (pastRings.size() > REMEMBERED_RINGS) {
            pastRings.removeLast();
        }
    }

    /** Whether this is a ring that we have been on, or agreed to. */
    boolean hasBeenOn(RingId ringId) {
        return pastRings.contains(ringId);
    }

    /** The installed ring, whatever was agreed to since: a member comes from there to the proposed one. */
    RingId comesFrom(RingId proposed) {
        if (Mutant.OLD_RING_SAVED_AGAIN) {
            return pastRings.stream()
                    .filter(past -> !past.equals(proposed))
                    .findFirst()
                    .orElseThrow();
        }
        return ring.id();
    }

    /** Starts alone. */
    void installFirst() {
        effects.persist(ring.id().sequence());
        remember(ring.id());
        pastMembers.addFirst(ring.members());
        counters.configurations++;
        effects.install(ConfigurationChange.between(MemberSet.of(), ring.configuration()), ring.members());
    }

    /** Ends the old ring with its transitional configuration in between, and begins the new one. */
    void install(OrderedRing next, MemberSet transitional, RingEnd end) {
        OrderedRing old = ring;
        RingConfiguration between = RingConfiguration.transitional(old.id(), next.id(), transitional);
        if (!Mutant.TRANSITIONAL_TOO_EARLY) {
            end.deliverRegular(this);
        }
        List<Member> together = next.members().stream()
                .filter(member -> transitional.contains(member.id()))
                .toList();
        effects.install(ConfigurationChange.between(old.memberSet(), between), together);
        if (!Mutant.REST_AFTER_REGULAR) {
            end.deliverTransitional(this, transitional);
        }
        ring = next;
        obligations = MemberSet.of();
        nonce = newNonce();
        queue.restart(next.settings().frameBytes());
        pastMembers.addFirst(next.members());
        if (pastMembers.size() > REMEMBERED_RINGS) {
            pastMembers.removeLast();
        }
        counters.configurations++;
        effects.install(ConfigurationChange.between(transitional, next.configuration()), next.members());
        if (Mutant.REST_AFTER_REGULAR) {
            end.deliverTransitional(this, transitional);
        }
    }

    /** Hands on what may be delivered on the present ring. */
    void deliverReady() {
        for (DataFrame frame = ring.takeDeliverable(); frame != null; frame = ring.takeDeliverable()) {
            if (!frame.isRecovery()) {
                effects.deliver(frame);
            }
        }
    }

    /**
     * [MEM-19] Where others are looked for from now on. Nothing is given up for it: who is there is found by the next
     * probe, or the next Join.
     */
    void setSeeds(List<MemberAddress> now) {
        seeds = List.copyOf(now);
    }

    /** Seeds and members of former configurations that are not on the present ring: where others may be. */
    List<MemberAddress> elsewhere() {
        Set<MemberAddress> addresses = new LinkedHashSet<>(seeds);
        for (List<Member> members : pastMembers) {
            members.forEach(member -> addresses.add(member.address()));
        }
        addresses.removeAll(ring.peers());
        addresses.remove(self.address());
        return new ArrayList<>(addresses);
    }
}
