package io.vsring.ring;

/** What became of an accepted message is not known here: the others may or may not have delivered it. */
public class OutcomeUnknownException extends RingException {

    private static final long serialVersionUID = 1;

    public OutcomeUnknownException(String message) {
        super(message);
    }

    public OutcomeUnknownException(String message, Throwable cause) {
        super(message, cause);
    }
}
