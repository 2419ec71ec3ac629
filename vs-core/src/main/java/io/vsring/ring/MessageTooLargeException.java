package io.vsring.ring;

/** The message is longer than this member may send. Nothing was sent. */
public class MessageTooLargeException extends RingException {

    private static final long serialVersionUID = 1;

    public MessageTooLargeException(String message) {
        super(message);
    }

    public MessageTooLargeException(String message, Throwable cause) {
        super(message, cause);
    }
}
