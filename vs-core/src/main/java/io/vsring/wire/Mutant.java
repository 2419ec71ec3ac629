package io.vsring.wire;

/**
 * Bugs that others have had, to be switched on one at a time, so that the simulator can show that it would find them.
 *
 * <p>Read once from the system property {@code vs.mutant}, never set in a running system; each costs a constant.
 */
public final class Mutant {

    private static final String CHOSEN = System.getProperty("vs.mutant", "");

    /** A safe frame is delivered on the word of one token. */
    public static final boolean SAFE_AT_ONE_ARU = is("SAFE_AT_ONE_ARU");

    /** Frames are let go before all are known to have them (bug bank 11). */
    public static final boolean RELEASE_AT_ONE_ARU = is("RELEASE_AT_ONE_ARU");

    /** A lost last frame is never asked for. */
    public static final boolean REQUEST_UP_TO_HIGHEST_SEEN = is("REQUEST_UP_TO_HIGHEST_SEEN");

    /** A token is worked on again when it comes again (bug bank 8). */
    public static final boolean DUPLICATE_TOKEN = is("DUPLICATE_TOKEN");

    /** A token that comes again is a second witness of what all have (bug bank 8). */
    public static final boolean ARU_OF_DUPLICATE = is("ARU_OF_DUPLICATE");

    /** What was sent safe is delivered in the old regular configuration, whoever has it. */
    public static final boolean NO_SAFE_BOUNDARY = is("NO_SAFE_BOUNDARY");

    /** After a gap everything is delivered (bug bank 10). */
    public static final boolean ALL_AFTER_GAP = is("ALL_AFTER_GAP");

    /** What was acknowledged in a failed recovery does not bind. */
    public static final boolean FORGET_OBLIGATIONS = is("FORGET_OBLIGATIONS");

    /** Who goes along is told by names, not by the old ring. */
    public static final boolean TRANSITIONAL_BY_NAME = is("TRANSITIONAL_BY_NAME");

    /** A Join sent before the ring was agreed on breaks it (bug bank 5). */
    public static final boolean STALE_JOIN_IN_OPERATIONAL = is("STALE_JOIN_IN_OPERATIONAL");

    /** A repeated commit token makes a second token, and nothing of what else would refuse it does (bug bank 6). */
    public static final boolean ORIGINATE_TWICE = is("ORIGINATE_TWICE");

    /** The new ring is installed before everybody is known to hold the old one's frames. */
    public static final boolean INSTALL_AT_ONCE = is("INSTALL_AT_ONCE");

    /** A ring sequence is taken that an attempt has used (bug bank 2). */
    public static final boolean RING_SEQUENCE_REUSED = is("RING_SEQUENCE_REUSED");

    /** A ring sequence is not durable before it is used (bug bank 1). */
    public static final boolean RING_SEQUENCE_NOT_KEPT = is("RING_SEQUENCE_NOT_KEPT");

    /** A commit token of an earlier attempt is accepted (bug bank 3). */
    public static final boolean STALE_COMMIT_TOKEN = is("STALE_COMMIT_TOKEN");

    /** A ring that was only agreed to is told of as the one that a member comes from (bug bank 4). */
    public static final boolean OLD_RING_SAVED_AGAIN = is("OLD_RING_SAVED_AGAIN");

    /** What was recovered is forgotten when the attempt fails. */
    public static final boolean RECOVERED_FORGOTTEN = is("RECOVERED_FORGOTTEN");

    /** A copy of the token, sent or received, puts off its loss (bug bank 7). */
    public static final boolean TOKEN_LOSS_PUT_OFF_BY_COPY = is("TOKEN_LOSS_PUT_OFF_BY_COPY");

    /** The token is held while somebody still misses frames (bug bank 9). */
    public static final boolean HOLD_WITH_REPAIRS_OUTSTANDING = is("HOLD_WITH_REPAIRS_OUTSTANDING");

    /** Who gets tokens and no data stays, and all repair for it for ever (bug bank 9). */
    public static final boolean DEAF_MEMBER_STAYS = is("DEAF_MEMBER_STAYS");

    /** A request stays in the token, although the frame has been sent again, and all have it (bug bank 11). */
    public static final boolean FREED_STILL_REQUESTED = is("FREED_STILL_REQUESTED");

    /** No more than one window of old frames is recovered (bug bank 12). */
    public static final boolean RECOVERY_OF_ONE_WINDOW = is("RECOVERY_OF_ONE_WINDOW");

    /** Rings that started apart stay apart (bug bank 19). */
    public static final boolean NO_MERGE_PROBES = is("NO_MERGE_PROBES");

