package io.vsring.security;

/**
 * Holes that others have had in what keeps strangers out, to be opened one at a time, so that the simulator can show
 * that it would find them; as {@code io.vsring.wire.Mutant} for the protocol.
 */
final class EnvelopeMutant {

    private static final String CHOSEN = System.getProperty("vs.mutant", "");

    /** What has been here comes in again. */
    static final boolean REPLAY_LET_IN = is("REPLAY_LET_IN");

    /** What comes too late to tell whether it has been here comes in. */
    static final boolean TOO_OLD_LET_IN = is("TOO_OLD_LET_IN");

    /** What is for another member comes in. */
    static final boolean REDIRECTED_LET_IN = is("REDIRECTED_LET_IN");

    /** What has no envelope comes in as it is (CVE-2016-2141 of JGroups). */
    static final boolean PLAINTEXT_LET_IN = is("PLAINTEXT_LET_IN");

    /** The header is not authenticated. */
    static final boolean HEADER_NOT_AUTHENTICATED = is("HEADER_NOT_AUTHENTICATED");

    /** Whoever has sent anything authentic is believed: a recording is, too. */
    static final boolean FRESH_AT_ONCE = is("FRESH_AT_ONCE");

    /** An answer to any question proves that its sender is alive. */
    static final boolean ANY_ANSWER_PROVES = is("ANY_ANSWER_PROVES");

    /** What was sent before the proof comes in after it. */
    static final boolean PROOF_LOOKS_BACK = is("PROOF_LOOKS_BACK");

    /** What a member left behind comes in although it was started again. */
    static final boolean ONE_BEFORE_BELIEVED = is("ONE_BEFORE_BELIEVED");

    /** A member begins to count anew with each change of keys. */
    static final boolean COUNTED_ANEW_WITH_KEYS = is("COUNTED_ANEW_WITH_KEYS");

    private EnvelopeMutant() {}

    private static boolean is(String name) {
        return CHOSEN.equals(name);
    }
}
