package io.vsring.protocol;

/**
 * Bugs that others have had, to be switched on one at a time, so that the simulator can show that it would find them.
 *
 * <p>Read once from the system property {@code vs.mutant}, never set in a running system; each costs a constant.
 */
final class Mutant {

    private static final String CHOSEN = System.getProperty("vs.mutant", "");

    /** A safe frame is delivered on the word of one token. */
    static final boolean SAFE_AT_ONE_ARU = is("SAFE_AT_ONE_ARU");

    /** Frames are let go before all are known to have them (bug bank 11). */
    static final boolean RELEASE_AT_ONE_ARU = is("RELEASE_AT_ONE_ARU");

    /** A lost last frame is never asked for. */
    static final boolean REQUEST_UP_TO_HIGHEST_SEEN = is("REQUEST_UP_TO_HIGHEST_SEEN");

    /** A token is worked on again when it comes again (bug bank 8). */
    static final boolean DUPLICATE_TOKEN = is("DUPLICATE_TOKEN");

    /** What was sent safe is delivered in the old regular configuration, whoever has it. */
    static final boolean NO_SAFE_BOUNDARY = is("NO_SAFE_BOUNDARY");

    /** After a gap everything is delivered (bug bank 10). */
    static final boolean ALL_AFTER_GAP = is("ALL_AFTER_GAP");

    /** What was acknowledged in a failed recovery does not bind. */
    static final boolean FORGET_OBLIGATIONS = is("FORGET_OBLIGATIONS");

    /** Who goes along is told by names, not by the old ring. */
    static final boolean TRANSITIONAL_BY_NAME = is("TRANSITIONAL_BY_NAME");

    /** A Join sent before the ring was agreed on breaks it (bug bank 5). */
    static final boolean STALE_JOIN_IN_OPERATIONAL = is("STALE_JOIN_IN_OPERATIONAL");

    /** A repeated commit token makes a second token (bug bank 6). */
    static final boolean ORIGINATE_TWICE = is("ORIGINATE_TWICE");

    /** The new ring is installed before everybody is known to hold the old one's frames. */
    static final boolean INSTALL_AT_ONCE = is("INSTALL_AT_ONCE");

    private Mutant() {}

    private static boolean is(String name) {
        return CHOSEN.equals(name);
    }
}
