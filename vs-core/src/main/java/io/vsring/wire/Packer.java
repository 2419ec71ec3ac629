package io.vsring.wire;

import io.vsring.Guarantee;
import io.vsring.MemberId;
import io.vsring.RingId;
import java.util.Arrays;

/**
 * Makes frame bodies: many small messages into one, one large message into several. One thread; reused.
 *
 * <pre>{@code
 * packer.begin();
 * int offset = offsetOfFirst; // 0, or what the body before returned for a message that it did not end
 * while (queue has a message) {
 *     int next = packer.pack(message, offset);
 *     if (next == message.bytes().length) { // it ends in this body, at index packer.endings() - 1
 *         offset = 0;
 *         continue with the next message;
 *     } else { // this body is full: goes on at next in the following body, or at offset if next is FULL
 *         break;
 *     }
 * }
 * frame = packer.frame(ring, self, sequence);
 * }</pre>
 *
 * <p>A body that had to refuse a message, or to cut one, is exactly as long as bodies can be: datagrams of one burst
 * are then equally long, which segmentation offload asks for. Nothing is allocated but the finished body.
 */
public final class Packer {

    /** Nothing of the message was packed: this body is full, and the next one takes it. */
    public static final int FULL = -1;

    /**
     * A message is cut only if at least so much of it goes into this body: small ones are cheaper to move than to glue.
     */
    static final int PIECE_BYTES_MIN = 64;

    private static final byte[] GIVEN_AWAY = {};

    private final int bodyBytes;
    private final FramePool frames;
    private final byte[][] groups = new byte[WireFormat.GROUPS_MAX][];
    private int groupCount;
    private int lastGroup;
    private byte[] body = GIVEN_AWAY;
    private int size;
    private int entries;
    private int endings;
    private long firstNumber;
    private boolean safe;
    private boolean full;

    /** @param bodyBytes how long the bodies may be: {@link WireFormat#bodyBytesMax} */
    public Packer(int bodyBytes) {
        this(bodyBytes, new FramePool());
    }

    /**
     * @param bodyBytes how long the bodies may be: {@link WireFormat#bodyBytesMax}
     * @param frames has bodies to be filled again; those of full frames are as long as this says
     */
    public Packer(int bodyBytes, FramePool frames) {
        if (bodyBytes < WireFormat.BODY_BYTES_MIN || bodyBytes > WireFormat.BODY_BYTES_MAX) {
            throw new IllegalArgumentException("a body has " + WireFormat.BODY_BYTES_MIN + " to "
                    + WireFormat.BODY_BYTES_MAX + " bytes at most, not " + bodyBytes);
        }
        this.bodyBytes = bodyBytes;
        this.frames = frames;
        frames.keep(bodyBytes);
    }

    /** How long the bodies may be. */
    public int bodyBytes() {
        return bodyBytes;
    }

    /** Begins an empty body; what was packed since the last one was finished is forgotten. */
    public void begin() {
        if (body.length == 0) {
            body = frames.body(bodyBytes);
        }
        groupCount = 0;
        lastGroup = 0;
        size = 0;
        entries = 0;
        endings = 0;
        firstNumber = 0;
        safe = false;
        full = false;
    }

    /**
     * Packs as much of the message as fits. An empty body takes something of any message.
     *
     * @param message the one after the one packed before
     * @param offset bytes of the message that went into bodies before; if not 0, this body must be empty
     * @return bytes of the message that are now packed, those of the bodies before included: its length if the message
     *     ends here (an empty one always does), less if this body is full now; or {@link #FULL} if nothing of it was
     *     packed
     * @throws IllegalArgumentException if the message is not the next one, or too long, or its group's name is
     */
    public int pack(OutgoingMessage message, int offset) {
        if (full) {
            return FULL;
        }
        requireNext(message, offset);
        int next = offset == 0 ? beginning(message) : continuation(message, offset);
        if (next == FULL) {
            full = true;
            return FULL;
        }
        if (entries == 0) {
            firstNumber = message.number();
        }
        entries++;
        if (next == message.bytes().length) {
            endings++;
            safe |= message.guarantee() == Guarantee.SAFE;
        } else {
            full = true;
        }
        return next;
    }

