package io.vsring.spring.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.vsring.Delivery;
import io.vsring.Guarantee;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Begins the observations of one application.
 *
 * @param registry where they are observed
 * @param send how sending is named; null for the default
 * @param handle how handling is named; null for the default
 */
public record RingObservations(
        ObservationRegistry registry,
        @Nullable SendConvention send,
        @Nullable HandleConvention handle) {

    private static final SendConvention DEFAULT_SEND = new DefaultSendConvention();
    private static final HandleConvention DEFAULT_HANDLE = new DefaultHandleConvention();

    /**
     * A message is sent from now on.
     *
     * @param headers get what is to go with it
     */
    public Observation startSending(String group, Guarantee guarantee, Map<String, String> headers) {
        return RingObservation.SEND.start(
                send, DEFAULT_SEND, () -> new SendContext(group, guarantee, headers), registry);
    }

    /** A handler is going to be called. */
    public Observation handling(String listenerId, Delivery delivery, Map<String, String> headers) {
        return RingObservation.HANDLE.observation(
                handle, DEFAULT_HANDLE, () -> new HandleContext(listenerId, delivery, headers), registry);
    }
}
