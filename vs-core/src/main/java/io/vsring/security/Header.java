package io.vsring.security;

import io.vsring.MemberId;
import io.vsring.wire.WireFormat;
import java.nio.ByteBuffer;

/** What stands in front of a sealed datagram: all of it authenticated, none of it encrypted. One thread. */
final class Header {

    static final int BYTES = WireFormat.ENVELOPE_FRONT_BYTES;

    /** Plain text begins with 0x56, which is 'V'. */
    static final byte MAGIC = 0x76;

    static final int VERSION = 1;

    /** As destination: everybody who has the key. No slot is 0. */
    static final int ALL = 0;

    /** The greatest counter; nobody lives so long. */
    static final long COUNTER_MAX = 1L << 62;

    /** What is in the envelope. */
    static final byte RING = 0;

    static final byte GREETING = 1;

    private static final int VERSION_AND_SUITE_AT = 1;
    private static final int KEY_AT = 2;
    private static final int KIND_AT = 3;
    private static final int SENDER_AT = 4;
    private static final int DESTINATION_AT = 8;
    private static final int INCARNATION_AT = 12;
    private static final int COUNTER_AT = 20;

    private final ByteBuffer datagram;

    /** The header of whatever is in this array. */
    Header(byte[] datagram) {
        this.datagram = ByteBuffer.wrap(datagram);
    }

    void from(MemberId sender, int keyId, CipherSuite suite) {
        datagram.put(0, MAGIC)
                .put(VERSION_AND_SUITE_AT, (byte) (VERSION << 4 | suite.number()))
                .put(KEY_AT, (byte) keyId)
                .putInt(SENDER_AT, sender.id())
                .putLong(INCARNATION_AT, sender.incarnation());
    }

    void with(byte kind, int destination, long counter) {
        datagram.put(KIND_AT, kind).putInt(DESTINATION_AT, destination).putLong(COUNTER_AT, counter);
    }

    boolean isSealed() {
        return datagram.get(0) == MAGIC;
    }

    /** Whether this is how datagrams begin that nobody has sealed. */
    boolean isPlain() {
        return datagram.get(0) == 'V' && datagram.get(1) == 'S';
    }

    int version() {
        return (datagram.get(VERSION_AND_SUITE_AT) & 0xFF) >>> 4;
    }

    int suite() {
        return datagram.get(VERSION_AND_SUITE_AT) & 0xF;
    }

    int key() {
        return datagram.get(KEY_AT) & 0xFF;
    }

    byte kind() {
        return datagram.get(KIND_AT);
    }

    int sender() {
        return datagram.getInt(SENDER_AT);
    }

    int destination() {
        return datagram.getInt(DESTINATION_AT);
    }

    long incarnation() {
        return datagram.getLong(INCARNATION_AT);
    }

    long counter() {
        return datagram.getLong(COUNTER_AT);
    }
}
