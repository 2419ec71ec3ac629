package io.vsring.protocol;

/** Why a well-formed datagram was ignored. */
public enum DropReason {
    /** Of the ring that we are on, but we have had it. */
    DUPLICATE,
    /** Of a ring that we have been on. */
    STALE_RING,
    /** Of a ring that we are not on. */
    FOREIGN_RING,
    /** Meant for another member. */
    NOT_FOR_US,
    /** From ourselves. */
    OWN,
    /** From another process that claims our member id. */
    DUPLICATE_ID,
    /** From a member that we have taken for failed, or that has been sent away for a time. */
    FAILED_MEMBER,
    /** Says less than we know already. */
    OLD_NEWS,
    /** The member that sent it gives us for failed. */
    CONDEMNED_BY_SENDER,
    /** Not of use in the state that we are in. */
    WRONG_STATE,
    /** Outside of what the window can hold. */
    OUTSIDE_WINDOW,
    /** Proposes other members than those we agreed on. */
    OTHER_MEMBERS,
    /** Contradicts itself or what we know for certain. */
    IMPLAUSIBLE,
    /** Speaks no version of the wire that we speak. */
    INCOMPATIBLE_VERSION,
    /** From somebody who is not yet known to hear us. */
    NOT_TWO_WAY,
    /** No room for another member. */
    RING_FULL
}
