package io.vsring.ring;

/**
 * How many frames may be under way at once, for the receive buffer that the system granted: a whole window that arrives
 * while nobody reads must fit into half of it.
 *
 * @param wantedFrames as vs.ring.window-frames says
 * @param wantedFramesMax the same for the largest ring
 * @param frameBytes as vs.transport.mtu says
 * @param askedBytes as vs.transport.receive-buffer says
 * @param grantedBytes what the system made of it
 */
record WindowFit(int wantedFrames, int wantedFramesMax, int frameBytes, long askedBytes, long grantedBytes) {

    private static final int FRAMES_MIN = 2;

    /** The window that fits. */
    int frames() {
        return fitted(wantedFrames);
    }

    /** The window that fits, of the largest ring. */
    int framesMax() {
        return fitted(wantedFramesMax);
    }

    private int fitted(int frames) {
        return (int) Math.max(FRAMES_MIN, Math.min(frames, grantedBytes / 2 / frameBytes));
    }

    /** Whether there is nothing to be told: few rings are large, so what they are denied is not. */
    boolean isAsWanted() {
        return grantedBytes >= askedBytes && frames() == wantedFrames;
    }

    /** What to set, so that next time it is as wanted. */
    String advice() {
        long needed = Math.max(askedBytes, 2L * wantedFrames * frameBytes);
        String property = needed > askedBytes ? "set vs.transport.receive-buffer to " + needed + "B" : "";
        String system = grantedBytes < askedBytes ? "on Linux, sysctl -w net.core.rmem_max=" + needed : "";
        return property + (property.isEmpty() || system.isEmpty() ? "" : ", and ") + system;
    }
}
