package io.vsring.test.simulation;

import io.vsring.MemberAddress;
import io.vsring.test.simulation.NetworkWatcher.Fate;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything between the members: one link for each direction between two slots.
 *
 * <p>Slots count from 1. A link that is blocked loses everything; one that is not does what its profile says.
 */
public final class SimulatedNetwork {
    private static final int PORT = 7_400;
    private static final int HOSTS = 10 << 24; // 10.0.0.0
    private static final int REMEMBERED = 512;
    private static final int BURST_MAX = 24;
    private static final byte[] NOTHING = {};

    private final EventQueue queue;
    private final Dice dice;
    private final NetworkWatcher watcher;
    private final int slots;
    private final Link[] links;
    private final Port[] ports;
    private final @Nullable Packet[] memory = new @Nullable Packet[REMEMBERED];
    private final int[] memoryTo = new int[REMEMBERED];
    private final double[] lossOfKind = new double[PacketKind.values().length];
    private double replay;
    private double redirect;
    private long packets;
    private long sendNanos;
    private final int[][] deaf;
    private final int[][] mute;
    private @Nullable LossRule rule;
    private @Nullable Intruder intruder;

    /** Says which datagrams are lost. */
    public interface LossRule {
        /** Whether this one is lost on its way to the slot. Asked once for each way of each datagram. */
        boolean loses(Packet packet, int to);
    }

    /** One direction between two slots. */
    private static final class Link {
        private LinkProfile profile = LinkProfile.calm();
        private int blocks;
        private int burstLeft;
        private long lastArrival;
    }

    /** Where datagrams to a slot arrive, whichever incarnation is there by then. */
    private static final class Port implements EventQueue.Target {
        private @Nullable SimulatedTransport endpoint;

        @Override
        public void happen(@Nullable Object what) {
            SimulatedTransport there = endpoint;
            if (there != null) {
                there.happen(what);
            }
        }
    }

    SimulatedNetwork(EventQueue queue, Dice dice, NetworkWatcher watcher, int slots) {
        this.queue = queue;
        this.dice = dice;
        this.watcher = watcher;
        this.slots = slots;
        this.links = new Link[(slots + 1) * (slots + 1)];
        Arrays.setAll(links, index -> new Link());
        this.deaf = new int[slots + 1][PacketKind.values().length];
        this.mute = new int[slots + 1][PacketKind.values().length];
        this.ports = new Port[slots + 1];
        Arrays.setAll(ports, index -> new Port());
    }

    /** The address of a slot; it keeps it over restarts. */
    public static MemberAddress addressOf(int slot) {
        return MemberAddress.ofIpv4(HOSTS | slot, PORT);
    }

    /** The slot of an address; 0 if it is none of ours. */
    int slotOf(MemberAddress address) {
        int slot = (int) address.low() & 0xFF;
        return slot <= slots && addressOf(slot).equals(address) ? slot : 0;
    }

    /** Opens an endpoint at the slot's address in place of the one that was there. */
    SimulatedTransport open(int slot, SimulatedLoop loop, int receiveBufferBytes) {
        SimulatedTransport endpoint = new SimulatedTransport(this, slot, loop, receiveBufferBytes);
        ports[slot].endpoint = endpoint;
        return endpoint;
    }

    /** Every link is as this says, and none is blocked. */
    public void all(LinkProfile profile) {
        for (Link link : links) {
            link.profile = profile;
            link.blocks = 0;
            link.burstLeft = 0;
        }
    }

    /** The link from one slot to another is as this says. */
    public void link(int from, int to, LinkProfile profile) {
        linkOf(from, to).profile = profile;
    }

    /** What the link from one slot to another does now. */
    public LinkProfile link(int from, int to) {
        return linkOf(from, to).profile;
    }

    /** Nothing gets from the one to the other any more, until each block is undone. */
    public void block(int from, int to) {
        linkOf(from, to).blocks++;
    }

    /** Undoes one block between the two. */
    public void unblock(int from, int to) {
        Link link = linkOf(from, to);
        link.blocks = Math.max(0, link.blocks - 1);
    }

    /** Nothing gets from the slots of one part to those of another; bit s of a part stands for slot s, bit 0 for 64. */
    public void split(long... parts) {
        forEachParted(parts, this::block);
    }

