package io.vsring.test.simulation;

import io.vsring.ConfigurationChange;
import io.vsring.Delivery;
import io.vsring.Guarantee;
import io.vsring.MemberId;
import io.vsring.RingId;
import io.vsring.protocol.RingView;
import io.vsring.protocol.StateName;
import io.vsring.ring.Fill;
import io.vsring.wire.WireFormat;
import java.util.ArrayDeque;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks into the members after each turn of their loops: who enters which state, and whether what they believe of each
 * other is true. A lie is found here long before a message is lost by it.
 */
final class InsideWatch {
    private static final int JOINS_KEPT = 32;
    private static final Set<PacketKind> FRAMED = EnumSet.of(
            PacketKind.DATA, PacketKind.RECOVERY, PacketKind.TOKEN, PacketKind.PROBE, PacketKind.HOLD_CANCEL);

    /** What a member looked like after its last turn. */
    private static final class Snapshot {
        private StateName state = StateName.OPERATIONAL;
        private RingId ringId = new RingId(new MemberId(1, 1), 0);
        private long aru;
        private long safeLine;
        private long delivered;
        private long visit;
        private long sleepsUntil;
    }

    private final SimulatedCluster cluster;
    private final StoreWatch stores;
    private final Snapshot[] snapshots;
    private final ArrayDeque<Packet> joins = new ArrayDeque<>();

    InsideWatch(SimulatedCluster cluster) {
        this.cluster = cluster;
        this.stores = new StoreWatch(cluster);
        this.snapshots = new Snapshot[cluster.shape().slots() + 1];
    }

    void started(int slot) {
        snapshots[slot] = new Snapshot();
        cluster.watch().started(slot);
        stores.started(slot);
    }

    void installed(SimulatedMember member, ConfigurationChange change) {
        if (!change.configuration().isTransitional()) {
            stores.told(member, change.configuration().ringId());
        }
        ObjectsOnMembers objects = cluster.objects();
        if (objects != null) {
            objects.fills(member).forEach((resource, fill) -> withinCap(member, resource, fill));
        }
    }

    /** I13, of what replicated objects keep: looked at with each configuration, since that takes a while. */
    private void withinCap(SimulatedMember member, String resource, Fill fill) {
        if (fill.used() > fill.max()) {
            cluster.violated("I13", member + " holds more than it may: " + resource + " " + fill, member.trace());
        }
    }

    /** The member in this slot stands still for so long. */
    void sleeps(int slot, long nanos) {
        if (nanos > cluster.shape().tokenLossNanos()) {
            snapshots[slot].sleepsUntil = Math.max(snapshots[slot].sleepsUntil, cluster.now() + nanos);
        }
    }

    void afterTurn(SimulatedMember member) {
        Snapshot before = snapshots[member.slot()];
        StateName state = member.protocol().state();
        RingView now = member.protocol().view();
        if (before.sleepsUntil != 0 && cluster.now() >= before.sleepsUntil) {
            before.sleepsUntil = 0;
            awake(member, before, now);
        }
        neverBack(member, before, now);
        bounded(member, now);
        withinCaps(member);
        trueOfOthers(member, now);
        RingView proposed = member.protocol().proposedView();
        if (proposed != null) {
            bounded(member, proposed);
            trueOfOthers(member, proposed);
        }
        if (state != before.state) {
            StateName from = before.state;
            before.state = state;
            cluster.watch().entered(state, from, member.slot());
        }
    }

    /** W1: who slept for longer than the token-loss time gives its ring up before it delivers more of it. */
    private void awake(SimulatedMember member, Snapshot before, RingView now) {
        if (before.state == StateName.OPERATIONAL
                && now.ringId().equals(before.ringId)
                && now.delivered() > before.delivered
                && now.members().size() > 1) {
            cluster.violated(
                    "W1",
                    member + " woke up and delivered frames " + (before.delivered + 1) + " to " + now.delivered()
                            + " of ring " + now.ringId() + ", from which it is excluded",
                    member.trace());
        }
    }

    /** Remembers Joins. X3: what must not be fragmented fits into a frame of the ring. */
    void sent(Packet packet) {
        int bytes = packet.content().length + WireFormat.ENVELOPE_BYTES;
        if (packet.kind() == PacketKind.JOIN) {
            joins.add(packet);
            if (joins.size() > JOINS_KEPT) {
                joins.remove();
            }
        }
        if (bytes > cluster.shape().frameBytes() && FRAMED.contains(packet.kind())) {
            cluster.violated(
                    "X3",
                    "slot " + packet.sender() + " sent a datagram of " + bytes + " bytes with its envelope, of kind "
                            + packet.kind() + ": frames have " + cluster.shape().frameBytes());
        }
    }

