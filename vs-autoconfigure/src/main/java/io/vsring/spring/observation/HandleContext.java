package io.vsring.spring.observation;

import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;
import io.vsring.Delivery;
import java.util.Map;

/** A message for which a handler is called. */
public final class HandleContext extends ReceiverContext<Map<String, String>> {

    private final String listenerId;
    private final Delivery delivery;

    /** @param headers those of the message */
    public HandleContext(String listenerId, Delivery delivery, Map<String, String> headers) {
        super((carrier, key) -> headers.get(key), Kind.CONSUMER);
        this.listenerId = listenerId;
        this.delivery = delivery;
        setCarrier(headers);
        setRemoteServiceName("vs");
    }

    /** The listener that is called. */
    public String listenerId() {
        return listenerId;
    }

    /** The message. */
    public Delivery delivery() {
        return delivery;
    }
}
