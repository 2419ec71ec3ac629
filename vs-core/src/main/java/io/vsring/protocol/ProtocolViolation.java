package io.vsring.protocol;

/** A claim about ourselves does not hold: this member must end, before it misleads others. */
public final class ProtocolViolation extends IllegalStateException {

    private static final long serialVersionUID = 1;

    ProtocolViolation(String message) {
        super(message);
    }
}
