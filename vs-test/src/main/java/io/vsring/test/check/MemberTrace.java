package io.vsring.test.check;

import io.vsring.ConfigurationChange;
import io.vsring.Delivery;
import io.vsring.Guarantee;
import io.vsring.MemberId;
import io.vsring.RingConfiguration;
import io.vsring.RingId;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One incarnation of a member: what it did, in the order in which it did it. To be told by one thread.
 *
 * <p>A message counts by its number among its sender's messages, from 1. Its bytes are known by a 64-bit hash only.
 */
public final class MemberTrace {
    /** How the life of an incarnation ended. */
    enum Fate {
        ALIVE,
        CRASHED,
        LEFT
    }

    private final History history;
    private final int index;
    private final MemberId id;
    private final MemberLog log;
    private final long remembered;
    private Fate fate = Fate.ALIVE;

    private long submitted;
    private long sent;
    private long ownDelivered;
    private long[] hashes = new long[16];
    private final BitSet safe = new BitSet();

    private @Nullable RingConfiguration configuration;
    private @Nullable Stay stay;
    private @Nullable RingTrace lastRing;
    private final List<Stay> stays = new ArrayList<>();
    private long[] lastNumberOf = new long[8];

    /** @param remembered the highest ring sequence that its slot has installed before and not forgotten */
    MemberTrace(History history, int index, MemberId id, long remembered) {
        this.remembered = remembered;
        this.history = history;
        this.index = index;
        this.id = id;
        this.log = new MemberLog(history, this);
    }

    /** The hash by which a message is known: over its group and its bytes. */
    public static long hashOf(String group, ByteBuffer message) {
        ByteBuffer bytes = message.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        long hash = 0x9E37_79B9_7F4A_7C15L * (group.hashCode() + 31L * bytes.remaining());
        while (bytes.remaining() >= Long.BYTES) {
            hash = mix(hash ^ bytes.getLong());
        }
        while (bytes.hasRemaining()) {
            hash = mix(hash ^ bytes.get());
        }
        return hash;
    }

    private static long mix(long value) {
        long mixed = value * 0xBF58_476D_1CE4_E5B9L;
        return mixed ^ mixed >>> 29;
    }

    /** The member's ring accepted a message. */
    public void submitted(long number, Guarantee guarantee, long hash) {
        if (number != submitted + 1) {
            history.violated("B6", this + " numbered a message " + number + " after " + submitted, this);
            return;
        }
        submitted = number;
        if (number >= hashes.length) {
            hashes = Arrays.copyOf(hashes, hashes.length * 2);
        }
        hashes[(int) number] = hash;
        safe.set((int) number, guarantee == Guarantee.SAFE);
    }

    /** A message of this member got its place in the order of a ring. */
    public void sent(long number, RingId ringId, long sequence, int place) {
        RingTrace ring = ringOf(ringId);
        long position = RingTrace.position(sequence, place);
        history.onSent(this, new EvsProperty.Sending(ring, number, position));
        if (number < 1 || number > submitted) {
            return;
        }
        Stay mine = stay;
        boolean inRegular = mine != null && mine.ring().equals(ring) && mine.passage() == null;
        ring.add(position, this, number, mine != null && inRegular ? mine.regular() - 1 : -1);
        log.add(MemberLog.SENT, ring, ring.count() - 1);
        sent = number;
    }

    /** A message was handed to this member's application. */
    public void delivered(Delivery delivery) {
        Stay mine = stay;
        if (mine == null || configuration == null) {
            history.violated("B3", this + " delivered a message before any configuration", this);
            return;
        }
        RingConfiguration claimed = delivery.configuration();
        if (!claimed.equals(configuration)) {
            history.violated("B3", this + " delivered a message as of " + claimed + " while in " + configuration, this);
            return;
        }
        long position = RingTrace.position(delivery.sequence(), delivery.index());
        int rank = mine.ring().rankAt(position, mine.last() + 1);
        if (!history.matches(this, delivery, rank)) {
            return;
        }
        history.onDelivered(mine, rank);
        mine.deliver(rank);
        log.add(mine.passage() == null ? MemberLog.DELIVERED : MemberLog.DELIVERED_TRANSITIONAL, mine.ring(), rank);
        noteNumber(mine.ring().sender(rank), delivery.number());
    }

