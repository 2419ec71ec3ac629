package io.vsring.protocol;

/** Claims about ourselves that are always checked. What comes from outside is never a reason for one to fail. */
final class Invariant {

    private Invariant() {}

    static void check(boolean holds, String claim) {
        if (!holds) {
            throw new ProtocolViolation("violated: " + claim);
        }
    }

    static void check(boolean holds, String claim, long left, long right) {
        if (!holds) {
            throw new ProtocolViolation("violated: " + claim + " (left=" + left + " right=" + right + ")");
        }
    }
}
