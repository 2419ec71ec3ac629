package io.vsring.ring;

import io.vsring.wire.DataFrame;
import io.vsring.wire.FramePool;
import io.vsring.wire.Mutant;

/**
 * Frames that the ring needs no more: they go back to the pool when the handler has been given what is in them. Loop
 * thread.
 *
 * <p>The lane gives out its frames in order. So what had been put into it when a frame was released, that frame
 * included, is behind us when as many have been taken out.
 */
final class SpentFrames {

    /** So many wait at most; the garbage collector gets the others. */
    static final int WAITING_MAX = 4096;

    private static final int MASK = WAITING_MAX - 1;

    private final FramePool pool;
    private final DeliveryLane lane;
    private final DataFrame[] frames = new DataFrame[WAITING_MAX];
    private final long[] takenThen = new long[WAITING_MAX];
    private long added;
    private long returned;

    SpentFrames(FramePool pool, DeliveryLane lane) {
        this.pool = pool;
        this.lane = lane;
    }

    void add(DataFrame frame) {
        giveBack();
        if (size() == WAITING_MAX) {
            return;
        }
        int place = (int) added++ & MASK;
        frames[place] = frame;
        takenThen[place] = lane.framesIn();
    }

    /** Gives back what may be given back by now. */
    void giveBack() {
        if (size() == 0) {
            return;
        }
        long taken = Mutant.FRAME_FILLED_TOO_SOON ? Long.MAX_VALUE : lane.framesTaken();
        while (returned < added && takenThen[(int) returned & MASK] <= taken) {
            int place = (int) returned++ & MASK;
            pool.giveBack(frames[place]);
            frames[place] = null;
        }
    }

    /** How many wait. */
    int size() {
        return (int) (added - returned);
    }
}
