package io.vsring.spring;

/**
 * A method with {@link OnDeliver} or {@link OnConfigurationChange} that cannot be called; the text says what can be.
 */
public class InvalidListenerMethodException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    public InvalidListenerMethodException(String message) {
        super(message);
    }

    public InvalidListenerMethodException(String message, Throwable cause) {
        super(message, cause);
    }
}
