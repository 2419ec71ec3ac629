package io.vsring.replicated;

import io.vsring.MemberSet;

/**
 * Whether this member may change replicated objects.
 *
 * @param state what it may do
 * @param label names the primary component that it is in, or was in last; empty if it was in none
 * @param members of that component's configuration; empty if it was in none
 */
public record PrimaryStatus(State state, String label, MemberSet members) {

    /** What a member may do with replicated objects. */
    public enum State {
        /** It is in the primary component and holds the whole state: it reads and writes. */
        PRIMARY,
        /** It is not known yet what follows, or the state has not all come: calls wait, reads show what was before. */
        UNDECIDED,
        /** It is in no primary component: writes are refused, reads show what was before. */
        NOT_PRIMARY
    }

    static final PrimaryStatus UNKNOWN = new PrimaryStatus(State.UNDECIDED, "", MemberSet.of());

    public boolean isPrimary() {
        return state == State.PRIMARY;
    }
}
