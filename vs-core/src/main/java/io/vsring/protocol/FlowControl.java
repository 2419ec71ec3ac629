package io.vsring.protocol;

import io.vsring.wire.Token;

/**
 * How many new frames one visit may send [FLOW-1]: what the ring's window leaves, shared by backlog.
 *
 * <p>After Totem (TOCS 1995, section 4), in signed arithmetic that is clamped at zero, with a brake for slow receivers.
 */
final class FlowControl {

    /** With this many frames that not all are known to have, nothing new is sent. */
    private static final int LAG_FRAMES_MAX = 1600;

    private final int windowFrames;
    private final int visitFrames;
    private final int lagFramesMax;
    private int sentLastVisit;
    private int backlogLastVisit;

    FlowControl(int windowFrames, int visitFrames, int storeFrames) {
        this.windowFrames = windowFrames;
        this.visitFrames = visitFrames;
        this.lagFramesMax = Math.min(LAG_FRAMES_MAX, storeFrames / 4);
    }

    /** New frames that may be sent now, as far as the window is concerned. */
    int allowance(Token token, int backlogFrames) {
        int allowed = Math.min(visitFrames, windowFrames - token.framesSent() + sentLastVisit);
        long ringBacklog = Math.max(0L, (long) token.backlog() + backlogFrames - backlogLastVisit);
        if (ringBacklog > 0) {
            long share = (long) windowFrames * backlogFrames / ringBacklog;
            if (share > 0) {
                allowed = (int) Math.min(allowed, share);
            }
        }
        return brakes(token) ? 0 : Math.max(0, allowed);
    }

    /** [FLOW-2] [DEV-4] Whether somebody does not keep up, so that nothing new may be sent; repairs go on. */
    boolean brakes(Token token) {
        return token.sequence() - token.aru() > lagFramesMax;
    }

    /** The frames sent by all in one rotation, with this visit in place of our last one. */
    int framesSent(Token token, int sentNow) {
        long sum = Math.max(0L, token.framesSent() - sentLastVisit) + sentNow;
        sentLastVisit = sentNow;
        return (int) Math.min(Integer.MAX_VALUE, sum);
    }

    /** What waits at all members, with this visit's view in place of our last one. */
    int backlog(Token token, int backlogFrames) {
        long sum = Math.max(0L, token.backlog() - backlogLastVisit) + backlogFrames;
        backlogLastVisit = backlogFrames;
        return (int) Math.min(Integer.MAX_VALUE, sum);
    }
}
