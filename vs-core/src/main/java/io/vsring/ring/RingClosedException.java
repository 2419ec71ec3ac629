package io.vsring.ring;

/** This member has left its ring, is leaving it, or has failed. */
public class RingClosedException extends RingException {

    private static final long serialVersionUID = 1;

    public RingClosedException(String message) {
        super(message);
    }

    public RingClosedException(String message, Throwable cause) {
        super(message, cause);
    }
}
