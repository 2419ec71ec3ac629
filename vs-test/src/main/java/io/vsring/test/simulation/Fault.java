package io.vsring.test.simulation;

import org.jspecify.annotations.Nullable;

/**
 * Something bad that is done to a cluster.
 *
 * @param atNanos when; with a trigger, from when on the trigger is watched
 * @param kind what
 * @param slot to whom; 0 with a trigger means the one that springs it
 * @param amount how much, as the kind says
 * @param lengthNanos for how long; 0 means until everything is healed
 * @param trigger what it waits for; null if for nothing
 */
public record Fault(
        long atNanos,
        Kind kind,
        int slot,
        long amount,
        long lengthNanos,
        @Nullable Trigger trigger) {
    /** What can be done. */
    public enum Kind {
        /** The process dies, and starts again after the length of the fault; an amount of 1 loses its disk. */
        CRASH,
        /** All processes die, and start again after the length of the fault. */
        CRASH_ALL,
        /** The process stands still. */
        PAUSE,
        /** All processes stand still. */
        PAUSE_ALL,
        /** Each datagram and task costs the amount in nanoseconds. */
        SLOW,
        /** Each turn of the application costs the amount in nanoseconds. */
        SLOW_HANDLER,
        /** The application does not come back from what it was told last. */
        BLOCK_HANDLER,
        /** The receive buffer holds the amount in bytes. */
        SMALL_BUFFER,
        /** The member leaves, and starts again after the length of the fault. */
        LEAVE,
        /** All members leave, and start again after the length of the fault. */
        LEAVE_ALL,
        /** The slots of the amount, as bits, are cut off from the rest; its upper half cuts off a third part. */
        SPLIT,
        /** All that was cut is joined, and then the slots of the amount, as bits, are cut off from the rest. */
        PARTS,
        /** The slot is cut off from all others. */
        ISOLATE,
        /** The slot's datagrams do not reach the slot of the amount. */
        ONE_WAY,
        /** The slot and the slot of the amount do not reach each other, but all others. */
        NO_TRIANGLE,
        /** The slot does not get datagrams of the kinds of the amount, as bits. */
        DEAF,
        /** The slot's datagrams of the kinds of the amount, as bits, reach nobody. */
        MUTE,
        /** The host dies without a word: nobody answers for it any more. */
        HOST_DEAD,
        /** The process ends, and one that claims the id of the member in the slot of the amount starts in its place. */
        TWIN,
        /** Of the kind whose ordinal is the amount's thousands, so many in a thousand are lost. */
        LOSE_KIND,
        /** The slot, or all if it is 0, gets the keys of this step of a change of keys. */
        KEYS
    }

    /**
     * A moment to which somebody comes.
     *
     * @param moment which one
     * @param nth how many times, of all members together
     */
    public record Trigger(Moment moment, int nth) {}

    /** Whether all slots that it names are among the first so many. */
    boolean concernsAtMost(int slots) {
        return slot <= slots && (!namesAnother() || amount <= slots);
    }

    /** Whether the amount is another slot. */
    boolean namesAnother() {
        return kind == Kind.ONE_WAY || kind == Kind.NO_TRIANGLE || kind == Kind.TWIN;
    }

    /** In one line, with times in milliseconds. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        text.append("at ").append(atNanos / 1_000_000).append(" ms ").append(kind);
        if (slot != 0) {
            text.append(" slot=").append(slot);
        }
        if (amount != 0) {
            text.append(" amount=").append(amount);
        }
        if (lengthNanos != 0) {
            text.append(" for ").append(lengthNanos / 1_000_000).append(" ms");
        }
        if (trigger != null) {
            text.append(" at ").append(trigger.moment()).append(" number ").append(trigger.nth());
        }
        return text.toString();
    }
}
