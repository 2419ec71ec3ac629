package io.vsring.autoconfigure;

import io.micrometer.observation.ObservationRegistry;
import io.vsring.spring.observation.HandleConvention;
import io.vsring.spring.observation.RingObservations;
import io.vsring.spring.observation.SendConvention;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;

/** What the application has to observe a ring with; asked for only where a property wants it. */
record ObservedRing(
        ObjectProvider<ObservationRegistry> registry,
        ObjectProvider<SendConvention> send,
        ObjectProvider<HandleConvention> handle) {

    /** Null if nobody wants to look, or there is nothing to look with. */
    @Nullable
    RingObservations orNull(boolean isWanted) {
        ObservationRegistry known = isWanted ? registry.getIfUnique() : null;
        return known == null ? null : new RingObservations(known, send.getIfUnique(), handle.getIfUnique());
    }
}
