package io.vsring.test.linearizability;

import org.jspecify.annotations.Nullable;

/**
 * What came of judging the operations on one object.
 *
 * @param object which one
 * @param verdict whether they can be put into an order
 * @param returned operations that returned
 * @param unknown operations of unknown outcome; the more, the more is possible, and the longer it takes
 * @param refused operations that were refused, and were left out
 * @param steps how often the model was asked
 * @param counterexample how far an order was found; null if there is one for all
 */
public record ObjectVerdict(
        ObjectKey object,
        Verdict verdict,
        int returned,
        int unknown,
        int refused,
        long steps,
        @Nullable Counterexample counterexample) {

    /** In one line, and in further ones how far an order was found. */
    @Override
    public String toString() {
        String line = object + ": " + verdict + " returned=" + returned + " unknown=" + unknown + " refused=" + refused
                + " steps=" + steps;
        return counterexample == null ? line : line + "\n" + counterexample;
    }
}
