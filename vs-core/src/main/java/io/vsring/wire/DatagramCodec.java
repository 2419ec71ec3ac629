package io.vsring.wire;

import io.vsring.Member;
import io.vsring.MemberId;
import io.vsring.MemberSet;
import io.vsring.RingId;
import io.vsring.wire.CommitToken.OldRing;
import io.vsring.wire.MalformedDatagramException.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Datagrams as bytes and back ({@code docs/wire-format.md}). Refuses everything that is not well formed.
 *
 * <p>One thread. Encoding frames and tokens allocates nothing; decoding a frame of a known ring allocates the frame and
 * its body where no full one was given back, and nothing else.
 */
public final class DatagramCodec {

    private static final long[] NO_REQUESTS = {};

    private final int clusterHash;
    private final DatagramWriter writer;
    private final DatagramReader reader = new DatagramReader(new IdCache(IdCache.PLACES));
    private final FramePool frames = new FramePool();

    /**
     * @param clusterName datagrams of clusters with other names are refused
     * @param frameBytes how long a datagram may be that must not be fragmented, envelope included: Joins and merge
     *     probes are padded to it. {@link WireFormat#FRAME_BYTES_MIN} to {@link WireFormat#FRAME_BYTES_MAX}
     */
    public DatagramCodec(String clusterName, int frameBytes) {
        CRC32C hash = new CRC32C();
        hash.update(clusterName.getBytes(StandardCharsets.UTF_8));
        this.clusterHash = (int) hash.getValue();
        this.writer =
                new DatagramWriter(clusterHash, WireFormat.requireFrameBytes(frameBytes) - WireFormat.ENVELOPE_BYTES);
    }

    /** Where the frames come from that are decoded; who gives none back gets new ones. */
    public FramePool frames() {
        return frames;
    }

    /**
     * Writes the datagram to the target, from its position on; the position is then behind it.
     *
     * @param target has room for {@link WireFormat#DATAGRAM_BYTES_MAX} bytes; its order becomes big endian
     * @throws IllegalArgumentException if the datagram cannot be written: too many of something, or a set out of order
     */
    public void encode(Datagram datagram, ByteBuffer target) {
        writer.write(datagram, target);
    }

    /**
     * Reads the datagram that stands between the source's position and its limit.
     *
     * @param source its position and limit stay as they are, its order becomes big endian; it is not kept
     * @return a value that does not change; a frame, until it is given back to {@link #frames}
     * @throws MalformedDatagramException if there is anything wrong with it
     */
    public Datagram decode(ByteBuffer source) throws MalformedDatagramException {
        reader.open(source);
        try {
            int type = front();
            return switch (type) {
                case WireFormat.TYPE_DATA -> data();
                case WireFormat.TYPE_TOKEN -> token();
                case WireFormat.TYPE_JOIN -> join(source.get(source.position() + WireFormat.VERSION_AT) & 0xFF);
                case WireFormat.TYPE_COMMIT_TOKEN -> commitToken();
                case WireFormat.TYPE_MERGE_PROBE -> mergeProbe();
                case WireFormat.TYPE_HOLD_CANCEL -> holdCancel();
                default ->
                    throw new MalformedDatagramException(
                            Reason.UNKNOWN_TYPE, WireFormat.TYPE_AT, "a type, 1 to 6", type);
            };
        } finally {
            reader.close();
        }
    }

    private int front() throws MalformedDatagramException {
        if (reader.remaining() > WireFormat.DATAGRAM_BYTES_MAX) {
            throw reader.refused(Reason.TOO_LONG, 0, "at most 65463 bytes", reader.remaining());
        }
        reader.need(WireFormat.FROZEN_BYTES);
        int magic = reader.u16();
        if (magic != WireFormat.MAGIC) {
            throw new MalformedDatagramException(Reason.BAD_MAGIC, WireFormat.MAGIC_AT, "\"VS\"", magic);
        }
        int version = reader.u8();
        int type = reader.u8();
        int hash = reader.u32();
        if (hash != clusterHash) {
            throw new MalformedDatagramException(
                    Reason.OTHER_CLUSTER, WireFormat.CLUSTER_AT, "the hash of our cluster name", hash);
        }
        if (version == 0 || (version != WireFormat.VERSION && type != WireFormat.TYPE_JOIN)) {
            throw new MalformedDatagramException(
                    Reason.OTHER_VERSION, WireFormat.VERSION_AT, "wire version 1", version);
        }
        return type;
    }

    private DataFrame data() throws MalformedDatagramException {
        int bodyBytes = reader.u16();
        reader.need(WireFormat.DATA_FIELD_BYTES + bodyBytes);
        int behind = reader.remaining() - WireFormat.DATA_FIELD_BYTES - bodyBytes;
        if (behind > 0) {
            throw reader.refused(Reason.TRAILING_BYTES, 2, "a body that reaches to the end", behind);
        }
        DataFrame frame = DataFields.read(reader, frames);
        if (frame.isRecovery()) {
            DataFrame unused = RecoveryBody.decode(frame.body());
        } else {
            Unpacker.check(frame.body(), frame.kind());
        }
        return frame;
    }

