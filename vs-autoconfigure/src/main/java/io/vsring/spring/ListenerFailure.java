package io.vsring.spring;

import io.vsring.Delivery;
import io.vsring.MemberId;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * One call of a listener's method that failed, or could not be made.
 *
 * @param member the member of whose listener it is
 * @param kind what went wrong
 * @param listenerId the listener
 * @param method the method that was, or would have been, called
 * @param delivery the message with its bytes; null if it was a configuration change
 * @param cause what was thrown
 */
public record ListenerFailure(
        MemberId member,
        Kind kind,
        String listenerId,
        Method method,
        @Nullable Delivery delivery,
        Throwable cause) {

    /** What went wrong. */
    public enum Kind {
        /** The method threw. */
        THROWN,
        /** The bytes could not be read as the method's payload; it was not called. */
        UNDECODABLE,
        /** The payload was not what the annotations of its parameter ask for; the method was not called. */
        INVALID
    }
}
