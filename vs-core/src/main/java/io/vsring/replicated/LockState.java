package io.vsring.replicated;

/** What a holder may believe of its lock. */
public enum LockState {
    /** It holds the lock: nobody else can have it before this member has had the time to notice that it is cut off. */
    HELD,
    /** This member may be cut off: the lock may be given to somebody else soon. It may still come back. */
    SUSPENDED,
    /** Others have gone on without this member, and the lock is not its any more. */
    LOST,
    /** It has been given back. */
    RELEASED
}
