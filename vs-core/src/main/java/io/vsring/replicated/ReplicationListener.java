package io.vsring.replicated;

import org.jspecify.annotations.Nullable;

/** Is told what becomes of the replicated state of this member. On the delivery thread; must not wait. */
public interface ReplicationListener {

    /** Hears nothing. */
    ReplicationListener NONE = new ReplicationListener() {};

    /** This member may now do something else than before. */
    default void onStatus(PrimaryStatus status) {}

    /**
     * A state has been reached: at equal positions of one history all members have equal digests.
     *
     * @param history names the history: its lineage
     * @param position how many commands it came from
     * @param digest of these commands and their answers
     */
    default void onApplied(long history, long position, long digest) {}

    /**
     * This member's own state is replaced by that of the primary component. What it had and the primary has not is lost
     * after this call, unless it is kept or done again.
     */
    default void onDiscarded(DiscardedState state) {}

    /** Somebody may have to act. */
    default void onWarning(String what, @Nullable Throwable why) {}
}
