package io.vsring.test.simulation;

import io.vsring.Member;
import io.vsring.MemberAddress;
import io.vsring.MemberId;
import io.vsring.security.Envelope;
import io.vsring.security.Keyring;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The envelope of one member, whose verdicts are compared with what the network knows. E1: what gets in is, bit for
 * bit, what a member sent, to this one or to all. E2: nothing gets in twice. E3: nothing gets in that was sent before
 * this member was started. E4: no two datagrams of one start have one counter, on which what hides them depends. E5:
 * when something of a member that was started again has got in, nothing does that its last start left behind.
 */
final class WatchedEnvelope implements Envelope {
    private static final int KIND_AT = 3; // docs/wire-format.md
    private static final int SENDER_AT = 4;
    private static final int DESTINATION_AT = 8;
    private static final int INCARNATION_AT = 12;
    private static final int COUNTER_AT = 20;
    private static final byte RING = 0;

    private final Envelope inner;
    private final SimulatedMember self;
    private final SimulatedCluster cluster;
    private final SimulatedKeys keys;
    private final long startedNanos;
    private final BitSet letIn = new BitSet();
    private ByteBuffer room = ByteBuffer.allocate(0);
    private byte[] content = {};
    private long sealedLast;
    private long sentLastNanos;
    private final Map<Integer, WatchedEnvelope> latest = new HashMap<>(); // that was let in, by the slot that it claims
    private @Nullable Packet arriving;

    WatchedEnvelope(Envelope inner, SimulatedMember self, SimulatedCluster cluster, SimulatedKeys keys) {
        this.inner = inner;
        this.self = self;
        this.cluster = cluster;
        this.keys = keys;
        keys.opened(self.id(), this);
        this.startedNanos = cluster.now();
    }

    /** What was sealed last, if this is it; null if it is a greeting. */
    byte @Nullable [] contentOf(byte[] sealed) {
        sentLastNanos = cluster.now();
        return sealed[KIND_AT] == RING ? content : null;
    }

    /** This is what will be opened next. */
    void arrives(Packet packet) {
        arriving = packet;
    }

    @Override
    public ByteBuffer room() {
        room = inner.room();
        return room;
    }

    @Override
    public ByteBuffer seal(int destination) {
        content = new byte[room.position()];
        room.get(0, content);
        ByteBuffer sealed = inner.seal(destination);
        long count = sealed.getLong(COUNTER_AT);
        if (count <= sealedLast) {
            cluster.violated("E4", self + " sealed with counter " + count + " after " + sealedLast);
        }
        sealedLast = count;
        return sealed;
    }

    @Override
    public @Nullable ByteBuffer open(MemberAddress source, ByteBuffer bytes, long nowNanos) {
        ByteBuffer opened = inner.open(source, bytes, nowNanos);
        if (arriving != null && opened != null) {
            judge(arriving, opened);
        } else if (arriving != null && arriving.kind() != PacketKind.GREETING) {
            cluster.watch().saw(NetworkWatcher.Fate.REJECTED, arriving, self.slot());
        }
        return opened;
    }

    private void judge(Packet packet, ByteBuffer opened) {
        int number = Math.toIntExact(packet.number());
        int destination = packet.isGenuine() ? ByteBuffer.wrap(packet.bytes()).getInt(DESTINATION_AT) : 0;
        if (!packet.isGenuine()
                || !ByteBuffer.wrap(packet.content()).equals(opened)
                || (destination != TO_ALL && destination != self.id().id())) {
            violated("E1", packet, "is not what a member sent to it");
        } else if (letIn.get(number)) {
            violated("E2", packet, "had been let in before");
        } else if (packet.sentNanos() < startedNanos) {
            violated("E3", packet, "was sent before this member was started");
        }
        letIn.set(number);
        judgeSender(packet);
    }

    private void judgeSender(Packet packet) {
        ByteBuffer header = ByteBuffer.wrap(packet.bytes());
        MemberId id = new MemberId(header.getInt(SENDER_AT), header.getLong(INCARNATION_AT));
        WatchedEnvelope sender = keys.envelope(id);
        WatchedEnvelope before = latest.get(id.id());
        if (sender == null) {
            return; // E1 has said so
        }
        if (before == null || sender.startedNanos > before.startedNanos) {
            latest.put(id.id(), sender);
        } else if (sender != before && sender.isReplacedBy(before)) {
            violated("E5", packet, "was left behind by " + id + ", which was started again as " + before.self);
        }
    }

    private boolean isReplacedBy(WatchedEnvelope other) {
        return !self.isThere() && sentLastNanos <= other.startedNanos;
    }

    private void violated(String predicate, Packet packet, String fact) {
        cluster.violated(
                predicate,
                self + " let in datagram " + packet.number() + " of slot " + packet.sender() + " (" + packet.kind()
                        + "), which " + fact);
    }

    @Override
    public void introduce(MemberAddress address, long nowNanos) {
        inner.introduce(address, nowNanos);
    }

    @Override
    public void meet(List<Member> companions, long nowNanos) {
        inner.meet(companions, nowNanos);
    }

    @Override
    public int peers() {
        return inner.peers();
    }

    @Override
    public void use(Keyring keyring) {
        inner.use(keyring);
    }
}