    private Token token() throws MalformedDatagramException {
        reader.need(WireFormat.TOKEN_BYTES - WireFormat.FROZEN_BYTES);
        RingId ringId = reader.ringId();
        MemberId destination = reader.memberId();
        long visit = reader.number();
        long sequence = reader.number();
        long aru = reader.number();
        int aruHolder = reader.place();
        int framesSent = reader.smallNumber(0);
        int backlog = reader.smallNumber(0);
        boolean recovering = reader.flag();
        boolean holding = reader.flag();
        long limit = reader.number(0, Long.MAX_VALUE);
        int limitHolder = reader.place();
        long nextLimit = reader.number(0, Long.MAX_VALUE);
        int nextLimitHolder = reader.place();
        int count = reader.count(0, WireFormat.REQUESTS_MAX);
        long[] requests = count == 0 ? NO_REQUESTS : reader.sequences(count);
        reader.end();
        return new Token(
                ringId,
                destination,
                visit,
                sequence,
                aru,
                aruHolder,
                framesSent,
                backlog,
                recovering,
                holding,
                limit,
                limitHolder,
                nextLimit,
                nextLimitHolder,
                requests);
    }

    private Join join(int version) throws MalformedDatagramException {
        Member sender = reader.member();
        boolean leaving = reader.flag();
        long ringSequence = reader.number();
        int minVersion = version();
        int maxVersion = version();
        if (maxVersion < minVersion) {
            throw reader.refused(Reason.BAD_VALUE, 1, "a newest version not older than the oldest", maxVersion);
        }
        int candidateCount = reader.count(1, WireFormat.MEMBERS_MAX);
        int failedCount = reader.count(0, WireFormat.MEMBERS_MAX);
        List<Member> candidates = reader.members(candidateCount);
        MemberSet failed = reader.memberSet(failedCount);
        if (version == WireFormat.VERSION) {
            reader.padding();
        }
        return new Join(sender, leaving, ringSequence, minVersion, maxVersion, candidates, failed);
    }

    private int version() throws MalformedDatagramException {
        int version = reader.u8();
        if (version == 0) {
            throw reader.refused(Reason.BAD_VALUE, 1, "a wire version, never 0", version);
        }
        return version;
    }

    private CommitToken commitToken() throws MalformedDatagramException {
        reader.need(WireFormat.COMMIT_TOKEN_BYTES - WireFormat.FROZEN_BYTES);
        RingId ringId = reader.ringId();
        MemberId destination = reader.memberId();
        int hop = reader.u16();
        RingSettings settings = settings();
        int count = reader.count(1, WireFormat.MEMBERS_MAX);
        reader.need(count * (WireFormat.MEMBER_BYTES + 1));
        List<CommitToken.Entry> entries = new ArrayList<>(count);
        List<RingId> oldRings = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            Member member = reader.member();
            if (index > 0 && entries.get(index - 1).member().compareTo(member) >= 0) {
                throw reader.refused(
                        Reason.NOT_ASCENDING, WireFormat.MEMBER_BYTES, "a member after the one before", index);
            }
            entries.add(new CommitToken.Entry(member, oldRing(oldRings)));
        }
        reader.end();
        return new CommitToken(ringId, destination, hop, settings, List.copyOf(entries));
    }

    private RingSettings settings() throws MalformedDatagramException {
        int version = version();
        int frameBytes = reader.u16();
        if (frameBytes < WireFormat.FRAME_BYTES_MIN || frameBytes > WireFormat.FRAME_BYTES_MAX) {
            throw reader.refused(Reason.BAD_VALUE, 2, "a frame size, 512 to 65507", frameBytes);
        }
        int windowFrames = reader.smallNumber(1);
        long tokenLossNanos = reader.number(1, WireFormat.NUMBER_MAX);
        long tokenRetransmitNanos = reader.number(1, WireFormat.NUMBER_MAX);
        long holdNanos = reader.number();
        return new RingSettings(version, frameBytes, windowFrames, tokenLossNanos, tokenRetransmitNanos, holdNanos);
    }

    private @Nullable OldRing oldRing(List<RingId> oldRings) throws MalformedDatagramException {
        int index = reader.u8();
        if (index == WireFormat.NONE) {
            return null;
        }
        if (index > oldRings.size()) {
            throw reader.refused(Reason.BAD_VALUE, 1, "an old ring that stands before, or the next", index);
        }
        if (index == oldRings.size()) {
            RingId ringId = reader.ringId();
            if (oldRings.contains(ringId)) {
                throw reader.refused(
                        Reason.BAD_VALUE, WireFormat.RING_ID_BYTES, "an old ring for the first time", index);
            }
            oldRings.add(ringId);
        }
        return new OldRing(oldRings.get(index), reader.number(), reader.number(), reader.number(), reader.u64());
    }

    private MergeProbe mergeProbe() throws MalformedDatagramException {
        Member sender = reader.member();
        RingId ringId = reader.ringId();
        long nonce = reader.u64();
        if (nonce == 0) {
            throw reader.refused(Reason.BAD_VALUE, 8, "a nonce, never 0", nonce);
        }
        long echo = reader.u64();
        reader.padding();
        return new MergeProbe(sender, ringId, nonce, echo);
    }

    private HoldCancel holdCancel() throws MalformedDatagramException {
        MemberId sender = reader.memberId();
        RingId ringId = reader.ringId();
        reader.end();
        return new HoldCancel(sender, ringId);
    }
}
