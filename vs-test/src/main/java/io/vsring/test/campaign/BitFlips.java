package io.vsring.test.campaign;

import java.util.Random;

/** Bits that change on the way. Any thread. */
public final class BitFlips {

    private static final int BITS_MAX = 8;

    private BitFlips() {}

    /** The same bytes, of which there is one at least, with one to {@value #BITS_MAX} bits changed. */
    public static byte[] of(byte[] bytes, Random dice) {
        byte[] flipped = bytes.clone();
        int bits = 1 + dice.nextInt(BITS_MAX);
        for (int bit :
                dice.ints(0, bytes.length * Byte.SIZE).distinct().limit(bits).toArray()) {
            flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
        }
        return flipped;
    }
}
