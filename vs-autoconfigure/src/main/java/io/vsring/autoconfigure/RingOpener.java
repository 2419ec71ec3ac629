package io.vsring.autoconfigure;

import io.vsring.ring.Ring;
import io.vsring.ring.RingHandler;
import io.vsring.ring.RingObserver;
import io.vsring.ring.RingOptions;

/**
 * Where the ring of an application context comes from: a UDP socket, as {@link RingOptions#open} has it, unless there
 * is a bean of this type. For tests, which bring a network of their own.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface RingOpener {

    /**
     * Opens a member, which its caller starts; called at each start of the context's ring.
     *
     * @throws io.vsring.ring.RingStartException if that cannot be done; the text says what to change
     */
    Ring open(RingOptions options, RingHandler handler, RingObserver... observers);
}
