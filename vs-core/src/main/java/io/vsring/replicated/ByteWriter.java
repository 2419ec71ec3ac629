package io.vsring.replicated;

import io.vsring.MemberId;
import io.vsring.MemberSet;
import io.vsring.RingId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes what the replicated objects say to each other: big-endian, lengths in front. */
final class ByteWriter {

    private byte[] bytes;
    private int length;

    ByteWriter(int expectedBytes) {
        this.bytes = new byte[expectedBytes];
    }

    ByteWriter putByte(int value) {
        reserve(1);
        bytes[length++] = (byte) value;
        return this;
    }

    ByteWriter putBoolean(boolean value) {
        return putByte(value ? 1 : 0);
    }

    ByteWriter putInt(int value) {
        reserve(Integer.BYTES);
        for (int shift = 24; shift >= 0; shift -= 8) {
            bytes[length++] = (byte) (value >>> shift);
        }
        return this;
    }

    ByteWriter putLong(long value) {
        reserve(Long.BYTES);
        for (int shift = 56; shift >= 0; shift -= 8) {
            bytes[length++] = (byte) (value >>> shift);
        }
        return this;
    }

    /** A number that is usually small and never negative: seven bits a byte, the lowest first. */
    ByteWriter putNumber(long value) {
        if (value < 0) {
            throw new IllegalArgumentException("negative: " + value);
        }
        reserve(9);
        long rest = value;
        while (rest > 0x7f) {
            bytes[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
        return this;
    }

    /** The bytes alone: what is read must know how many they are. */
    ByteWriter putRaw(byte[] value) {
        return putRaw(value, 0, value.length);
    }

    ByteWriter putRaw(byte[] value, int offset, int count) {
        reserve(count);
        System.arraycopy(value, offset, bytes, length, count);
        length += count;
        return this;
    }

    ByteWriter putBytes(byte[] value) {
        return putNumber(value.length).putRaw(value);
    }

    ByteWriter putText(String value) {
        return putBytes(value.getBytes(StandardCharsets.UTF_8));
    }

    ByteWriter putMember(MemberId member) {
        return putInt(member.id()).putLong(member.incarnation());
    }

    ByteWriter putMembers(MemberSet members) {
        putNumber(members.size());
        members.forEach(this::putMember);
        return this;
    }

    ByteWriter putRing(RingId ring) {
        return putMember(ring.representative()).putLong(ring.sequence());
    }

    int length() {
        return length;
    }

    byte[] toBytes() {
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }

    private void reserve(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, 2 * bytes.length));
        }
    }
}
