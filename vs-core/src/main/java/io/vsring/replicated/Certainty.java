package io.vsring.replicated;

import io.vsring.ring.Ring;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How sure this member can be that nobody has gone on without it for long enough to be given what it holds. Any thread.
 */
final class Certainty {

    /** One for the token seen last, one for a pause that nobody noticed, one for the way of what the others say. */
    static final int GUARD_TOKEN_LOSSES = 3;

    private static final int AGES = 16;

    private final Ring ring;
    private final ReplicationBoard board;

    Certainty(Ring ring, ReplicationBoard board) {
        this.ring = ring;
        this.board = board;
    }

    /** How long after this member is gone nobody else may have what it asks for now. */
    Duration guard() {
        return ring.agreedTokenLoss().multipliedBy(GUARD_TOKEN_LOSSES);
    }

    /** Whether it holds now of what has this guard: the ring may have agreed on another time since. */
    boolean holds(Duration guard) {
        Duration share = guard.dividedBy(GUARD_TOKEN_LOSSES);
        Duration agreed = ring.agreedTokenLoss();
        return sawToken(share.compareTo(agreed) < 0 ? share : agreed);
    }

    /** Before how long, at most, this member was sure; null if that was before more than a third of the guard. */
    @Nullable
    Duration age(Duration guard) {
        Duration step = guard.dividedBy(GUARD_TOKEN_LOSSES).dividedBy(AGES);
        for (int i = 1; i <= AGES; i++) {
            Duration age = step.multipliedBy(i);
            if (sawToken(age)) {
                return age;
            }
        }
        return null;
    }

    private boolean sawToken(Duration within) {
        PrimaryStatus before = board.status();
        // The status of a later ring is shown before its token counts: so the token is of the ring of this status.
        return before.isPrimary()
                && (ReplicaMutant.HOLDER_ALWAYS_SURE || ring.hasSeenToken(within))
                && board.status().equals(before);
    }
}