    private void noteNumber(int sender, long number) {
        if (sender >= lastNumberOf.length) {
            lastNumberOf = Arrays.copyOf(lastNumberOf, Math.max(sender + 1, lastNumberOf.length * 2));
        }
        lastNumberOf[sender] = number;
        if (sender == index) {
            ownDelivered++;
        }
    }

    /** A configuration began at this member's application. */
    public void installed(ConfigurationChange change) {
        RingConfiguration next = change.configuration();
        history.onInstalled(this, change);
        log.addConfiguration(change);
        RingTrace ring = ringOf(next.ringId());
        if (next.isTransitional()) {
            Stay mine = stay;
            if (mine != null) {
                Passage passage = history.passage(next);
                passage.stays().add(mine);
                mine.leaveWith(passage);
            }
        } else {
            ring.membersAre(next.members());
            Stay before = stay;
            if (before != null) {
                before.finish();
            }
            stay = new Stay(this, ring, before);
            stays.add(stay);
            ring.stays().add(stay);
        }
        configuration = next;
    }

    /** This incarnation's process died. */
    public void crashed() {
        fate = Fate.CRASHED;
        log.add(MemberLog.CRASHED, null, 0);
    }

    /** This incarnation took leave in good order: everything that it had submitted was delivered to it before. */
    public void left() {
        fate = Fate.LEFT;
        log.add(MemberLog.LEFT, null, 0);
        if (ownDelivered != submitted) {
            history.violated(
                    "S2",
                    this + " left in good order after it delivered " + ownDelivered + " of its " + submitted
                            + " messages",
                    this);
        }
    }

    private RingTrace ringOf(RingId ringId) {
        RingTrace last = lastRing;
        if (last == null || !last.id().equals(ringId)) {
            last = history.ring(ringId);
            lastRing = last;
        }
        return last;
    }

    /** Who this is. */
    public MemberId id() {
        return id;
    }

    /** The configuration that this member's application is in; null before the first. */
    public @Nullable RingConfiguration configuration() {
        return configuration;
    }

    /** How many messages this member's ring has accepted. */
    public long submitted() {
        return submitted;
    }

    /** How many of its own messages this member has delivered. */
    public long ownDelivered() {
        return ownDelivered;
    }

    public boolean isAlive() {
        return fate == Fate.ALIVE;
    }

    /** How many configurations this member's application was told of. */
    public int configurations() {
        return log.changes().size();
    }

    /**
     * The first message of the ring before this one, of those whose frames end up to this sequence number, that this
     * member has not delivered; null if there is none. For whoever sees what members held.
     */
    public @Nullable String leftOut(long upTo) {
        Stay before = stay == null ? null : stay.before();
        if (before == null) {
            return null;
        }
        RingTrace ring = before.ring();
        for (int rank = before.regular(); rank < ring.count(); rank++) {
            if (ring.position(rank) >= RingTrace.position(upTo + 1, 0)) {
                return null;
            }
            if (!before.delivered(rank)) {
                return history.describe(ring, rank);
            }
        }
        return null;
    }

    /** Whether this member has delivered everything that was sent in the ring that it is in. */
    public boolean isUpToDate() {
        Stay mine = stay;
        return mine != null
                && mine.passage() == null
                && mine.regular() == mine.ring().count();
    }

    /**
     * The highest ring sequence that this slot had installed before this incarnation; 0 if none, or if it is forgotten.
     */
    long remembered() {
        return remembered;
    }

    int index() {
        return index;
    }

    long sent() {
        return sent;
    }

    MemberLog log() {
        return log;
    }

    long hashOf(long number) {
        return hashes[(int) number];
    }

    boolean isSafe(long number) {
        return safe.get((int) number);
    }

    /** The number of the last message of that sender that this member has delivered; 0 if none. */
    long lastNumberOf(int sender) {
        return sender < lastNumberOf.length ? lastNumberOf[sender] : 0;
    }

    /** Where this member is now; null before the first configuration. */
    @Nullable
    Stay stay() {
        return stay;
    }

    List<Stay> stays() {
        return stays;
    }

    @Override
    public String toString() {
        return id.toString();
    }
}
