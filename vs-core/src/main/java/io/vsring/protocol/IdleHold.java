package io.vsring.protocol;

import io.vsring.wire.Mutant;
import io.vsring.wire.Token;

/**
 * Whether the member that spoke last may hold the token of a silent ring. [DEV-1] [DEV-17]
 *
 * <p>Silent means: nothing new was numbered, everybody has everything, and everybody has been able to see so, which
 * takes the ring one rotation to reach and a second one to learn. So a safe message never waits for a held token. And
 * nobody waits for room that others have by now [FLOW-4]: while there is a backlog, the limit and what is collected of
 * the next one have come to rest too.
 */
final class IdleHold {

    private static final int ANNOUNCED_AFTER = 2;
    private static final int HELD_AFTER = 3;

    private final OrderedRing ring;
    private int quietVisits;
    private long lastSequence = -1;
    private long lastLimit;
    private long lastNextLimit;

    IdleHold(OrderedRing ring) {
        this.ring = ring;
    }

    /** Takes note of a token that has come, and of whether this member could send something now. */
    void observe(Token token, boolean hasWork) {
        boolean roomMoves = token.backlog() > 0 && (token.limit() != lastLimit || token.nextLimit() != lastNextLimit);
        boolean quiet = !hasWork
                && !roomMoves
                && token.sequence() == lastSequence
                && (Mutant.HOLD_WITH_REPAIRS_OUTSTANDING
                        || (token.aru() == token.sequence()
                                && ring.forwardedAru() == token.sequence()
                                && token.requests().length == 0));
        quietVisits = quiet ? Math.min(HELD_AFTER, quietVisits + 1) : 0;
        lastSequence = token.sequence();
        lastLimit = token.limit();
        lastNextLimit = token.nextLimit();
    }

    /** Somebody has something to say. */
    void cancel() {
        quietVisits = 0;
    }

    boolean mayHold() {
        return ring.spokeLast() && quietVisits >= HELD_AFTER;
    }

    /** Whether the others are to know that the token will be held when it comes back. */
    boolean announces() {
        return ring.spokeLast() && quietVisits >= ANNOUNCED_AFTER;
    }
}
