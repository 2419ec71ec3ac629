package io.vsring.replicated;

import io.vsring.ring.RingException;

/**
 * This member is in no primary component: others may go on without it, so it changes nothing. The call has surely not
 * been carried out, here or anywhere; it can be made again later.
 */
public class NotPrimaryException extends RingException {

    private static final long serialVersionUID = 1;

    public NotPrimaryException(String message) {
        super(message);
    }
}
