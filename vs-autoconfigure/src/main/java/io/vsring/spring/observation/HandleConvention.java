package io.vsring.spring.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/** Names and keys of {@link RingObservation#HANDLE}; a bean of this type replaces the default. */
public interface HandleConvention extends ObservationConvention<HandleContext> {

    @Override
    default boolean supportsContext(Observation.Context context) {
        return context instanceof HandleContext;
    }
}
