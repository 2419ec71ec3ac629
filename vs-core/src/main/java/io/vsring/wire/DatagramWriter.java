package io.vsring.wire;

import io.vsring.Member;
import io.vsring.MemberAddress;
import io.vsring.MemberId;
import io.vsring.MemberSet;
import io.vsring.RingId;
import io.vsring.wire.CommitToken.OldRing;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Writes datagrams as bytes. What cannot be written is a mistake of ours, not of a peer. One thread; reused. */
final class DatagramWriter implements DatagramHandler {

    private static final ByteBuffer NOWHERE = ByteBuffer.allocate(0);
    private static final byte[] ZEROS = new byte[1024];

    private final int clusterHash;
    private final int paddedBytes;
    private final RingId[] oldRings = new RingId[WireFormat.MEMBERS_MAX];
    private ByteBuffer target = NOWHERE;

    /**
     * @param clusterHash what stands for the name of the cluster
     * @param paddedBytes how long a padded datagram is at least
     */
    DatagramWriter(int clusterHash, int paddedBytes) {
        this.clusterHash = clusterHash;
        this.paddedBytes = paddedBytes;
    }

    void write(Datagram datagram, ByteBuffer bytes) {
        target = bytes.order(ByteOrder.BIG_ENDIAN);
        datagram.handle(this);
        target = NOWHERE;
    }

    @Override
    public void onData(DataFrame frame) {
        byte[] body = frame.body();
        int bodyBytesMax = DataFields.bodyBytesMax(frame.kind());
        if (body.length > bodyBytesMax) {
            throw new IllegalArgumentException(
                    "a frame's body has at most " + bodyBytesMax + " bytes, not " + body.length + ": " + frame);
        }
        front(WireFormat.TYPE_DATA);
        target.putShort((short) body.length);
        DataFields.write(frame, target);
        target.put(body);
    }

    @Override
    public void onToken(Token token) {
        long[] requests = token.requests();
        requireCount("requests of a token", requests.length, WireFormat.REQUESTS_MAX);
        front(WireFormat.TYPE_TOKEN);
        ringId(token.ringId(), target);
        memberId(token.destination(), target);
        target.putLong(token.visit());
        target.putLong(token.sequence());
        target.putLong(token.aru());
        place(token.aruHolder());
        target.putInt(token.framesSent());
        target.putInt(token.backlog());
        flag(token.recovering());
        flag(token.holding());
        target.putLong(token.limit());
        place(token.limitHolder());
        target.putLong(token.nextLimit());
        place(token.nextLimitHolder());
        target.put((byte) requests.length);
        for (long request : requests) {
            target.putLong(request);
        }
    }

    @Override
    public void onJoin(Join join) {
        int begin = target.position();
        MemberSet failed = join.failed();
        requireCount("failed members of a join", failed.size(), WireFormat.MEMBERS_MAX);
        front(WireFormat.TYPE_JOIN);
        member(join.sender());
        flag(join.leaving());
        target.putLong(join.ringSequence());
        version(join.minVersion());
        version(join.maxVersion());
        requireCount("candidates of a join", join.candidates().size(), WireFormat.MEMBERS_MAX);
        target.put((byte) join.candidates().size());
        target.put((byte) failed.size());
        members(join.candidates());
        for (int index = 0; index < failed.size(); index++) {
            memberId(failed.get(index), target);
        }
        pad(begin);
    }

    @Override
    public void onCommitToken(CommitToken token) {
        List<CommitToken.Entry> entries = token.entries();
        requireCount("entries of a commit token", entries.size(), WireFormat.MEMBERS_MAX);
        front(WireFormat.TYPE_COMMIT_TOKEN);
        ringId(token.ringId(), target);
        memberId(token.destination(), target);
        if (token.hop() < 0 || token.hop() > 0xFFFF) {
            throw new IllegalArgumentException("a commit token makes at most 65535 hops: " + token);
        }
        target.putShort((short) token.hop());
        settings(token.settings());
        target.put((byte) entries.size());
        int rings = 0;
        for (int index = 0; index < entries.size(); index++) {
            CommitToken.Entry entry = entries.get(index);
            if (index > 0) {
                requireAscending(entries.get(index - 1).member(), entry.member());
            }
            member(entry.member());
            OldRing old = entry.old();
            if (old == null) {
                target.put((byte) WireFormat.NONE);
            } else {
                rings = oldRing(old, rings);
            }
        }
    }

