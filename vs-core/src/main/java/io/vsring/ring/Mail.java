package io.vsring.ring;

import io.vsring.wire.OutgoingMessage;

/**
 * An accepted message on its way to the loop thread.
 *
 * @param group the group's name
 * @param message what the caller gave, and once accepted a copy of it that is never written again
 * @param outcome whom to tell what became of it
 */
record Mail(String group, OutgoingMessage message, Outcome outcome) {

    /**
     * What a waiting message costs besides its bytes: the bound of the send queue counts it, so empty ones are bounded.
     */
    static final int OVERHEAD_BYTES = 128;

    /** What this message takes of the send queue's bound. */
    int cost() {
        return cost(message);
    }

    /** What this message takes. */
    static int cost(OutgoingMessage message) {
        return message.bytes().length + OVERHEAD_BYTES;
    }

    /** The same, with bytes of its own. */
    Mail copy() {
        byte[] bytes = message.bytes().clone();
        return new Mail(group, new OutgoingMessage(message.group(), message.guarantee(), bytes), outcome);
    }
}
