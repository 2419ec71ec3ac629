package io.vsring.wire;

/**
 * The numbers of {@code docs/wire-format.md}: where fields are, how long things are, what is too much.
 *
 * <p>Everything here is constant or a pure function; any thread.
 */
public final class WireFormat {

    /** The wire version that this code speaks. */
    public static final int VERSION = 1;

    /** The smallest size that the largest datagram of a ring may have, in bytes. */
    public static final int FRAME_BYTES_MIN = 512;

    /** The largest payload of a UDP datagram over IPv4, in bytes. */
    public static final int FRAME_BYTES_MAX = 65_507;

    /** Bytes that the security envelope takes in front of a datagram. */
    public static final int ENVELOPE_FRONT_BYTES = 28;

    /** Bytes that the security envelope takes behind a datagram. */
    public static final int ENVELOPE_BACK_BYTES = 16;

    /** Bytes of each frame that are left to the security envelope, whether there is one or not. */
    public static final int ENVELOPE_BYTES = ENVELOPE_FRONT_BYTES + ENVELOPE_BACK_BYTES;

    /** The longest datagram, without envelope, in bytes. */
    public static final int DATAGRAM_BYTES_MAX = FRAME_BYTES_MAX - ENVELOPE_BYTES;

    /** Members in any set at most: obligations travel as a bitmap of one long. */
    public static final int MEMBERS_MAX = 64;

    /** Frames that a token can ask for at most. */
    public static final int REQUESTS_MAX = 128;

    /** Bytes of a group's name at most, in UTF-8. */
    public static final int GROUP_BYTES_MAX = 64;

    /** Group names in one frame at most. */
    public static final int GROUPS_MAX = 256;

    /** The longest message that any receiver assembles, in bytes. */
    public static final int MESSAGE_BYTES_MAX = 64 << 20;

    /** The greatest number that a count or sequence can have: two of them can be added without overflow. */
    public static final long NUMBER_MAX = 1L << 62;

    /** Bytes in front of the body of a data frame. */
    public static final int DATA_HEADER_BYTES = 59;

    /** Bytes that a frame grows when it becomes the body of a recovery frame. */
    public static final int RECOVERY_HEADER_BYTES = 50;

    static final int MAGIC = 0x5653;
    static final int MAGIC_AT = 0;
    static final int VERSION_AT = 2;
    static final int TYPE_AT = 3;
    static final int CLUSTER_AT = 4;
    static final int FROZEN_BYTES = 8;

    static final int TYPE_DATA = 1;
    static final int TYPE_TOKEN = 2;
    static final int TYPE_JOIN = 3;
    static final int TYPE_COMMIT_TOKEN = 4;
    static final int TYPE_MERGE_PROBE = 5;
    static final int TYPE_HOLD_CANCEL = 6;

    static final int MEMBER_ID_BYTES = 12;
    static final int MEMBER_BYTES = MEMBER_ID_BYTES + 16 + 2;
    static final int RING_ID_BYTES = MEMBER_ID_BYTES + 8;

    static final int DATA_FIELD_BYTES = RING_ID_BYTES + MEMBER_ID_BYTES + 8 + 1 + 8;
    static final int TOKEN_BYTES = 94;
    static final int REQUEST_BYTES = 8;
    static final int JOIN_BYTES = 51;
    static final int COMMIT_TOKEN_BYTES = 74;
    static final int OLD_RING_BYTES = 32;
    static final int COMMIT_ENTRY_BYTES_MAX = MEMBER_BYTES + 1 + RING_ID_BYTES + OLD_RING_BYTES;
    static final int MERGE_PROBE_BYTES = 74;

    /** Place or index that stands for none. */
    static final int NONE = 255;

    static final int KIND_AGREED = 1;
    static final int KIND_SAFE = 2;
    static final int KIND_RECOVERY = 3;

    /** Set in the flags of every entry; flags of 0 are padding. */
    static final int ENTRY = 0x80;

    static final int BEGINS = 0x01;
    static final int ENDS = 0x02;
    static final int SAFE = 0x04;

    /** Flags, group and length: what a whole message costs in a frame that has the name of its group already. */
    static final int WHOLE_HEADER_BYTES = 4;

    /** Flags, group, length and length of the message. */
    static final int BEGINNING_HEADER_BYTES = 8;

    /** Flags and length. */
    static final int CONTINUATION_HEADER_BYTES = 3;

    /** The longest body of packed messages that any ring can make, in bytes. */
    static final int BODY_BYTES_MAX = DATAGRAM_BYTES_MAX - DATA_HEADER_BYTES - RECOVERY_HEADER_BYTES;

