package io.vsring.ring;

/** The member could not be started; the message names what to change. */
public class RingStartException extends RingException {

    private static final long serialVersionUID = 1;

    public RingStartException(String message) {
        super(message);
    }

    public RingStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
