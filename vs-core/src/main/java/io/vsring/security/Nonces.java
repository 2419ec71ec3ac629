package io.vsring.security;

import java.util.random.RandomGenerator;

/**
 * The questions of this member: a number that nobody knew before it was asked. Whoever sends it back with the key has
 * been alive since. One number serves all for a while: it is no secret, only new.
 *
 * <p>One thread.
 */
final class Nonces {

    /** How long one is asked with; an answer is good for as long again. */
    static final long LIFE_NANOS = 2_000_000_000L;

    private final RandomGenerator random;
    private Nonce current = Nonce.NONE;
    private Nonce before = Nonce.NONE;
    private long bornNanos;
    private boolean isSpent;

    Nonces(RandomGenerator random) {
        this.random = random;
    }

    /** What to ask with. */
    Nonce current(long nowNanos) {
        renew(nowNanos);
        return current;
    }

    /** Whether this was asked a moment ago. */
    boolean isOurs(Nonce echo, long nowNanos) {
        renew(nowNanos);
        return !echo.isNone() && (EnvelopeMutant.ANY_ANSWER_PROVES || echo.equals(current) || echo.equals(before));
    }

    /** Whether this is what is asked with now. */
    boolean isCurrent(Nonce echo) {
        return EnvelopeMutant.ANY_ANSWER_PROVES || echo.equals(current);
    }

    /** The next question is another one, so that nobody can have answered it yet. */
    void spend() {
        isSpent = true;
    }

    private void renew(long nowNanos) {
        long age = nowNanos - bornNanos;
        if (!current.isNone() && age < LIFE_NANOS && !isSpent) {
            return;
        }
        isSpent = false;
        before = age < 2 * LIFE_NANOS ? current : Nonce.NONE;
        current = Nonce.draw(random);
        bornNanos = nowNanos;
    }
}
