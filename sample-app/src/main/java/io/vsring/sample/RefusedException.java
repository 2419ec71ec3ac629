package io.vsring.sample;

import org.springframework.http.HttpStatus;

/** What was asked for was not done, and it is known why. */
final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final HttpStatus status;
    private final String type;

    /** @param type see {@link Problems} */
    RefusedException(HttpStatus status, String type, String message) {
        super(message);
        this.status = status;
        this.type = type;
    }

    HttpStatus status() {
        return status;
    }

    String type() {
        return type;
    }
}
