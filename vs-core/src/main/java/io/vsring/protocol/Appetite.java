package io.vsring.protocol;

/**
 * Whether this member's own application still takes what is delivered.
 *
 * <p>[MEM-17] One whose handler does not return stops every ring that it is on until it is left out; it must not come
 * back before it can go on. Stalled is: no room, and nothing taken for half the time after which others would leave us
 * out. It ends when the lane has emptied to a half, not with the first frame.
 */
final class Appetite {

    private final Effects effects;
    private final long patienceNanos;
    private long taken;
    private long sinceNanos;
    private boolean stalled;

    Appetite(Effects effects, long slowMemberNanos) {
        this.effects = effects;
        this.patienceNanos = slowMemberNanos / 2;
    }

    /** To be asked at least once in a merge interval: what happens in between is seen then. */
    boolean isStalled(long nowNanos) {
        long now = effects.framesTaken();
        if (now != taken || effects.deliveryRoom() > 0) {
            taken = now;
            sinceNanos = nowNanos;
        }
        stalled |= nowNanos - sinceNanos >= patienceNanos;
        return stalled;
    }

    /** The lane has room again after it was full. */
    void roomAgain() {
        stalled = false;
    }
}
