package io.vsring.protocol;

/** Why a member gave up its ring and gathers. */
public enum GatherReason {
    /** No token came for the token-loss timeout. */
    TOKEN_LOST,
    /** The token was lost while a new ring was recovering the old one. */
    RECOVERY_LOST,
    /** The proposed ring did not come about in time. */
    COMMIT_LOST,
    /** A member of this ring, or of the proposed one, gathers. */
    MEMBER_GATHERS,
    /** A member of this ring says goodbye. */
    MEMBER_LEAVES,
    /** A member of another ring and we have heard each other. */
    STRANGER_HEARD,
    /** A member's process is gone, says its host. */
    MEMBER_UNREACHABLE,
    /** The same member has held the aru down for too long: it does not receive. */
    MEMBER_STUCK,
    /** The same member's application has held the limit down for too long. */
    MEMBER_SLOW,
    /** This process was not running for longer than the token-loss timeout. */
    PAUSED
}
