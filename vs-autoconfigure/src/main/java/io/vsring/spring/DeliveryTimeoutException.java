package io.vsring.spring;

import io.vsring.ring.OutcomeUnknownException;

/** A message was accepted but not delivered here in time; it may still be. */
public class DeliveryTimeoutException extends OutcomeUnknownException {

    private static final long serialVersionUID = 1;

    public DeliveryTimeoutException(String message) {
        super(message);
    }

    public DeliveryTimeoutException(String message, Throwable cause) {
        super(message, cause);
    }
}
