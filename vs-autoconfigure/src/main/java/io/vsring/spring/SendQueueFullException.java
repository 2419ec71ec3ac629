package io.vsring.spring;

import io.vsring.ring.RingException;

/** The ring takes messages more slowly than this member sends them. Nothing was sent; it can be tried again. */
public class SendQueueFullException extends RingException {

    private static final long serialVersionUID = 1;

    public SendQueueFullException(String message) {
        super(message);
    }

    public SendQueueFullException(String message, Throwable cause) {
        super(message, cause);
    }
}
