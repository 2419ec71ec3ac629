package io.vsring.spring;

import io.vsring.Delivery;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message with all that a handler may want to know of it; also what the expressions of {@link OnDeliver} see.
 *
 * @param payload what was sent; in an expression, the bytes if the method takes no payload
 * @param delivery its place in the order, and its bytes; stays valid
 * @param headers what was sent with it, in that order; not to be changed
 * @param <T> what the bytes are read as
 */
public record DeliveredMessage<T>(T payload, Delivery delivery, Map<String, String> headers) {

    /** With the headers that the delivery has. */
    static DeliveredMessage<?> of(@Nullable Object payload, Delivery delivery) {
        Object known = payload == null ? delivery.toByteArray() : payload;
        return new DeliveredMessage<>(known, delivery, HeaderBlock.of(delivery));
    }
}
