package io.vsring.replicated;

import io.vsring.MemberId;
import io.vsring.MemberSet;
import io.vsring.RingId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads what {@link ByteWriter} wrote. Whatever does not fit throws {@link MalformedCommandException}, before anything
 * is allocated for it.
 */
final class ByteReader {

    /** Two of them can be added. */
    static final long NUMBER_MAX = 1L << 62;

    private static final int MEMBER_BYTES = Integer.BYTES + Long.BYTES;
    private static final char REPLACEMENT = '\uFFFD';

    private final byte[] bytes;
    private final int end;
    private int next;

    ByteReader(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    ByteReader(byte[] bytes, int offset, int length) {
        this.bytes = bytes;
        this.next = offset;
        this.end = offset + length;
    }

    int remaining() {
        return end - next;
    }

    int getByte() {
        require(1);
        return bytes[next++] & 0xff;
    }

    boolean getBoolean() {
        int value = getByte();
        if (value > 1) {
            throw new MalformedCommandException("neither true nor false: " + value);
        }
        return value == 1;
    }

    int getInt() {
        require(Integer.BYTES);
        int value = 0;
        for (int i = 0; i < Integer.BYTES; i++) {
            value = value << 8 | (bytes[next++] & 0xff);
        }
        return value;
    }

    long getLong() {
        require(Long.BYTES);
        long value = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            value = value << 8 | (bytes[next++] & 0xff);
        }
        return value;
    }

    long getNumber() {
        long value = 0;
        for (int shift = 0; shift < 63; shift += 7) {
            int each = getByte();
            value |= (long) (each & 0x7f) << shift;
            if (each < 0x80) {
                if (each == 0 && shift > 0) {
                    throw new MalformedCommandException("a number is longer than it needs to be");
                }
                return value;
            }
        }
        throw new MalformedCommandException("a number of more than 63 bits");
    }

    /** A number up to this one. */
    long getNumber(long max) {
        long value = getNumber();
        if (value > max) {
            throw new MalformedCommandException(value + " where at most " + max + " can be");
        }
        return value;
    }

    int getIntNumber() {
        return (int) getNumber(Integer.MAX_VALUE);
    }

    /** How many things follow, each of at least so many bytes. */
    int getCount(int bytesEach) {
        long count = getNumber();
        if (count > remaining() / bytesEach) {
            throw new MalformedCommandException(count + " entries announced in " + remaining() + " bytes");
        }
        return (int) count;
    }

    byte[] getRaw(int length) {
        require(length);
        byte[] value = Arrays.copyOfRange(bytes, next, next + length);
        next += length;
        return value;
    }

    byte[] getBytes() {
        return getRaw(getCount(1));
    }

    /** All that is left. */
    byte[] getRest() {
        return getRaw(remaining());
    }

    /** UTF-8, and nothing that only looks like it once it is read: two names must not become one. */
    String getText() {
        byte[] encoded = getBytes();
        String text = new String(encoded, StandardCharsets.UTF_8);
        if (text.indexOf(REPLACEMENT) >= 0 && !Arrays.equals(text.getBytes(StandardCharsets.UTF_8), encoded)) {
            throw new MalformedCommandException(encoded.length + " bytes are not UTF-8 text");
        }
        return text;
    }

    MemberId getMember() {
        int id = getInt();
        long incarnation = getLong();
        if (id == 0 || incarnation == 0) {
            throw new MalformedCommandException("not a member: " + id + "#" + incarnation);
        }
        return new MemberId(id, incarnation);
    }

    MemberSet getMembers() {
        int count = getCount(MEMBER_BYTES);
        List<MemberId> members = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            MemberId member = getMember();
            if (i > 0 && members.get(i - 1).compareTo(member) >= 0) {
                throw new MalformedCommandException(member + " is out of order, or there twice");
            }
            members.add(member);
        }
        return MemberSet.of(members);
    }

    RingId getRing() {
        MemberId representative = getMember();
        long sequence = getLong();
        if (sequence < 0) {
            throw new MalformedCommandException("not the sequence of a ring: " + sequence);
        }
        return new RingId(representative, sequence);
    }

    /** Nothing may follow. */
    void end() {
        if (next != end) {
            throw new MalformedCommandException(remaining() + " bytes too many");
        }
    }

    private void require(int length) {
        if (length < 0 || length > remaining()) {
            throw new MalformedCommandException(length + " bytes expected, " + remaining() + " left");
        }
    }
}
