package io.vsring.test.simulation;

/**
 * Messages that an application offers, one after the other at one moment.
 *
 * @param atNanos when
 * @param slot whose application
 * @param count how many
 * @param bytes how long each is
 * @param mix with which guarantees
 */
public record Operation(long atNanos, int slot, int count, int bytes, Mix mix) {
    /** Guarantees of a row of messages. */
    public enum Mix {
        /** All agreed. */
        AGREED,
        /** All safe. */
        SAFE,
        /** One agreed, one safe, and so on. */
        BOTH
    }

    /** In one line, with the time in milliseconds. */
    @Override
    public String toString() {
        return "at " + atNanos / 1_000_000 + " ms slot=" + slot + " offers " + count + " x " + bytes + " bytes " + mix;
    }
}
