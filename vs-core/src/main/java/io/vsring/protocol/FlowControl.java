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

    /** However much is lost, a visit may send so many. */
    private static final int VISIT_FRAMES_MIN = 8;

    /** Too much is lost if of so many frames of a rotation more than one is asked for. */
    private static final int FRAMES_PER_LOSS = 16;

    /** A rotation of fewer frames counts as one of so many: who loses one of three has not been sent too many. */
    private static final int ROTATION_FRAMES_MIN = 64;

    private static final long NO_VISIT = -1;

    private final int windowFrames;
    private final int visitFrames;
    private final int lagFramesMax;
    private int visitFramesNow;
    private int sentLastVisit;
    private long sequenceLastVisit = NO_VISIT;
    private int backlogLastVisit;

    FlowControl(int windowFrames, int visitFrames, int storeFrames) {
        this.windowFrames = windowFrames;
        this.visitFrames = visitFrames;
        this.visitFramesNow = visitFrames;
        this.lagFramesMax = Math.min(LAG_FRAMES_MAX, storeFrames / 4);
    }

    /** New frames that may be sent now, as far as the window is concerned. To be asked once at each visit. */
    int allowance(Token token, int backlogFrames) {
        adapt(token);
        int allowed = Math.min(visitFramesNow, windowFrames - sentBefore(token) + sentLastVisit);
        long ringBacklog = Math.max(0L, (long) token.backlog() + backlogFrames - backlogLastVisit);
        if (ringBacklog > 0) {
            long share = (long) windowFrames * backlogFrames / ringBacklog;
            if (share > 0) {
                allowed = (int) Math.min(allowed, share);
            }
        }
        return brakes(token) ? 0 : Math.max(0, allowed);
    }

    /**
     * [FLOW-5] Half as many while much is lost, one more each time while not: where a socket or a switch has less room
     * than the window needs, sending it in full loses as much again. Single losses mean nothing of that kind.
     */
    private void adapt(Token token) {
        long rotation = Math.max(ROTATION_FRAMES_MIN, token.framesSent());
        if ((long) FRAMES_PER_LOSS * token.requests().length > rotation) {
            visitFramesNow = Math.max(Math.min(visitFrames, VISIT_FRAMES_MIN), visitFramesNow / 2);
        } else if (visitFramesNow < visitFrames) {
            visitFramesNow++;
        }
    }

    /** [FLOW-2] [DEV-4] Whether somebody does not keep up, so that nothing new may be sent; repairs go on. */
    boolean brakes(Token token) {
        return token.sequence() - token.aru() > lagFramesMax;
    }

    /**
     * The frames sent by all in the last rotation: not more than were numbered in it, where nothing was repaired. Each
     * takes only its own off, so a number that nobody has sent would stop all for ever.
     */
    private int sentBefore(Token token) {
        if (sequenceLastVisit == NO_VISIT || token.requests().length > 0) {
            return token.framesSent();
        }
        long numbered = token.sequence() - sequenceLastVisit + sentLastVisit;
        return (int) Math.min(token.framesSent(), numbered);
    }

    /**
     * The frames sent by all in one rotation, with this visit in place of our last one.
     *
     * @param sequence the highest number given out, this visit's frames included
     * @param requests how many frames are still asked for
     */
    int framesSent(Token token, int sentNow, long sequence, int requests) {
        long sum = Math.max(0L, sentBefore(token) - sentLastVisit) + sentNow;
        sentLastVisit = sentNow;
        sequenceLastVisit = requests == 0 ? sequence : NO_VISIT;
        return (int) Math.min(Integer.MAX_VALUE, sum);
    }

    /** What waits at all members, with this visit's view in place of our last one. */
    int backlog(Token token, int backlogFrames) {
        long sum = Math.max(0L, token.backlog() - backlogLastVisit) + backlogFrames;
        backlogLastVisit = backlogFrames;
        return (int) Math.min(Integer.MAX_VALUE, sum);
    }
}