    private void settings(RingSettings settings) {
        WireFormat.requireFrameBytes(settings.frameBytes());
        version(settings.version());
        target.putShort((short) settings.frameBytes());
        target.putInt(settings.windowFrames());
        target.putLong(settings.tokenLossNanos());
        target.putLong(settings.tokenRetransmitNanos());
        target.putLong(settings.holdNanos());
    }

    /**
     * Writes the entry's old ring, with its id if it is the first entry of that ring; returns how many rings are known.
     */
    private int oldRing(OldRing old, int rings) {
        int known = rings;
        int index = 0;
        while (index < rings && !oldRings[index].equals(old.ringId())) {
            index++;
        }
        target.put((byte) index);
        if (index == rings) {
            oldRings[known++] = old.ringId();
            ringId(old.ringId(), target);
        }
        target.putLong(old.aru());
        target.putLong(old.highest());
        target.putLong(old.safeLine());
        target.putLong(old.obligations());
        return known;
    }

    @Override
    public void onMergeProbe(MergeProbe probe) {
        int begin = target.position();
        front(WireFormat.TYPE_MERGE_PROBE);
        member(probe.sender());
        ringId(probe.ringId(), target);
        target.putLong(probe.nonce());
        target.putLong(probe.echo());
        pad(begin);
    }

    @Override
    public void onHoldCancel(HoldCancel cancel) {
        front(WireFormat.TYPE_HOLD_CANCEL);
        memberId(cancel.sender(), target);
        ringId(cancel.ringId(), target);
    }

    private void front(int type) {
        target.putShort((short) WireFormat.MAGIC);
        target.put((byte) WireFormat.VERSION);
        target.put((byte) type);
        target.putInt(clusterHash);
    }

    static void memberId(MemberId member, ByteBuffer target) {
        target.putInt(member.id());
        target.putLong(member.incarnation());
    }

    static void ringId(RingId ring, ByteBuffer target) {
        memberId(ring.representative(), target);
        target.putLong(ring.sequence());
    }

    private void member(Member member) {
        MemberAddress address = member.address();
        memberId(member.id(), target);
        target.putLong(address.high());
        target.putLong(address.low());
        target.putShort((short) address.port());
    }

    private void members(List<Member> members) {
        for (int index = 0; index < members.size(); index++) {
            if (index > 0) {
                requireAscending(members.get(index - 1), members.get(index));
            }
            member(members.get(index));
        }
    }

    private void place(int place) {
        if (place < Token.NOBODY || place >= WireFormat.MEMBERS_MAX) {
            throw new IllegalArgumentException("a place in ring order is 0 to 63, or -1 for nobody, not " + place);
        }
        target.put((byte) place);
    }

    private void version(int version) {
        if (version < 1 || version > 255) {
            throw new IllegalArgumentException("a wire version is 1 to 255, not " + version);
        }
        target.put((byte) version);
    }

    private void flag(boolean value) {
        target.put((byte) (value ? 1 : 0));
    }

    private void pad(int begin) {
        int missing = paddedBytes - (target.position() - begin);
        while (missing > 0) {
            int step = Math.min(missing, ZEROS.length);
            target.put(ZEROS, 0, step);
            missing -= step;
        }
    }

    private static void requireCount(String what, int count, int max) {
        if (count > max) {
            throw new IllegalArgumentException(what + ": at most " + max + ", not " + count);
        }
    }

    private static void requireAscending(Member before, Member after) {
        if (before.compareTo(after) >= 0) {
            throw new IllegalArgumentException("members must ascend strictly, but " + after + " follows " + before);
        }
    }
}
