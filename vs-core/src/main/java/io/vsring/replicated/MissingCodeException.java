package io.vsring.replicated;

/**
 * A command cannot be applied here, and is applied elsewhere: this is no answer, and the member cannot go on with the
 * others.
 */
final class MissingCodeException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    MissingCodeException(String message) {
        super(message);
    }
}
