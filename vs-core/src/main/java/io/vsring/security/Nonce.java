package io.vsring.security;

import java.util.random.RandomGenerator;

/** A number of 128 bits that is used once; all zero stands for none. */
record Nonce(long high, long low) {

    static final Nonce NONE = new Nonce(0, 0);

    static Nonce draw(RandomGenerator random) {
        return new Nonce(random.nextLong() | 1, random.nextLong()); // never none
    }

    boolean isNone() {
        return high == 0 && low == 0;
    }
}
