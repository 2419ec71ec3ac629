package io.vsring.replicated;

import io.vsring.ring.RingException;

/**
 * A key or a value is there, but the codec that this member was given cannot read it: as a rule because a newer version
 * of the application wrote it. The state is in order: the bytes are kept, and given on to others.
 */
public class UndecodableException extends RingException {

    private static final long serialVersionUID = 1;

    public UndecodableException(String message, Throwable cause) {
        super(message, cause);
    }
}
