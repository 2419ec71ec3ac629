package io.vsring.security;

import java.util.random.RandomGenerator;

/**
 * The questions of this member: numbers that nobody knew before they were asked. Whoever sends one back with the key
 * has been alive since. One serves all for a while: it is no secret, only new. They are counted from 1 on.
 *
 * <p>One thread.
 */
final class Nonces {

    /** How long one is asked with; an answer is good for as long again. */
    static final long LIFE_NANOS = 2_000_000_000L;

    /** So many of the last ones may be answered: each member of a large ring that comes about takes one. */
    static final int REMEMBERED = 128;

    private final RandomGenerator random;
    private final Nonce[] asked = new Nonce[REMEMBERED];
    private final long[] bornNanos = new long[REMEMBERED];
    private long last;
    private boolean isSpent = true;

    Nonces(RandomGenerator random) {
        this.random = random;
    }

    private static int place(long question) {
        return (int) (question % REMEMBERED);
    }

    /** What to ask with. */
    Nonce current(long nowNanos) {
        if (isSpent || nowNanos - bornNanos[place(last)] >= LIFE_NANOS) {
            isSpent = false;
            last++;
            asked[place(last)] = Nonce.draw(random);
            bornNanos[place(last)] = nowNanos;
        }
        return asked[place(last)];
    }

    /** Which of our questions was answered; 0 if it was none of those that were asked a moment ago. */
    long answered(Nonce echo, long nowNanos) {
        if (echo.isNone()) {
            return 0;
        }
        if (EnvelopeMutant.ANY_ANSWER_PROVES) {
            return Long.MAX_VALUE;
        }
        for (long question = last; question > Math.max(0, last - REMEMBERED); question--) {
            if (nowNanos - bornNanos[place(question)] >= 2 * LIFE_NANOS) {
                return 0;
            }
            if (echo.equals(asked[place(question)])) {
                return question;
            }
        }
        return 0;
    }

    /** The question that was asked last. */
    long last() {
        return last;
    }

    /** The next question is a later one than this, so that nobody can have answered it yet. */
    void spend(long question) {
        isSpent |= last <= question;
    }
}
