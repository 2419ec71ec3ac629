package io.vsring.wire;

/**
 * What all members of a ring must do alike. The commit token collects it: the smallest sizes and the longest times win.
 *
 * @param version the wire version that the ring speaks: the smallest of the newest that each member speaks
 * @param frameBytes the size of the largest datagram of the ring, in bytes
 * @param windowFrames frames that all members together may send in one rotation
 * @param tokenLossNanos how long a member waits for the token before it gives the ring up
 * @param tokenRetransmitNanos how long a member waits for a sign of the token it sent before it sends it again
 * @param holdNanos how long the token of a silent ring rests
 */
public record RingSettings(
        int version, int frameBytes, int windowFrames, long tokenLossNanos, long tokenRetransmitNanos, long holdNanos) {

    /** The same, with another window. */
    public RingSettings withWindowFrames(int frames) {
        return new RingSettings(version, frameBytes, frames, tokenLossNanos, tokenRetransmitNanos, holdNanos);
    }

    /** What suits both. */
    public RingSettings merge(RingSettings other) {
        return new RingSettings(
                Math.min(version, other.version),
                Math.min(frameBytes, other.frameBytes),
                Math.min(windowFrames, other.windowFrames),
                Math.max(tokenLossNanos, other.tokenLossNanos),
                Math.max(tokenRetransmitNanos, other.tokenRetransmitNanos),
                Math.max(holdNanos, other.holdNanos));
    }
}
