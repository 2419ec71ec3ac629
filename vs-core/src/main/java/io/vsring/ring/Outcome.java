package io.vsring.ring;

import io.vsring.Receipt;

/**
 * What became of one accepted message. Exactly one method is called, once, on the delivery thread; if that one has
 * died, on whatever thread found out.
 */
public interface Outcome {

    /** It has been delivered here, after the handler has seen it. */
    void delivered(Receipt receipt);

    /** This member ended before it could know: the others may or may not have delivered it. */
    void unknown(RingClosedException cause);
}