    private void requireNext(OutgoingMessage message, int offset) {
        int length = message.bytes().length;
        int nameBytes = message.group().length;
        if (body.length == 0) {
            throw new IllegalStateException("begin() must be called before a message is packed");
        }
        if (entries > 0 && (offset != 0 || message.number() != firstNumber + entries)) {
            throw new IllegalArgumentException("expected the beginning of message " + (firstNumber + entries)
                    + ", found message " + message.number() + " from byte " + offset + " on");
        }
        if (offset < 0 || (offset > 0 && offset >= length) || length > WireFormat.MESSAGE_BYTES_MAX) {
            throw new IllegalArgumentException("a message of " + length + " bytes cannot be packed from byte " + offset
                    + " on; it has at most " + WireFormat.MESSAGE_BYTES_MAX + " bytes");
        }
        if (nameBytes == 0 || nameBytes > WireFormat.GROUP_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "a group's name has 1 to " + WireFormat.GROUP_BYTES_MAX + " bytes in UTF-8, not " + nameBytes);
        }
    }

    private int beginning(OutgoingMessage message) {
        byte[] bytes = message.bytes();
        int group = indexOf(message.group());
        int nameBytes = group == groupCount ? 1 + message.group().length : 0;
        int room = bodyBytes - size - nameBytes;
        if (group == WireFormat.GROUPS_MAX) {
            return FULL;
        }
        if (bytes.length <= room - WireFormat.WHOLE_HEADER_BYTES) {
            int safeFlag = message.guarantee() == Guarantee.SAFE ? WireFormat.SAFE : 0;
            entry(WireFormat.BEGINS | WireFormat.ENDS | safeFlag);
            group(group, message.group());
            length(bytes.length);
            return append(bytes, 0, bytes.length);
        }
        int piece = room - WireFormat.BEGINNING_HEADER_BYTES;
        if (piece < PIECE_BYTES_MIN) {
            return FULL;
        }
        entry(WireFormat.BEGINS);
        group(group, message.group());
        length(piece);
        length(bytes.length >>> 16);
        length(bytes.length);
        return append(bytes, 0, piece);
    }

    private int continuation(OutgoingMessage message, int offset) {
        byte[] bytes = message.bytes();
        int left = bytes.length - offset;
        int room = bodyBytes - WireFormat.CONTINUATION_HEADER_BYTES;
        if (left > room) {
            entry(0);
            length(room);
            return append(bytes, offset, room);
        }
        entry(message.guarantee() == Guarantee.SAFE ? WireFormat.ENDS | WireFormat.SAFE : WireFormat.ENDS);
        length(left);
        return append(bytes, offset, left);
    }

    /** Where the name is in the table, or the next free place. Senders mostly hand over the same array again. */
    private int indexOf(byte[] name) {
        if (groupCount > 0 && groups[lastGroup] == name) {
            return lastGroup;
        }
        for (int index = 0; index < groupCount; index++) {
            if (groups[index] == name) {
                return index;
            }
        }
        for (int index = 0; index < groupCount; index++) {
            if (Arrays.equals(groups[index], name)) {
                return index;
            }
        }
        return groupCount;
    }

    private void entry(int flags) {
        body[size++] = (byte) (WireFormat.ENTRY | flags);
    }

    private void group(int index, byte[] name) {
        body[size++] = (byte) index;
        lastGroup = index;
        if (index == groupCount) {
            groups[groupCount++] = name;
            body[size++] = (byte) name.length;
            append(name, 0, name.length);
        }
    }

    private void length(int bytes) {
        body[size++] = (byte) (bytes >>> 8);
        body[size++] = (byte) bytes;
    }

    private int append(byte[] bytes, int from, int count) {
        System.arraycopy(bytes, from, body, size, count);
        size += count;
        return from + count;
    }

    /** Whether nothing has been packed since {@link #begin}. */
    public boolean isEmpty() {
        return entries == 0;
    }

    /** How many messages end in this body. */
    public int endings() {
        return endings;
    }

    /** The number of the first message in this body. */
    public long firstNumber() {
        return firstNumber;
    }

    /** The kind of a frame with this body. */
    public DataFrame.Kind kind() {
        return safe ? DataFrame.Kind.SAFE : DataFrame.Kind.AGREED;
    }

    /**
     * A frame with what was packed, at this place. Call {@link #begin} before the next message is packed.
     *
     * @throws IllegalStateException if it is empty
     */
    public DataFrame frame(RingId ringId, MemberId sender, long sequence) {
        return frames.frame().at(ringId, sender, sequence).with(kind(), firstNumber, finish());
    }

    /**
     * The body; the caller's own. Call {@link #begin} before the next message is packed.
     *
     * @throws IllegalStateException if it is empty
     */
    public byte[] finish() {
        if (body.length == 0 || entries == 0) {
            throw new IllegalStateException("a body without messages cannot be finished: pack one first");
        }
        if (full && size < bodyBytes) {
            Arrays.fill(body, size, bodyBytes, (byte) 0);
            size = bodyBytes;
        }
        if (size < bodyBytes) {
            return Arrays.copyOf(body, size);
        }
        byte[] finished = body;
        body = GIVEN_AWAY;
        return finished;
    }
}
