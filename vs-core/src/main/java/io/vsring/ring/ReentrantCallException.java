package io.vsring.ring;

/** A call that waits was made on a thread of the ring, delivery or loop, on which it depends that the wait ends. */
public class ReentrantCallException extends RingException {

    private static final long serialVersionUID = 1;

    public ReentrantCallException(String message) {
        super(message);
    }

    public ReentrantCallException(String message, Throwable cause) {
        super(message, cause);
    }
}
