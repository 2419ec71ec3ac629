package io.vsring.replicated;

/**
 * Bugs that others have had in replication, to be switched on one at a time, so that the simulator can show that it
 * would find them; as {@code io.vsring.wire.Mutant} for the protocol.
 */
final class ReplicaMutant {

    private static final String CHOSEN = System.getProperty("vs.mutant", "");

    /** A member that was started again is counted as what it was before (trap 1). */
    static final boolean BLANK_VOTES = is("BLANK_VOTES");

    /** Who has been given a copy in a minority votes with it, as the member that was in its slot did (trap 2). */
    static final boolean COPY_VOTES = is("COPY_VOTES");

    /** What a member has is thrown away when another state begins to come (trap 4). */
    static final boolean STATE_GIVEN_UP_EARLY = is("STATE_GIVEN_UP_EARLY");

    /** A state is put together in place of what is here, and half of one is left if it breaks off (bug bank 33). */
    static final boolean STATE_PUT_IN_PLACE = is("STATE_PUT_IN_PLACE");

    /**
     * A command is applied when it comes, although it was sent for an earlier ring, before a state is chosen (trap 5).
     */
    static final boolean COMMAND_OF_ANY_RING = is("COMMAND_OF_ANY_RING");

    /** What a member told on an earlier ring counts as told on this one (trap 6). */
    static final boolean STANDING_OF_ANY_RING = is("STANDING_OF_ANY_RING");

    /** A member does not remember what may have been established without it. */
    static final boolean ATTEMPTS_FORGOTTEN = is("ATTEMPTS_FORGOTTEN");

    /** What is delivered in the transitional configuration is taken as if it were in the regular one. */
    static final boolean STEPS_NOT_DOUBTED = is("STEPS_NOT_DOUBTED");

    /** What is delivered in the transitional configuration is not kept. */
    static final boolean TENTATIVE_FORGOTTEN = is("TENTATIVE_FORGOTTEN");

    /** What is delivered in the transitional configuration is applied at once. */
    static final boolean TENTATIVE_APPLIED = is("TENTATIVE_APPLIED");

    /** What is delivered in the transitional configuration is answered. */
    static final boolean TENTATIVE_ANSWERED = is("TENTATIVE_ANSWERED");

    /** A call that comes twice is carried out twice. */
    static final boolean APPLIED_TWICE = is("APPLIED_TWICE");

    /** One member that is ready is enough. */
    static final boolean ESTABLISHED_BY_ONE = is("ESTABLISHED_BY_ONE");

    /** A member whose component is established in the transitional configuration does not count it. */
    static final boolean LABEL_OF_REGULAR_ONLY = is("LABEL_OF_REGULAR_ONLY");

    /** The state of the lowest member goes on, however old its component is (bug bank 36). */
    static final boolean LOWEST_STATE_WINS = is("LOWEST_STATE_WINS");

    /** A state is sent without what is known of the clients. */
    static final boolean CLIENTS_NOT_SENT = is("CLIENTS_NOT_SENT");

    /** Commands that come while a state comes are lost (bug bank 31). */
    static final boolean GAP_AFTER_STATE = is("GAP_AFTER_STATE");

    /** A newcomer says that it is ready before it has the state (bug bank 30). */
    static final boolean READY_WITHOUT_STATE = is("READY_WITHOUT_STATE");

    /** Who leaves votes no more, whoever is left to decide. */
    static final boolean LEAVERS_NOT_REPLACED = is("LEAVERS_NOT_REPLACED");

    /** Who is of another history is told the commands that follow a position, not a state (bug bank 32). */
    static final boolean COMMANDS_FROM_ANYWHERE = is("COMMANDS_FROM_ANYWHERE");

    /** In a minority calls are refused that had been sent. */
    static final boolean REFUSED_ALTHOUGH_SENT = is("REFUSED_ALTHOUGH_SENT");

    /** Nobody remembers that a history was given up for another one. */
    static final boolean GIVEN_UP_FORGOTTEN = is("GIVEN_UP_FORGOTTEN");

    /** The state that is sent is labelled with a position, and has commands of later ones in it (bug bank 34). */
    static final boolean STATE_OF_LATER = is("STATE_OF_LATER");

    /** An ordered read is answered from this member's memory (bug bank 35). */
    static final boolean READ_OF_MEMORY = is("READ_OF_MEMORY");

    /** A member that is primary again takes it that its locks are as they were (bug bank 37). */
    static final boolean LOCKS_NOT_COMPARED = is("LOCKS_NOT_COMPARED");

    /** The locks of a member that is gone are given on at once. */
    static final boolean LOCKS_GIVEN_ON_AT_ONCE = is("LOCKS_GIVEN_ON_AT_ONCE");

    /** A member that was started again is taken for the holder of its locks (bug bank 38). */
    static final boolean LOCKS_OF_THE_SLOT = is("LOCKS_OF_THE_SLOT");

    /** A holder believes that it holds its lock, whatever it has not heard for however long (bug bank 39). */
    static final boolean HOLDER_ALWAYS_SURE = is("HOLDER_ALWAYS_SURE");

    /** The tokens of a lock begin anew when it was given back and forgotten (bug bank 40). */
    static final boolean TOKENS_BEGIN_ANEW = is("TOKENS_BEGIN_ANEW");

    private ReplicaMutant() {}

    private static boolean is(String name) {
        return CHOSEN.equals(name);
    }
}
