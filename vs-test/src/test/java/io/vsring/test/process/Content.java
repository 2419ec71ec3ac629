package io.vsring.test.process;

import io.vsring.MemberId;
import java.nio.ByteBuffer;

/** Messages whose bytes follow from who sent them and which of its messages they are. */
final class Content {

    private static final long GAMMA = 0x9E37_79B9_7F4A_7C15L;

    private Content() {}

    static byte[] of(MemberId sender, long number, int length) {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        long word = start(sender, number);
        while (bytes.remaining() >= Long.BYTES) {
            word += GAMMA;
            bytes.putLong(mix(word));
        }
        while (bytes.hasRemaining()) {
            word += GAMMA;
            bytes.put((byte) mix(word));
        }
        return bytes.array();
    }

    static boolean isOf(MemberId sender, long number, ByteBuffer message) {
        ByteBuffer bytes = message.duplicate();
        long word = start(sender, number);
        while (bytes.remaining() >= Long.BYTES) {
            word += GAMMA;
            if (bytes.getLong() != mix(word)) {
                return false;
            }
        }
        while (bytes.hasRemaining()) {
            word += GAMMA;
            if (bytes.get() != (byte) mix(word)) {
                return false;
            }
        }
        return true;
    }

    static long mix(long value) {
        long mixed = (value ^ value >>> 32) * 0xBF58_476D_1CE4_E5B9L;
        return mixed ^ mixed >>> 29;
    }

    private static long start(MemberId sender, long number) {
        return sender.incarnation() + number * 0x2545_F491_4F6C_DD1DL;
    }
}
