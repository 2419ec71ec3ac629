package io.vsring.protocol;

import io.vsring.MemberSet;
import io.vsring.wire.DataFrame;
import io.vsring.wire.Mutant;

/**
 * What an ended ring still owes its application: which frames belong to its regular configuration, which to the
 * transitional one, and which are never delivered. [REC-5]
 *
 * <p>Decided from what all transitional members have in common after the exchange, so that all decide alike.
 */
final class RingEnd {

    private final OrderedRing old;
    private final long safeUpTo;
    private final MemberSet obliged;

    /**
     * @param old the ring that has ended, holding all that any transitional member held
     * @param safeUpTo every member of the old ring is known to hold every frame up to here
     * @param obliged whose frames are delivered even if one before them is lost
     */
    RingEnd(OrderedRing old, long safeUpTo, MemberSet obliged) {
        this.old = old;
        this.safeUpTo = safeUpTo;
        this.obliged = obliged;
    }

    /** Up to the first gap, or the first safe frame that some member of the old ring may not have. */
    void deliverRegular(LocalMember local) {
        long next = old.delivered() + 1;
        for (DataFrame frame = old.window().get(next);
                frame != null;
                frame = old.window().get(++next)) {
            if (frame.isSafe() && next > safeUpTo && !Mutant.NO_SAFE_BOUNDARY) {
                break;
            }
            handOn(local, frame);
        }
        old.end(next - 1);
    }

    /**
     * The rest. After a gap only frames of those who cannot have had what is missing: a frame of anybody else may have
     * been sent because of it (causal order, Moser et al. 1994).
     */
    void deliverTransitional(LocalMember local, MemberSet transitional) {
        long firstGap = old.window().aru() + 1;
        long last = old.window().highest();
        for (long next = old.delivered() + 1; next <= last; next++) {
            DataFrame frame = old.window().get(next);
            if (frame != null && (next < firstGap || obliged.contains(frame.sender()) || Mutant.ALL_AFTER_GAP)) {
                handOn(local, frame);
                local.counters().framesOwed += next > firstGap && !transitional.contains(frame.sender()) ? 1 : 0;
            } else if (frame != null && !frame.isRecovery()) {
                local.counters().framesSkipped++;
            }
        }
        old.end(Math.max(old.delivered(), last));
    }

    private static void handOn(LocalMember local, DataFrame frame) {
        if (!frame.isRecovery()) {
            local.effects().deliver(frame);
        }
    }
}