    /** Undoes one split into these parts. */
    public void unsplit(long... parts) {
        forEachParted(parts, this::unblock);
    }

    private interface Direction {
        void between(int from, int to);
    }

    private void forEachParted(long[] parts, Direction action) {
        for (int from = 1; from <= slots; from++) {
            for (int to = 1; to <= slots; to++) {
                if (from != to && !together(parts, from, to)) {
                    action.between(from, to);
                }
            }
        }
    }

    private static boolean together(long[] parts, int from, int to) {
        for (long part : parts) {
            if ((part >> from & 1) != 0 && (part >> to & 1) != 0) {
                return true;
            }
        }
        return false;
    }

    /** Nothing is blocked any more. */
    public void unblockAll() {
        for (Link link : links) {
            link.blocks = 0;
        }
    }

    /** Datagrams of this kind are lost so often, on top of what the links lose. */
    public void loseKind(PacketKind kind, double share) {
        lossOfKind[kind.place()] = share;
    }

    /** What this slot sends of these kinds reaches nobody, until each time is undone. */
    public void mute(int slot, Set<PacketKind> kinds) {
        kinds.forEach(kind -> mute[slot][kind.place()]++);
    }

    /** Undoes one muting. */
    public void unmute(int slot, Set<PacketKind> kinds) {
        kinds.forEach(kind -> mute[slot][kind.place()] = Math.max(0, mute[slot][kind.place()] - 1));
    }

    /** Datagrams of these kinds do not reach the slot, until each time is undone. */
    public void deafen(int slot, Set<PacketKind> kinds) {
        kinds.forEach(kind -> deaf[slot][kind.place()]++);
    }

    /** Undoes one deafening. */
    public void undeafen(int slot, Set<PacketKind> kinds) {
        kinds.forEach(kind -> deaf[slot][kind.place()] = Math.max(0, deaf[slot][kind.place()] - 1));
    }

    /** So many datagrams bring an earlier one along, perhaps of an earlier incarnation. */
    public void replay(double share) {
        replay = share;
    }

    /** So many datagrams reach another member as well. */
    public void redirect(double share) {
        redirect = share;
    }

    /** Somebody who is no member makes datagrams of his own. Null: nobody. */
    void forge(@Nullable Intruder who) {
        intruder = who;
    }

    /** Loses what this says, besides all else that is lost. Null: nothing more. */
    public void lose(@Nullable LossRule which) {
        rule = which;
    }

    /** No more faults: good links of this speed, and nothing from the past. */
    public void heal(long delayNanos) {
        all(LinkProfile.calm(delayNanos));
        Arrays.fill(lossOfKind, 0);
        Arrays.stream(deaf).forEach(kinds -> Arrays.fill(kinds, 0));
        Arrays.stream(mute).forEach(kinds -> Arrays.fill(kinds, 0));
        replay = 0;
        redirect = 0;
        rule = null;
        intruder = null;
    }

    /** Whether datagrams of the one can reach the other at all. */
    public boolean isOpen(int from, int to) {
        return linkOf(from, to).blocks == 0;
    }

    private Link linkOf(int from, int to) {
        return links[from * (slots + 1) + to];
    }

    /**
     * A datagram that this slot sends.
     *
     * @param content what it says to the ring; null if it is a greeting
     */
    Packet packet(int from, byte[] bytes, byte @Nullable [] content) {
        PacketKind kind = content == null ? PacketKind.GREETING : PacketKind.of(content);
        byte[] says = content == null ? NOTHING : content;
        return new Packet(++packets, addressOf(from), from, kind, bytes, says, queue.now());
    }

    /** What it costs a member to send one datagram to one other, in time in which it does and sends nothing else. */
    void sendingCosts(long nanos) {
        sendNanos = nanos;
    }

    long sendNanos() {
        return sendNanos;
    }

    /** Sends a datagram on its way; whether the sender wants to hear if nobody is there is the last argument. */
    void send(Packet packet, MemberAddress destination, @Nullable SimulatedTransport watched) {
        send(packet, destination, watched, 0);
    }

