package io.vsring.ring;

/**
 * Keeps the ring sequences of a member growing over its restarts.
 *
 * <p>That a ring is never named twice follows from the incarnation in its name; that an old name is never taken for a
 * newer one follows from this. Called on the loop thread.
 *
 * @since 0.1
 */
public interface RingSequenceStore {

    /** A sequence that is not below any which an earlier incarnation can have used. Called once, before the first. */
    long initial();

    /**
     * Returns only when {@link #initial()} of a later incarnation cannot be below this sequence.
     *
     * @throws RingException if that cannot be promised: the member ends
     */
    void persist(long ringSequence);
}
