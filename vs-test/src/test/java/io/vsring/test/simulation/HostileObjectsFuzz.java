package io.vsring.test.simulation;

/** Fuzzed: as {@link HostileMemberFuzz}, with replicated objects on all members, to which the liar talks as well. */
public final class HostileObjectsFuzz {

    private HostileObjectsFuzz() {}

    /** One byte for the seed, then acts: a byte each, and what they need. */
    public static void fuzzerTestOneInput(byte[] input) {
        HostileMemberFuzz.count(HostileMemberFuzz.play(input, true));
    }

    /** Called once at the end. */
    public static void fuzzerTearDown() {
        HostileMemberFuzz.fuzzerTearDown();
    }
}
