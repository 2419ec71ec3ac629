package io.vsring.autoconfigure;

import io.vsring.ring.RingOptionsBuilder;

/** A bean that changes the ring's options after the {@code vs.*} properties have been applied. */
@FunctionalInterface
public interface RingOptionsCustomizer {

    /** Changes the options; called once for each context, before they are checked. */
    void customize(RingOptionsBuilder builder);
}
