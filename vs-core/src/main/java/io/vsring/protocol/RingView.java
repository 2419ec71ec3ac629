package io.vsring.protocol;

import io.vsring.MemberSet;
import io.vsring.RingId;
import io.vsring.wire.Token;

/** What can be seen of the ring that a member was last installed on: for statistics and for checking invariants. */
public final class RingView {

    private final OrderedRing ring;

    RingView(OrderedRing ring) {
        this.ring = ring;
    }

    public RingId ringId() {
        return ring.id();
    }

    public MemberSet members() {
        return ring.memberSet();
    }

    /** Every frame up to here has been received. */
    public long aru() {
        return ring.window().aru();
    }

    /** The highest number of a frame that was received. */
    public long highest() {
        return ring.window().highest();
    }

    /** Every frame up to here has been delivered, or was not one to deliver. */
    public long delivered() {
        return ring.delivered();
    }

    /** Every member is known to hold every frame up to here. */
    public long safeLine() {
        return ring.safeLine();
    }

    /** Every frame up to here has been let go. */
    public long released() {
        return ring.window().releasedUpTo();
    }

    /** Whether this frame is held, or was and has been let go. */
    public boolean hasReceived(long sequence) {
        return sequence <= ring.window().releasedUpTo() || ring.window().holds(sequence);
    }

    /** The number of the last token that was passed on here; 0 if none was. */
    public long visit() {
        Token forwarded = ring.forwarded();
        return forwarded == null ? 0 : forwarded.visit();
    }

    /** What waited to be sent at all members, as the last token that was passed on here says; 0 if none was. */
    public long backlogFrames() {
        Token forwarded = ring.forwarded();
        return forwarded == null ? 0 : forwarded.backlog();
    }

    /** The number of the last frame that this member numbered for the application; 0 if there was none. */
    public long lastNumbered() {
        return ring.lastOwn();
    }

    /** The number beyond which nothing may be numbered, as the last token that was passed on here says. */
    public long limit() {
        Token forwarded = ring.forwarded();
        return forwarded == null ? 0 : forwarded.limit();
    }

    /** Frames that a member can keep. */
    public int storeFrames() {
        return ring.window().capacity();
    }

    /** Frames that all members together may send in one rotation. */
    public int windowFrames() {
        return ring.settings().windowFrames();
    }

    /** The size of the largest datagram of the ring, in bytes. */
    public int frameBytes() {
        return ring.settings().frameBytes();
    }
}
