package io.vsring.protocol;

import io.vsring.RingId;
import io.vsring.wire.DataFrame;

/** Where a token visit takes new frames from: the application's messages, or in recovery the old ring's frames. */
interface FrameSource {

    boolean isEmpty();

    /** How many frames wait, about. */
    int backlogFrames();

    /** The next frame, with this number. Not to be called when empty. */
    DataFrame next(RingId ringId, long sequence);
}