    /** A message that was cut goes on where it was cut, and nobody has kept its beginning (bug bank 21). */
    public static final boolean CUT_MESSAGE_GOES_ON = is("CUT_MESSAGE_GOES_ON");

    /** A piece is glued to whatever anybody began last (bug bank 22). */
    public static final boolean PIECES_GLUED = is("PIECES_GLUED");

    /** A message that was cut goes on where it was cut, and is glued to its beginning (bug bank 24). */
    public static final boolean PIECES_SURVIVE = is("PIECES_SURVIVE");

    /** Anybody takes down the flag that somebody has frames left to pass on. */
    public static final boolean FLAG_TAKEN_DOWN_BY_ANYBODY = is("FLAG_TAKEN_DOWN_BY_ANYBODY");

    /** Each passes on only what it sent itself: what the dead sent is lost. */
    public static final boolean RECOVERY_OF_OWN_FRAMES = is("RECOVERY_OF_OWN_FRAMES");

    /** A frame that was reported missing is taken from the old ring after all. */
    public static final boolean OLD_FRAMES_AFTER_COMMIT = is("OLD_FRAMES_AFTER_COMMIT");

    /** The transitional configuration comes before the rest of the regular one (bug bank 27). */
    public static final boolean TRANSITIONAL_TOO_EARLY = is("TRANSITIONAL_TOO_EARLY");

    /** A safe frame is delivered as if it were agreed. */
    public static final boolean SAFE_IS_AGREED = is("SAFE_IS_AGREED");

    /** Anybody raises the aru, whoever holds it down. */
    public static final boolean ARU_RAISED_BY_ANYBODY = is("ARU_RAISED_BY_ANYBODY");

    /** Frames are numbered whatever the slowest application has room for. */
    public static final boolean LIMIT_IGNORED = is("LIMIT_IGNORED");

    /** A frame is delivered although one before it is missing (bug bank 28). */
    public static final boolean GAP_IGNORED = is("GAP_IGNORED");

    /** A restarted member begins with the ring sequence at which the one before it ended (bug bank 1). */
    public static final boolean RESTART_AT_SAME_SEQUENCE = is("RESTART_AT_SAME_SEQUENCE");

    /** Not all have the members of the ring in the same order (bug bank 14). */
    public static final boolean RING_ORDER_DIFFERS = is("RING_ORDER_DIFFERS");

    /** Who says goodbye is missed only when the token is lost (bug bank 15). */
    public static final boolean LEAVE_NOT_COUNTED = is("LEAVE_NOT_COUNTED");

    /** Nobody notices that this process did not run for long (bug bank 16). */
    public static final boolean PAUSE_NOT_NOTICED = is("PAUSE_NOT_NOTICED");

    /** A frame is asked for as soon as a token knows it, although it may be on its way (bug bank 17). */
    public static final boolean REQUESTED_AT_ONCE = is("REQUESTED_AT_ONCE");

    /** A restarted member does not show that the one before it is dead (bug bank 18). */
    public static final boolean EARLIER_INCARNATION_LIVES = is("EARLIER_INCARNATION_LIVES");

    /** A ring is given up for whoever is heard, whether it hears us or not (bug bank 20). */
    public static final boolean ONE_WAY_EVIDENCE = is("ONE_WAY_EVIDENCE");

    /** Who failed to become one of us is taken in again at once (bug bank 20). */
    public static final boolean NOBODY_LEFT_ALONE = is("NOBODY_LEFT_ALONE");

    /** Bodies leave no room for the header of recovery (bug bank 23). */
    public static final boolean RECOVERY_HEADER_FORGOTTEN = is("RECOVERY_HEADER_FORGOTTEN");

    /** The first frame of a ring overtakes the configuration between protocol and application (bug bank 26). */
    public static final boolean CONFIGURATION_OVERTAKEN = is("CONFIGURATION_OVERTAKEN");

    /** A later frame overtakes an earlier one between protocol and application (bug bank 28). */
    public static final boolean DELIVERIES_SWAPPED = is("DELIVERIES_SWAPPED");

    /** In a merge the frames of the other ring are taken for those of our own (bug bank 29). */
    public static final boolean FRAMES_OF_THE_OTHER_RING = is("FRAMES_OF_THE_OTHER_RING");

    /** The rest of the old ring comes when the new regular configuration is there already. */
    public static final boolean REST_AFTER_REGULAR = is("REST_AFTER_REGULAR");

    /** A frame is filled again when the ring needs it no more, though the handler has not been given it. */
    public static final boolean FRAME_FILLED_TOO_SOON = is("FRAME_FILLED_TOO_SOON");

    private Mutant() {}

    private static boolean is(String name) {
        return CHOSEN.equals(name);
    }
}
