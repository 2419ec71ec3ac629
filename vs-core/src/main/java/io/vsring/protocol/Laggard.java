package io.vsring.protocol;

import io.vsring.wire.Mutant;
import io.vsring.wire.Token;

/** Notices that the same member has held the same number down for too many visits and too long. [MEM-9] [DEV-8] */
final class Laggard {

    private final int visitsMax;
    private final long nanosMax;
    private int holder = Token.NOBODY;
    private long value;
    private long visits;
    private long sinceNanos;

    Laggard(int visitsMax, long nanosMax) {
        this.visitsMax = visitsMax;
        this.nanosMax = nanosMax;
    }

    /** Who holds the aru down is deaf: it receives tokens, but not what is sent or repaired. */
    static Laggard deaf(LocalMember local, OrderedRing ring) {
        int visits =
                Mutant.DEAF_MEMBER_STAYS ? Integer.MAX_VALUE : local.options().stuckVisits();
        return new Laggard(visits, 2 * ring.tokenLossNanos());
    }

    /** Takes note of who holds the aru down. */
    void observeAru(Token token, long nowNanos) {
        observe(token.aru() < token.sequence() ? token.aruHolder() : Token.NOBODY, token.aru(), nowNanos);
    }

    /**
     * Takes note of one visit.
     *
     * @param heldBy the place of the member that holds the number down, or {@link Token#NOBODY} if it holds nobody back
     * @param at the number
     */
    void observe(int heldBy, long at, long nowNanos) {
        if (heldBy == Token.NOBODY || heldBy != holder || at != value) {
            holder = heldBy;
            value = at;
            visits = 0;
            sinceNanos = nowNanos;
        } else {
            visits++;
        }
    }

    /** The place of a member that has to go, or {@link Token#NOBODY}. */
    int overdue(long nowNanos) {
        return visits >= visitsMax && nowNanos - sinceNanos >= nanosMax ? holder : Token.NOBODY;
    }

    /** The place of a member that is on its way to be overdue, or {@link Token#NOBODY}. */
    int suspect(long nowNanos) {
        return visits >= visitsMax / 2 && nowNanos - sinceNanos >= nanosMax / 2 ? holder : Token.NOBODY;
    }
}
