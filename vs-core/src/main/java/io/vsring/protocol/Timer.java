package io.vsring.protocol;

/** The timeouts of the protocol. Each runs at most once at a time. */
public enum Timer {
    /** No token has come for too long: the ring is lost. */
    TOKEN_LOSS,
    /** No sign that the token which we sent has arrived: send it again. */
    TOKEN_RETRANSMIT,
    /** We have held the token of a silent ring for long enough. */
    TOKEN_HOLD,
    /** Say our Join again. */
    JOIN,
    /** Those that have not agreed by now are taken for failed. */
    CONSENSUS,
    /** The proposed ring did not come about. */
    COMMIT_LOSS,
    /** Look for rings that we could merge with. */
    MERGE
}
