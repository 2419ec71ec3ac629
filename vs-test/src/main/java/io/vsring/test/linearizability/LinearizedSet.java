package io.vsring.test.linearizability;

import java.util.Arrays;

/**
 * Which operations have got their place, as bits.
 *
 * <p>Operations that returned get their places almost in the order of their calls, so of their bits only those words
 * differ that lie between the first one that is not full and the last one that is not empty.
 */
final class LinearizedSet {

    private final int returned;
    private final long[] closed;
    private final long[] open;
    private int low;
    private int high;

    /**
     * Begins empty.
     *
     * @param timeline whose operations
     */
    LinearizedSet(Timeline timeline) {
        returned = timeline.returned();
        // One word more than needed: there is always one that is not full.
        closed = new long[returned / Long.SIZE + 1];
        open = new long[(timeline.open() + Long.SIZE - 1) / Long.SIZE];
    }

    void add(int number) {
        if (number >= returned) {
            flip(open, number - returned);
            return;
        }
        flip(closed, number);
        high = Math.max(high, number / Long.SIZE);
        while (closed[low] == -1L) {
            low++;
        }
    }

    void remove(int number) {
        if (number >= returned) {
            flip(open, number - returned);
            return;
        }
        flip(closed, number);
        low = Math.min(low, number / Long.SIZE);
        while (high > 0 && closed[high] == 0) {
            high--;
        }
    }

    private static void flip(long[] words, int bit) {
        words[bit / Long.SIZE] ^= 1L << bit;
    }

    /** How many words in front are full. */
    int fullWords() {
        return low;
    }

    /** The words after those, without empty ones at the end. */
    long[] words() {
        return low > high ? new long[0] : Arrays.copyOfRange(closed, low, high + 1);
    }

    /** A copy of the bits of operations of unknown outcome. */
    long[] open() {
        return open.clone();
    }
}
