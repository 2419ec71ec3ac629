package io.vsring.test.hostile;

/**
 * A datagram of the ring, as somebody on the way has heard it. Members are counted from 1.
 *
 * @param from who sent it
 * @param to who was to get it
 * @param bytes what it says; not copied, and not to be changed
 */
record Captured(int from, int to, byte[] bytes) {

    /** Bytes in front of what is encrypted, which anybody can read. */
    static final int HEADER_BYTES = 28;

    static final int DESTINATION_AT = 8;
    static final int COUNTER_AT = 20;

    private static final byte SEALED = 0x76;
    private static final int KIND_AT = 3;
    private static final byte GREETING = 1;

    /** Whether it is a greeting, which is the one thing that is answered to whom nobody believes yet. */
    boolean isGreeting() {
        return bytes.length > HEADER_BYTES && bytes[0] == SEALED && bytes[KIND_AT] == GREETING;
    }
}
