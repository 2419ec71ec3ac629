package io.vsring.test.check;

/**
 * A claim that does not hold.
 *
 * @param predicate which one, as the properties number them: {@code A2}
 * @param fact what was found, in one sentence
 * @param nanos when, in the time of the history
 * @param step when, in steps of the history
 * @param context what the members concerned did just before
 */
public record Violation(String predicate, String fact, long nanos, long step, String context) {
    @Override
    public String toString() {
        return predicate + " violated at step " + step + ", " + nanos / 1_000_000 + "." + nanos / 1_000 % 1_000
                + " ms: " + fact + "\n" + context;
    }
}
