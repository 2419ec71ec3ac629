package io.vsring.ring;

/** A call that waits for a delivery was made on the delivery thread, which would have waited for itself. */
public class ReentrantCallException extends RingException {

    private static final long serialVersionUID = 1;

    public ReentrantCallException(String message) {
        super(message);
    }

    public ReentrantCallException(String message, Throwable cause) {
        super(message, cause);
    }
}
