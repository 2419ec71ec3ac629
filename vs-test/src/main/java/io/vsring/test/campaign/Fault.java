package io.vsring.test.campaign;

import java.util.List;

/** Something that is done to members or to their network, once. One thread. */
interface Fault {

    FaultKind kind();

    /** Does it. */
    void begin() throws InterruptedException;

    /** Undoes it. May be called without {@link #begin}, and must leave nothing behind. */
    void end() throws InterruptedException;

    /** What shows that it happened. To be called after {@link #end}. */
    Proof proof();

    /** Those whose process it has ended, until {@link #end}. */
    default List<MemberSlot> ended() {
        return List.of();
    }
}
