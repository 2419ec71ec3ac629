package io.vsring.ring;

import io.vsring.Guarantee;

/**
 * An accepted message on its way to the loop thread.
 *
 * @param group the group's name
 * @param groupBytes the same in UTF-8
 * @param guarantee what is asked for
 * @param bytes what the caller gave, and once accepted a copy of it that is never written again
 * @param outcome whom to tell what became of it
 */
record Mail(String group, byte[] groupBytes, Guarantee guarantee, byte[] bytes, Outcome outcome) {

    /**
     * What a waiting message costs besides its bytes: the bound of the send queue counts it, so empty ones are bounded.
     */
    static final int OVERHEAD_BYTES = 128;

    /** What this message takes of the send queue's bound. */
    int cost() {
        return cost(bytes);
    }

    /** What a message of these bytes takes. */
    static int cost(byte[] bytes) {
        return bytes.length + OVERHEAD_BYTES;
    }

    /** The same, with bytes of its own. */
    Mail copy() {
        return new Mail(group, groupBytes, guarantee, bytes.clone(), outcome);
    }
}
