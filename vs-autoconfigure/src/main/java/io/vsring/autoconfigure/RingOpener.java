package io.vsring.autoconfigure;

import io.vsring.ring.Ring;
import io.vsring.ring.RingHandler;
import io.vsring.ring.RingObserver;
import io.vsring.ring.RingOptions;

/** Where a ring comes from: a UDP socket in production, something smaller in tests. */
@FunctionalInterface
interface RingOpener {

    Ring open(RingOptions options, RingHandler handler, RingObserver... observers);
}
