package io.vsring.replicated;

/** Which of the two configurations of one ring something is delivered in. */
enum Stage {
    /** All members of the ring hold what is safe. */
    REGULAR,
    /** Those that go on together hold it; whether others have acted on it is not known. */
    TRANSITIONAL
}
