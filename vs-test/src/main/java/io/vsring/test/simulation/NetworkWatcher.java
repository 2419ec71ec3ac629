package io.vsring.test.simulation;

/** Sees what becomes of datagrams. */
public interface NetworkWatcher {
    /** What became of one. */
    enum Fate {
        SENT,
        ARRIVED,
        LOST,
        BLOCKED,
        NOBODY_THERE,
        OVERFLOWED,
        DUPLICATED,
        REPLAYED,
        REDIRECTED,
        TRUNCATED,
        FORGED,
        REJECTED
    }

    /**
     * Something happened to a datagram.
     *
     * @param to the slot that it was on its way to
     */
    void saw(Fate fate, Packet packet, int to);
}
