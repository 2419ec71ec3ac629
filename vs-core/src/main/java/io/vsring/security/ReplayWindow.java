package io.vsring.security;

/**
 * Which datagrams of one sender have been here: a bitmap that slides along with the highest counter seen (RFC 6479).
 *
 * <p>One thread.
 */
final class ReplayWindow {

    /** How far behind the highest counter one may come: 160 ms at 100,000 datagrams a second. 2 KiB. */
    static final int SIZE = 1 << 14;

    private static final int BITS = Long.SIZE;
    private static final int WORDS = SIZE / BITS;

    private final long[] words = new long[WORDS];
    private long highest;
    private long floor;

    /** The highest counter that was marked; 0 if none was. */
    long highest() {
        return highest;
    }

    /** Whether the counter is so far behind that nobody knows whether it has been here. */
    boolean isTooOld(long counter) {
        // A whole word less than there are: the oldest one is wiped before it is full of the newest.
        return counter <= highest - (SIZE - BITS) || counter <= floor;
    }

    /** What was sent before this one does not come in any more, whether it has been here or not. */
    void forgetBefore(long counter) {
        floor = Math.max(floor, counter - 1);
    }

    /** Whether the counter has been here; for those that are not {@linkplain #isTooOld too old}. */
    boolean contains(long counter) {
        return counter <= highest && (words[word(counter)] & bit(counter)) != 0;
    }

    /** It has been here. Only for what is authentic: this is what moves the window. */
    void mark(long counter) {
        if (counter > highest) {
            long first = highest / BITS;
            long last = counter / BITS;
            for (long word = Math.max(first, last - WORDS) + 1; word <= last; word++) {
                words[(int) (word % WORDS)] = 0;
            }
            highest = counter;
        }
        words[word(counter)] |= bit(counter);
    }

    private static int word(long counter) {
        return (int) (counter / BITS % WORDS);
    }

    private static long bit(long counter) {
        return 1L << (counter % BITS);
    }
}
