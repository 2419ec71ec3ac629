package io.vsring.protocol;

/**
 * A repeatable sequence of numbers from a seed (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators).
 */
final class SplitMix {

    private long state;

    SplitMix(long seed) {
        state = seed;
    }

    long next() {
        state += 0x9E37_79B9_7F4A_7C15L;
        long mixed = (state ^ state >>> 30) * 0xBF58_476D_1CE4_E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D0_49BB_1331_11EBL;
        return mixed ^ mixed >>> 31;
    }

    /** A number from 0 to below the bound. */
    long below(long bound) {
        return Long.remainderUnsigned(next(), bound);
    }
}
