package io.vsring.test.linearizability;

/** What came of judging a history, the worse the later. */
public enum Verdict {
    /** There is an order that explains what all clients saw. */
    OK,
    /** The budget was used up before it was known. A run that is undecided has failed. */
    UNDECIDED,
    /** There is no such order. */
    VIOLATION
}
