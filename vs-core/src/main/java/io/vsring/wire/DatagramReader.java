package io.vsring.wire;

import io.vsring.Member;
import io.vsring.MemberAddress;
import io.vsring.MemberId;
import io.vsring.MemberSet;
import io.vsring.RingId;
import io.vsring.wire.MalformedDatagramException.Reason;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Reads the fields of one datagram after the other, and refuses what no field can be. One thread; reused. */
final class DatagramReader {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final IdCache ids;
    private ByteBuffer source = NOTHING;
    private int start;
    private int at;
    private int limit;

    DatagramReader(IdCache ids) {
        this.ids = ids;
    }

    /** Begins to read from the buffer's position up to its limit. Neither is changed; its order becomes big endian. */
    void open(ByteBuffer bytes) {
        source = bytes.order(ByteOrder.BIG_ENDIAN);
        start = bytes.position();
        at = start;
        limit = bytes.limit();
    }

    /** Forgets the buffer, which belongs to somebody else. */
    void close() {
        source = NOTHING;
    }

    int remaining() {
        return limit - at;
    }

    void need(int bytes) throws MalformedDatagramException {
        if (limit - at < bytes) {
            throw new MalformedDatagramException(
                    Reason.TOO_SHORT, at - start, "so many more bytes: " + bytes, limit - at);
        }
    }

    int u8() throws MalformedDatagramException {
        need(1);
        return source.get(at++) & 0xFF;
    }

    int u16() throws MalformedDatagramException {
        need(2);
        int value = source.getShort(at) & 0xFFFF;
        at += 2;
        return value;
    }

    int u32() throws MalformedDatagramException {
        need(4);
        int value = source.getInt(at);
        at += 4;
        return value;
    }

    long u64() throws MalformedDatagramException {
        need(8);
        long value = source.getLong(at);
        at += 8;
        return value;
    }

    boolean flag() throws MalformedDatagramException {
        int value = u8();
        if (value > 1) {
            throw refused(Reason.BAD_VALUE, 1, "0 or 1", value);
        }
        return value == 1;
    }

    /** A number from this minimum to this maximum, both positive, in eight bytes. */
    long number(long min, long max) throws MalformedDatagramException {
        long value = u64();
        if (value < min || value > max) {
            throw refused(Reason.BAD_VALUE, 8, "a number that is not too small or too large", value);
        }
        return value;
    }

    /** A number from 0 on. */
    long number() throws MalformedDatagramException {
        return number(0, WireFormat.NUMBER_MAX);
    }

    /** A number from this minimum on, in four bytes. */
    int smallNumber(int min) throws MalformedDatagramException {
        int value = u32();
        if (value < min) {
            throw refused(Reason.BAD_VALUE, 4, "a number that is not too small or too large", value);
        }
        return value;
    }

    /** A count in one byte. Nothing is allocated for it before it is also known that its bytes are there. */
    int count(int min, int max) throws MalformedDatagramException {
        int value = u8();
        if (value < min || value > max) {
            throw refused(Reason.BAD_COUNT, 1, "a count that is not too small or too large", value);
        }
        return value;
    }

    /** A place in ring order, or nobody. */
    int place() throws MalformedDatagramException {
        int value = u8();
        if (value == WireFormat.NONE) {
            return Token.NOBODY;
        }
        if (value >= WireFormat.MEMBERS_MAX) {
            throw refused(Reason.BAD_VALUE, 1, "a place in ring order, 0 to 63, or 255", value);
        }
        return value;
    }

    MemberId memberId() throws MalformedDatagramException {
        need(WireFormat.MEMBER_ID_BYTES);
        int id = u32();
        if (id == 0) {
            throw refused(Reason.BAD_VALUE, 4, "a slot, never 0", 0);
        }
        long incarnation = u64();
        if (incarnation == 0) {
            throw refused(Reason.BAD_VALUE, 8, "an incarnation, never 0", 0);
        }
        return ids.member(id, incarnation);
    }

    Member member() throws MalformedDatagramException {
        need(WireFormat.MEMBER_BYTES);
        MemberId id = memberId();
        long high = u64();
        long low = u64();
        int port = u16();
        if (port == 0) {
            throw refused(Reason.BAD_VALUE, 2, "a port, never 0", 0);
        }
        return new Member(id, new MemberAddress(high, low, port));
    }

    RingId ringId() throws MalformedDatagramException {
        need(WireFormat.RING_ID_BYTES);
        MemberId representative = memberId();
        return ids.ring(representative, number());
    }

    List<Member> members(int count) throws MalformedDatagramException {
        need(count * WireFormat.MEMBER_BYTES);
        List<Member> members = new ArrayList<>(count);
        for (int index = 0; index < count; index++) {
            Member member = member();
            if (index > 0 && members.get(index - 1).compareTo(member) >= 0) {
                throw refused(Reason.NOT_ASCENDING, WireFormat.MEMBER_BYTES, "a member after the one before", index);
            }
            members.add(member);
        }
        return List.copyOf(members);
    }

    MemberSet memberSet(int count) throws MalformedDatagramException {
        need(count * WireFormat.MEMBER_ID_BYTES);
        MemberId[] members = new MemberId[count];
        for (int index = 0; index < count; index++) {
            MemberId member = memberId();
            if (index > 0 && members[index - 1].compareTo(member) >= 0) {
                throw refused(Reason.NOT_ASCENDING, WireFormat.MEMBER_ID_BYTES, "a member after the one before", index);
            }
            members[index] = member;
        }
        return MemberSet.of(members);
    }

    /** Frame numbers, strictly ascending. */
    long[] sequences(int count) throws MalformedDatagramException {
        need(count * WireFormat.REQUEST_BYTES);
        long[] sequences = new long[count];
        long previous = 0;
        for (int index = 0; index < count; index++) {
            long sequence = number(1, WireFormat.NUMBER_MAX);
            if (sequence <= previous) {
                throw refused(Reason.NOT_ASCENDING, 8, "a sequence number after the one before", sequence);
            }
            sequences[index] = sequence;
            previous = sequence;
        }
        return sequences;
    }

    /** All bytes that are left, in an array of their own, which may be one that was given back. */
    byte[] rest(FramePool frames) {
        byte[] bytes = frames.body(limit - at);
        source.get(at, bytes);
        at = limit;
        return bytes;
    }

    void padding() throws MalformedDatagramException {
        while (at < limit) {
            long bits = limit - at >= 8 ? source.getLong(at) : source.get(at);
            if (bits != 0) {
                throw refused(Reason.TRAILING_BYTES, 0, "padding of zeros", bits);
            }
            at += limit - at >= 8 ? 8 : 1;
        }
    }

    void end() throws MalformedDatagramException {
        if (at != limit) {
            throw refused(Reason.TRAILING_BYTES, 0, "the end", limit - at);
        }
    }

    /** What is wrong with the field of so many bytes that was read last. */
    MalformedDatagramException refused(Reason reason, int fieldBytes, String expected, long found) {
        return new MalformedDatagramException(reason, at - fieldBytes - start, expected, found);
    }
}
