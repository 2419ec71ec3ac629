package io.vsring.autoconfigure;

import java.util.List;

/** The {@code vs.*} properties do not make a member; the text names everything that is wrong. */
final class InvalidRingPropertiesException extends RuntimeException {

    private static final long serialVersionUID = 1;

    InvalidRingPropertiesException(List<String> violations) {
        super(String.join(System.lineSeparator(), violations));
    }
}