    /** The longest body of packed messages that the smallest frames take, in bytes. */
    static final int BODY_BYTES_MIN = FRAME_BYTES_MIN - ENVELOPE_BYTES - DATA_HEADER_BYTES - RECOVERY_HEADER_BYTES;

    static {
        prove(DATA_HEADER_BYTES == FROZEN_BYTES + 2 + DATA_FIELD_BYTES, "data header");
        prove(RECOVERY_HEADER_BYTES == 1 + DATA_FIELD_BYTES, "recovery header");
        prove(TOKEN_BYTES == FROZEN_BYTES + RING_ID_BYTES + MEMBER_ID_BYTES + 5 * 8 + 2 * 4 + 6, "token");
        prove(TOKEN_BYTES + ENVELOPE_BYTES < FRAME_BYTES_MIN, "a token without requests fits into the smallest frame");
        prove(JOIN_BYTES == FROZEN_BYTES + MEMBER_BYTES + 1 + 8 + 4, "join");
        prove(JOIN_BYTES + MEMBERS_MAX * (MEMBER_BYTES + MEMBER_ID_BYTES) <= DATAGRAM_BYTES_MAX, "largest join");
        prove(COMMIT_TOKEN_BYTES == FROZEN_BYTES + RING_ID_BYTES + MEMBER_ID_BYTES + 2 + 31 + 1, "commit token");
        prove(COMMIT_TOKEN_BYTES + MEMBERS_MAX * COMMIT_ENTRY_BYTES_MAX <= DATAGRAM_BYTES_MAX, "largest commit token");
        prove(MERGE_PROBE_BYTES == FROZEN_BYTES + MEMBER_BYTES + RING_ID_BYTES + 2 * 8, "merge probe");
        prove(MERGE_PROBE_BYTES + ENVELOPE_BYTES < FRAME_BYTES_MIN, "a merge probe fits into the smallest frame");
        prove(MEMBERS_MAX <= Long.SIZE, "obligations are one bit for each member");
        prove(MEMBERS_MAX <= NONE, "a place is one byte and leaves one value for nobody");
        prove(REQUESTS_MAX <= 255, "requests are counted in one byte");
        prove(
                GROUPS_MAX <= 256 && GROUP_BYTES_MAX <= 127,
                "group index and length of a group's name are one byte each");
        prove(BODY_BYTES_MAX + RECOVERY_HEADER_BYTES <= 0xFFFF, "lengths of entries and bodies are two bytes");
        prove(
                BODY_BYTES_MIN >= BEGINNING_HEADER_BYTES + 1 + GROUP_BYTES_MAX + Packer.PIECE_BYTES_MIN,
                "an empty body takes a worthwhile piece of any message");
    }

    private WireFormat() {}

    /**
     * The longest body that a frame of packed messages may have, in bytes: with header and envelope it fits into a
     * frame, also when a recovery frame of another ring is wrapped around it.
     *
     * @param frameBytes the size of the largest datagram of the ring, {@link #FRAME_BYTES_MIN} to
     *     {@link #FRAME_BYTES_MAX}
     */
    public static int bodyBytesMax(int frameBytes) {
        int recovery = Mutant.RECOVERY_HEADER_FORGOTTEN ? 0 : RECOVERY_HEADER_BYTES;
        return requireFrameBytes(frameBytes) - ENVELOPE_BYTES - DATA_HEADER_BYTES - recovery;
    }

    /** How many frames a token may ask for, so that it fits into a frame of this size. */
    public static int requestsMax(int frameBytes) {
        int room = requireFrameBytes(frameBytes) - ENVELOPE_BYTES - TOKEN_BYTES;
        return Math.min(REQUESTS_MAX, room / REQUEST_BYTES);
    }

    /**
     * About how many frames so many messages take: an estimate for flow control, which does not count the names of
     * groups and what is padded.
     *
     * @param messages how many
     * @param bytes how long they are together
     * @param bodyBytes the longest body, as {@link #bodyBytesMax} says
     */
    public static long framesFor(int messages, long bytes, int bodyBytes) {
        if (messages == 0) {
            return 0;
        }
        int payload = bodyBytes - BEGINNING_HEADER_BYTES;
        return (bytes + (long) messages * WHOLE_HEADER_BYTES + payload - 1) / payload;
    }

    static int requireFrameBytes(int frameBytes) {
        if (frameBytes < FRAME_BYTES_MIN || frameBytes > FRAME_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "frame size must be " + FRAME_BYTES_MIN + " to " + FRAME_BYTES_MAX + " bytes, not " + frameBytes);
        }
        return frameBytes;
    }

    private static void prove(boolean holds, String what) {
        if (!holds) {
            throw new IllegalStateException("the wire format contradicts itself: " + what);
        }
    }
}
