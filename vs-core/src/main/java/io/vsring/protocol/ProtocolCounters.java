package io.vsring.protocol;

/**
 * What the protocol has done since it started. Written on the loop thread; plain fields, so that counting costs
 * nothing.
 */
public final class ProtocolCounters {

    long tokenVisits;
    long tokensRetransmitted;
    long tokensHeld;
    long framesNumbered;
    long framesRepaired;
    long framesRequested;
    long framesRecovered;
    long framesSkipped;
    long configurations;
    long windowsFull;
    long lagBrakes;
    long boundInVain;
    long framesOwed;

    ProtocolCounters() {}

    /** Visits of a new token. */
    public long tokenVisits() {
        return tokenVisits;
    }

    /** Tokens sent again because no sign of them was seen. */
    public long tokensRetransmitted() {
        return tokensRetransmitted;
    }

    /** Times the token of a silent ring was held here. */
    public long tokensHeld() {
        return tokensHeld;
    }

    /** Frames that got their number here. */
    public long framesNumbered() {
        return framesNumbered;
    }

    /** Frames sent again because another member asked for them. */
    public long framesRepaired() {
        return framesRepaired;
    }

    /** Frames that this member asked for. */
    public long framesRequested() {
        return framesRequested;
    }

    /** Frames of an old ring passed on by this member during recovery. */
    public long framesRecovered() {
        return framesRecovered;
    }

    /** Frames not delivered because one before them is lost for good. */
    public long framesSkipped() {
        return framesSkipped;
    }

    /** Visits at which nothing could be sent because the ring's window was full. */
    public long windowsFull() {
        return windowsFull;
    }

    /** Visits at which nothing was sent because somebody lagged too far behind. */
    public long lagBrakes() {
        return lagBrakes;
    }

    /** Attempts that failed after this member had said that it has everything. */
    public long boundInVain() {
        return boundInVain;
    }

    /**
     * Frames delivered after a gap although their sender did not go along: a failed attempt had bound somebody to them.
     */
    public long framesOwed() {
        return framesOwed;
    }

    /** Regular configurations installed. */
    public long configurations() {
        return configurations;
    }
}
