package io.vsring.ring;

/** Something that a ring could not do. */
public class RingException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public RingException(String message) {
        super(message);
    }

    public RingException(String message, Throwable cause) {
        super(message, cause);
    }
}
