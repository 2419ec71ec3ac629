package io.vsring.wire;

/**
 * These bytes are not a datagram of ours.
 *
 * <p>Anybody who can send to our port can cause it, so it is cheap: no stack trace, and its text is made only when
 * somebody asks.
 */
public final class MalformedDatagramException extends Exception {

    private static final long serialVersionUID = 1;

    /** Why bytes are refused. */
    public enum Reason {
        /** It ends before a field does. */
        TOO_SHORT,
        /** It is longer than a datagram or its body can be. */
        TOO_LONG,
        /** It does not begin like a datagram of ours. */
        BAD_MAGIC,
        /** Of a cluster with another name. */
        OTHER_CLUSTER,
        /** Of a wire version that we do not speak, and not a Join. */
        OTHER_VERSION,
        /** Of our version, but there is no such type. */
        UNKNOWN_TYPE,
        /** A count over its cap or under its minimum. */
        BAD_COUNT,
        /** A value that its field cannot have. */
        BAD_VALUE,
        /** A set that is out of order, or has the same element twice. */
        NOT_ASCENDING,
        /** Bytes behind the last field, or padding that is not zero. */
        TRAILING_BYTES
    }

    private final Reason reason;
    private final int offset;
    private final String expected;
    private final long found;

    MalformedDatagramException(Reason reason, int offset, String expected, long found) {
        super(null, null, false, false);
        this.reason = reason;
        this.offset = offset;
        this.expected = expected;
        this.found = found;
    }

    /** Why, for counting. */
    public Reason reason() {
        return reason;
    }

    /** Where in the datagram, or in the body of a frame, in bytes from its beginning. */
    public int offset() {
        return offset;
    }

    /** What should have been there. */
    public String expected() {
        return expected;
    }

    /** What was there. */
    public long found() {
        return found;
    }

    @Override
    public String getMessage() {
        return reason + " at byte " + offset + ": expected " + expected + ", found " + found;
    }
}
