package io.vsring.benchmarks;

/**
 * How a member is lost in a run that loses one.
 *
 * @param way what happens to it
 * @param member which one, from 1
 */
record Loss(Way way, int member) {

    /** What happens to a member. */
    enum Way {
        /** SIGKILL: its process is gone, its host is not. */
        KILL,
        /** SIGSTOP: nothing says that it is gone, as if its host were. */
        STOP,
        /** It leaves in good order. */
        LEAVE
    }
}
