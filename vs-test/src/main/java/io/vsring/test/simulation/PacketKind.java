package io.vsring.test.simulation;

import java.util.EnumSet;
import java.util.Set;

/** What a datagram is, as far as faults tell them apart. */
public enum PacketKind {
    /** New frames and repairs. */
    DATA,
    /** Frames of an old ring on a new one. */
    RECOVERY,
    /** The regular token. */
    TOKEN,
    /** Who should be on the next ring. */
    JOIN,
    /** The proposal of a ring. */
    COMMIT,
    /** "My ring exists." */
    PROBE,
    /** "Do not hold the token." */
    HOLD_CANCEL,
    /** Nothing that a member would say. */
    OTHER,
    /** What envelopes say to each other. After all others, whose places are in seeds. */
    GREETING;

    private static final int TYPE_AT = 3;
    private static final int FRAME_KIND_AT = 50;
    private static final int FRAME_KIND_RECOVERY = 3;
    private static final PacketKind[] BY_TYPE = {OTHER, DATA, TOKEN, JOIN, COMMIT, PROBE, HOLD_CANCEL};

    /** Its place among all of these, for counters in an array and for the bits of a schedule. */
    @SuppressWarnings("EnumOrdinal") // of this run only, never written down
    int place() {
        return ordinal();
    }

    /** The kind that has this place. */
    @SuppressWarnings("EnumOrdinal")
    static PacketKind at(int place) {
        return values()[place];
    }

    /** The kinds whose places are set in these bits, as a schedule writes them down. */
    static Set<PacketKind> setOf(long bits) {
        Set<PacketKind> kinds = EnumSet.noneOf(PacketKind.class);
        for (PacketKind kind : values()) {
            if ((bits >> kind.place() & 1) != 0) {
                kinds.add(kind);
            }
        }
        return kinds;
    }

    /** The kind of a datagram, by the places of docs/wire-format.md. */
    static PacketKind of(byte[] bytes) {
        int type = bytes.length > TYPE_AT ? bytes[TYPE_AT] : 0;
        if (type == 1 && bytes.length > FRAME_KIND_AT && bytes[FRAME_KIND_AT] == FRAME_KIND_RECOVERY) {
            return RECOVERY;
        }
        return type > 0 && type < BY_TYPE.length ? BY_TYPE[type] : OTHER;
    }
}