    /** The Joins that were sent last, by anybody. */
    List<Packet> joins() {
        return List.copyOf(joins);
    }

    /** I6: what a member has never becomes less on one ring. */
    private void neverBack(SimulatedMember member, Snapshot before, RingView now) {
        boolean sameRing = now.ringId().equals(before.ringId);
        if (!sameRing && before.ringId.sequence() > 0) {
            stores.left(member, before.ringId, before.aru, now);
        }
        if (sameRing
                && (now.aru() < before.aru
                        || now.safeLine() < before.safeLine
                        || now.delivered() < before.delivered
                        || now.visit() < before.visit)) {
            cluster.violated(
                    "I6",
                    member + " went back on ring " + now.ringId() + ": aru " + before.aru + " to " + now.aru()
                            + ", safe line " + before.safeLine + " to " + now.safeLine() + ", delivered "
                            + before.delivered + " to " + now.delivered() + ", visit " + before.visit + " to "
                            + now.visit(),
                    member.trace());
        }
        before.ringId = now.ringId();
        before.aru = now.aru();
        before.safeLine = now.safeLine();
        before.delivered = now.delivered();
        before.visit = now.visit();
    }

    /** I9 to I11: counts are not negative, nobody keeps more than fits, or numbers what not all have room for. */
    private void bounded(SimulatedMember member, RingView now) {
        if (now.backlogFrames() < 0) {
            cluster.violated("I9", member + " passed on a backlog of " + now.backlogFrames(), member.trace());
        }
        if (now.highest() - now.released() > now.storeFrames()) {
            cluster.violated(
                    "I10",
                    member + " keeps frames " + now.released() + " to " + now.highest() + " of ring " + now.ringId()
                            + ", more than " + now.storeFrames(),
                    member.trace());
        }
        if (now.lastNumbered() > now.limit()) {
            cluster.violated(
                    "I11",
                    member + " numbered frame " + now.lastNumbered() + " of ring " + now.ringId()
                            + ", beyond the limit " + now.limit(),
                    member.trace());
        }
    }

    /** I13: no queue, store or table holds more than it may. */
    private void withinCaps(SimulatedMember member) {
        String overfull = member.overfull();
        if (overfull != null) {
            cluster.violated(
                    "I13", member + " holds more than it may: " + overfull + " of " + member.fills(), member.trace());
        }
    }

    /** I3 and I4: what is said to be safe is with everybody, and what was let go too. */
    private void trueOfOthers(SimulatedMember member, RingView now) {
        long claimed = Math.max(now.safeLine(), now.released());
        if (claimed == 0) {
            return;
        }
        for (int slot = 1; slot <= cluster.shape().slots(); slot++) {
            SimulatedMember other = cluster.member(slot);
            if (other == null || slot == member.slot()) {
                continue;
            }
            RingView theirs = viewOf(other, now.ringId());
            if (theirs != null && theirs.aru() < claimed) {
                cluster.violated(
                        now.released() > theirs.aru() ? "I4" : "I3",
                        member + " takes everything up to " + claimed + " of ring " + now.ringId()
                                + " for safe, but the aru of " + other + " is " + theirs.aru(),
                        member.trace(),
                        other.trace());
            }
        }
    }

    private static @Nullable RingView viewOf(SimulatedMember member, RingId ring) {
        RingView installed = member.protocol().view();
        RingView proposed = member.protocol().proposedView();
        if (installed.ringId().equals(ring)) {
            return installed;
        }
        return proposed != null && proposed.ringId().equals(ring) ? proposed : null;
    }

    /** SF3: at the moment of its delivery everybody who lives holds a safe message. */
    void delivered(SimulatedMember member, Delivery message) {
        if (message.guarantee() != Guarantee.SAFE
                || message.configuration().members().size() == 1) {
            return;
        }
        RingId ring = message.configuration().ringId();
        for (MemberId id : message.configuration().members()) {
            SimulatedMember other = cluster.member(id.id());
            if (other == null || !other.id().equals(id)) {
                continue;
            }
            RingView theirs = other.protocol().view();
            boolean holds = theirs.ringId().equals(ring)
                    ? theirs.hasReceived(message.sequence())
                    : theirs.ringId().sequence() > ring.sequence();
            if (!holds) {
                cluster.violated(
                        "SF3",
                        member + " delivered a safe message at " + message.sequence() + " in " + message.configuration()
                                + ", which " + other + " does not hold",
                        member.trace(),
                        other.trace());
            }
        }
    }
}
