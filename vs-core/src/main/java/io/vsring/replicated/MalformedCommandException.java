package io.vsring.replicated;

import io.vsring.ring.RingException;

/** Bytes that no member of this version writes. */
final class MalformedCommandException extends RingException {

    private static final long serialVersionUID = 1L;

    MalformedCommandException(String message) {
        super(message);
    }
}
