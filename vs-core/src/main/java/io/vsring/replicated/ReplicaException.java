package io.vsring.replicated;

import io.vsring.ring.RingException;

/** A replicated object has refused a call, or cannot be kept. Nothing has been changed by the call. */
public class ReplicaException extends RingException {

    private static final long serialVersionUID = 1;

    public ReplicaException(String message) {
        super(message);
    }
}
