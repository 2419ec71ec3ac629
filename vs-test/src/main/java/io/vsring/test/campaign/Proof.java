package io.vsring.test.campaign;

/**
 * What shows that a fault has happened, or that nothing does.
 *
 * @param happened whether it is shown; if not the run is worth nothing
 * @param shows what was read, and where
 */
record Proof(boolean happened, String shows) {

    /** A counter that only this fault makes go up. */
    static Proof counted(long count, String what) {
        return new Proof(count > 0, what + "=" + count);
    }
}
