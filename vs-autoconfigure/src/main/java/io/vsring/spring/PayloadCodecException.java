package io.vsring.spring;

import io.vsring.ring.RingException;

/** A payload that cannot be written as bytes, or bytes that are not the expected payload. */
public class PayloadCodecException extends RingException {

    private static final long serialVersionUID = 1;

    public PayloadCodecException(String message) {
        super(message);
    }

    public PayloadCodecException(String message, Throwable cause) {
        super(message, cause);
    }
}
