package io.vsring.benchmarks.peer;

/**
 * What callers do.
 *
 * @param kind to what
 * @param slots how many callers this member has
 * @param entries keys of a map
 * @param valueBytes bytes of a value
 */
public record CallPlan(Kind kind, int slots, int entries, int valueBytes) {

    /** What is called. */
    public enum Kind {
        LOCKS,
        MAP,
        COUNTER
    }
}
