package io.vsring.replicated;

import io.vsring.ring.Ring;
import io.vsring.ring.RingFuture;
import java.util.concurrent.CompletableFuture;

/**
 * Tells the application what it has asked to be told. Where the loop thread stands in for the delivery thread that one
 * is woken for it: the ring waits for nothing that the application does. Delivery thread, or whoever found it dead.
 */
final class Teller {

    private final Ring ring;

    Teller(Ring ring) {
        this.ring = ring;
    }

    /** Runs this now, or on the delivery thread before the next message is delivered. */
    void tell(Runnable news) {
        if (ring.isStandIn()) {
            ring.execute(news);
        } else {
            news.run();
        }
    }

    /** As {@link #tell(Runnable)}, of news that complete this future: to be woken takes no time. */
    void tell(CompletableFuture<?> who, Runnable news) {
        if (RingFuture.isOnlyAwaited(who)) {
            news.run();
        } else {
            tell(news);
        }
    }
}
