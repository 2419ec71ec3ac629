package io.vsring.protocol;

import io.vsring.wire.DataFrame;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The data frames of one ring that this member still holds, by sequence number.
 *
 * <p>Sequence numbers start at 1 and do not wrap. {@code releasedUpTo <= aru <= highest} holds after every method.
 */
final class ReceiveWindow {

    private final @Nullable DataFrame[] slots;
    private final int mask;
    private long releasedUpTo;
    private long aru;
    private long highest;

    /** @param capacityFrames how many frames can be held at least */
    ReceiveWindow(int capacityFrames) {
        int size = Integer.highestOneBit(Math.max(1, capacityFrames - 1)) * 2;
        slots = new DataFrame[size];
        mask = size - 1;
    }

    /** All received up to: every frame with this number or a lower one has been here. */
    long aru() {
        return aru;
    }

    /** The highest number of a frame that has been here. */
    long highest() {
        return highest;
    }

    /** Frames up to here have been let go. */
    long releasedUpTo() {
        return releasedUpTo;
    }

    int capacity() {
        return slots.length;
    }

    /** Whether a frame with this number can be stored now. Frames from the network must be asked about first. */
    boolean accepts(long sequence) {
        return sequence > releasedUpTo && sequence <= releasedUpTo + slots.length;
    }

    boolean holds(long sequence) {
        return get(sequence) != null;
    }

    /** The frame with this number, or null if it is not held. */
    @Nullable
    DataFrame get(long sequence) {
        if (sequence <= releasedUpTo || sequence > highest) {
            return null;
        }
        return slots[(int) sequence & mask];
    }

    /** Stores the frame; returns false if it was here already. A duplicate is everyday life, not an error. */
    boolean insert(DataFrame frame) {
        long sequence = frame.sequence();
        Invariant.check(accepts(sequence), "a frame that is stored is inside the window", sequence, releasedUpTo);
        int slot = (int) sequence & mask;
        if (slots[slot] != null) {
            return false;
        }
        slots[slot] = frame;
        highest = Math.max(highest, sequence);
        while (aru < highest && slots[(int) (aru + 1) & mask] != null) {
            aru++;
        }
        return true;
    }

    /** Lets go of all frames up to this number, each of which is handed to the taker. */
    void release(long upTo, Consumer<DataFrame> taker) {
        Invariant.check(upTo <= aru, "only what has been received is released", upTo, aru);
        while (releasedUpTo < upTo) {
            releasedUpTo++;
            int slot = (int) releasedUpTo & mask;
            DataFrame frame = Objects.requireNonNull(slots[slot], "what has been received is here");
            slots[slot] = null;
            taker.accept(frame);
        }
    }
}