    /** The same, but it leaves after so long only. */
    void send(Packet packet, MemberAddress destination, @Nullable SimulatedTransport watched, long queuedNanos) {
        int to = slotOf(destination);
        watcher.saw(Fate.SENT, packet, to);
        if (to == 0) {
            return;
        }
        remember(packet, to);
        carry(packet, to, watched, queuedNanos);
        if (dice.chance(replay)) {
            int index = dice.below(REMEMBERED);
            Packet old = memory[index];
            if (old != null) {
                watcher.saw(Fate.REPLAYED, old, memoryTo[index]);
                arrive(
                        old,
                        memoryTo[index],
                        queue.now()
                                + dice.waiting(
                                        linkOf(packet.sender(), to).profile.delayNanos()));
            }
        }
        if (intruder != null) {
            intruder.sees(packet, to);
        }
        if (dice.chance(redirect)) {
            int other = dice.between(1, slots);
            watcher.saw(Fate.REDIRECTED, packet, other);
            carry(packet, other, null, queuedNanos);
        }
    }

    /** A datagram that no member has sent reaches the slot. */
    void forged(Packet packet, int to, long time) {
        watcher.saw(Fate.FORGED, packet, to);
        arrive(packet, to, time);
    }

    /** A datagram that was sent some time ago reaches the slot now. */
    void again(Packet packet, int to) {
        watcher.saw(Fate.REPLAYED, packet, to);
        arrive(packet, to, queue.now());
    }

    private void carry(Packet packet, int to, @Nullable SimulatedTransport watched, long queuedNanos) {
        Link link = linkOf(packet.sender(), to);
        LinkProfile profile = link.profile;
        if (link.blocks > 0) {
            watcher.saw(Fate.BLOCKED, packet, to);
        } else if (isLost(link, packet, to)) {
            watcher.saw(Fate.LOST, packet, to);
        } else {
            long time = queue.now() + queuedNanos + profile.delayNanos() + dice.waiting(profile.jitterNanos());
            if (!dice.chance(profile.overtake())) {
                time = Math.max(time, link.lastArrival);
                link.lastArrival = time;
            }
            if (ports[to].endpoint == null) {
                nobodyThere(packet, to, watched, time);
                return;
            }
            if (dice.chance(profile.truncate())) {
                watcher.saw(Fate.TRUNCATED, packet, to);
                byte[] half = Arrays.copyOf(packet.bytes(), dice.below(packet.bytes().length));
                arrive(packet.changedTo(half), to, time);
                return;
            }
            arrive(packet, to, time);
            if (dice.chance(profile.duplicate())) {
                watcher.saw(Fate.DUPLICATED, packet, to);
                arrive(packet, to, time + dice.waiting(10 * (profile.delayNanos() + profile.jitterNanos())));
            }
        }
    }

    private boolean isLost(Link link, Packet packet, int to) {
        if (link.burstLeft > 0) {
            link.burstLeft--;
            return true;
        }
        if (dice.chance(link.profile.burst())) {
            link.burstLeft = dice.below(BURST_MAX);
            return true;
        }
        return dice.chance(link.profile.loss())
                || deaf[to][packet.kind().place()] > 0
                || mute[packet.sender()][packet.kind().place()] > 0
                || dice.chance(lossOfKind[packet.kind().place()])
                || (rule != null && rule.loses(packet, to));
    }

    private void arrive(Packet packet, int to, long time) {
        queue.at(time, ports[to], packet);
    }

    private void nobodyThere(Packet packet, int to, @Nullable SimulatedTransport watched, long time) {
        watcher.saw(Fate.NOBODY_THERE, packet, to);
        Link back = linkOf(to, packet.sender());
        if (watched != null && back.blocks == 0 && !dice.chance(back.profile.loss())) {
            queue.at(time + back.profile.delayNanos(), watched, addressOf(to));
        }
    }

    private void remember(Packet packet, int to) {
        if (replay > 0 || redirect > 0) {
            int index = dice.below(REMEMBERED);
            memory[index] = packet;
            memoryTo[index] = to;
        }
    }

    void close(SimulatedTransport endpoint) {
        if (ports[endpoint.slot()].endpoint == endpoint) {
            ports[endpoint.slot()].endpoint = null;
        }
    }

    NetworkWatcher watcher() {
        return watcher;
    }
}
