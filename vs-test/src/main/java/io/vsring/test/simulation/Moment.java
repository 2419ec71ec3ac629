package io.vsring.test.simulation;

import io.vsring.protocol.StateName;

/** A moment in the life of a member at which a fault is worth more than at others. */
public enum Moment {
    /** It sends a frame, or a repair. */
    DATA_SENT,
    /** It passes a frame of an old ring on. */
    RECOVERY_SENT,
    /** It sends a token. */
    TOKEN_SENT,
    /** It sends a Join. */
    JOIN_SENT,
    /** It sends a commit token. */
    COMMIT_SENT,
    /** It sends a merge probe. */
    PROBE_SENT,
    /** It asks for the token of a silent ring. */
    HOLD_CANCEL_SENT,
    /** It sends what nobody understands. */
    OTHER_SENT,
    /** It has given its ring up. */
    GATHER_ENTERED,
    /** It has agreed to a ring. */
    COMMIT_ENTERED,
    /** It exchanges what others miss of the old ring. */
    RECOVERY_ENTERED,
    /** It has installed a ring. */
    OPERATIONAL_ENTERED,
    /** It has said goodbye, or is about to. */
    LEAVE_ENTERED,
    /** It has written a ring sequence down, and nobody knows of it yet. */
    PERSISTED,
    /** It is told how another one stands, with replicated objects. */
    STANDING_DELIVERED,
    /** It is told who will be sent what of the state. */
    PLAN_DELIVERED,
    /** It is told a part of the state, be it for itself or for others. */
    PACK_DELIVERED,
    /** It says that it holds the state; the datagram has not left it yet. */
    READY_SENT,
    /** It is told that a member holds the state. */
    READY_DELIVERED;

    static Moment of(PacketKind sent) {
        return switch (sent) {
            case DATA -> DATA_SENT;
            case RECOVERY -> RECOVERY_SENT;
            case TOKEN -> TOKEN_SENT;
            case JOIN -> JOIN_SENT;
            case COMMIT -> COMMIT_SENT;
            case PROBE -> PROBE_SENT;
            case HOLD_CANCEL -> HOLD_CANCEL_SENT;
            case OTHER, GREETING -> OTHER_SENT;
        };
    }

    static Moment of(StateName entered) {
        return switch (entered) {
            case GATHER -> GATHER_ENTERED;
            case COMMIT -> COMMIT_ENTERED;
            case RECOVERY -> RECOVERY_ENTERED;
            case OPERATIONAL -> OPERATIONAL_ENTERED;
            case LEAVING, LEFT -> LEAVE_ENTERED;
        };
    }
}
