package io.vsring.spring;

import org.springframework.validation.Errors;

/** A payload that was read and is not what its annotations ask for; goes to the {@link ListenerErrorHandler}. */
public final class InvalidPayloadException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Errors errors;

    InvalidPayloadException(String message, Errors errors) {
        super(message);
        this.errors = errors;
    }

    /** All that is wrong, with the values. */
    public Errors errors() {
        return errors;
    }
}
