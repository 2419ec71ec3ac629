package io.vsring.transport;

import org.jspecify.annotations.Nullable;

/** A transport could not be opened. The text says what was wanted, what was found, and what to change. */
public final class TransportOpenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String property;

    TransportOpenException(String property, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.property = property;
    }

    /** The property that has to be changed, such as {@code vs.transport.port}. */
    public String property() {
        return property;
    }
}
