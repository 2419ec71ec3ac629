package io.vsring.replicated;

import io.vsring.MemberId;
import io.vsring.MemberSet;

/**
 * A thing that is the same on all members: it is changed by commands only, and all members apply the same commands in
 * the same order (Schneider, Implementing Fault-Tolerant Services Using the State Machine Approach, 1990).
 *
 * <p><b>Deterministic.</b> What a command does and answers may depend on the state, the command and its
 * {@link Circumstances}, and on nothing else: no clock, no random numbers, no order of a hash table, no file. What a
 * command throws is an answer too: the state must then be as it was before.
 *
 * <p><b>Threading.</b> All methods are called on the delivery thread, or by the loop thread in its stead, never two at
 * once, and must not wait. What other threads may read is the replica's own business.
 */
public interface Replica {

    /**
     * Applies a command.
     *
     * @param command what a handle of this object has sent, on whatever member; not to be written to or kept
     * @return the answer for whoever sent it; not written to any more
     */
    byte[] apply(byte[] command, Circumstances circumstances);

    /**
     * Whether {@link #apply} takes some microseconds at most for this command, in the state of this moment, and nobody
     * who hears of it may take longer: then the ring's loop thread may apply it itself.
     *
     * @param command as for {@link #apply}, which need not follow
     */
    default boolean isQuick(byte[] command) {
        return false;
    }

    /**
     * Members have come or gone: what belonged to the incarnations that are not there any more may be given away.
     * Called at one place of the order on all members, before any command of the new primary component.
     *
     * @param members who is there now
     */
    default void onMembers(MemberSet members, Circumstances circumstances) {}

    /**
     * Time has passed: {@link Circumstances#millis} is greater than before. Called at one place of the order on all
     * members.
     */
    default void onTime(Circumstances circumstances) {}

    /**
     * Whether something here is to happen at a certain time: only then time passes in the order. Asked after each call
     * of {@link #apply}, {@link #onTime}, {@link #onMembers} and {@link #restore}.
     */
    default boolean waitsForTime() {
        return false;
    }

    /**
     * A digest of the state, if that is quick to tell: equal on all members at one place of the order. It is compared
     * now and then, beside that of the answers; an object that is not the same everywhere is stopped.
     */
    default long digest() {
        return 0;
    }

    /** Another state has taken the place of the one that this is a part of: nothing is applied here any more. */
    default void onReplaced() {}

    /**
     * The state as of now, in pieces of about 32 KiB for which {@link #restore} is called on a new replica.
     *
     * <p>They are taken out one by one, while further commands are applied: they must not show these. There may be two
     * of them at a time.
     */
    StateSnapshot snapshot();

    /** Takes one piece of the state of another replica; in their order, on a new replica, before anything else. */
    void restore(byte[] piece);

    /**
     * Under what a command is applied; the same on all members.
     *
     * @param position how many commands of all objects were applied before
     * @param millis the time in the order, in milliseconds since 1970 at first: since then what the lowest member's
     *     steady clock has measured while something waited for time to pass; never less than before
     * @param begunMillis the time at which the history began, or at which another one was given up for it
     * @param client the member that sent the command
     * @param common what code all members of the component have
     */
    record Circumstances(long position, long millis, long begunMillis, MemberId client, Capabilities common) {}
}
