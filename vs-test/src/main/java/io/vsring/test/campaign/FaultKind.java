package io.vsring.test.campaign;

/** What is done to a member's process. */
public enum FaultKind {
    /** {@code kill -9}, and a start again some time later. */
    KILL,
    /** {@code SIGSTOP} and, some time later, {@code SIGCONT}. */
    STOP,
    /** {@code SIGTERM}, so that it leaves in good order, and a start again some time later. */
    LEAVE
}
