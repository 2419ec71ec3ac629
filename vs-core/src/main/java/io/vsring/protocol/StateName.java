package io.vsring.protocol;

/** The four states of a member, and the one after the last. */
public enum StateName {
    /** Frames are ordered. */
    OPERATIONAL,
    /** Members agree on who is alive. */
    GATHER,
    /** The agreed ring is proposed and accepted. */
    COMMIT,
    /** What members of the old ring miss is exchanged on the new one. */
    RECOVERY,
    /** This member says goodbye. */
    LEAVING,
    /** This member has left. */
    LEFT
}
