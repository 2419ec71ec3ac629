package io.vsring.replicated;

import io.vsring.Guarantee;
import io.vsring.Receipt;
import io.vsring.ring.Outcome;
import io.vsring.ring.Ring;
import io.vsring.ring.RingClosedException;
import java.time.Duration;
import java.util.ArrayDeque;

/**
 * Sends what the succession has to say, in order; what finds no room waits and is tried again. Calls go past it.
 * Delivery thread only.
 */
final class ControlPost {

    static final Outcome UNHEARD = new Outcome() {
        @Override
        public void delivered(Receipt receipt) {}

        @Override
        public void unknown(RingClosedException cause) {}
    };

    private static final Duration RETRY = Duration.ofMillis(2);

    private record Letter(byte[] bytes, Guarantee guarantee) {}

    private final Ring ring;
    private final ArrayDeque<Letter> waiting = new ArrayDeque<>();
    private boolean retrying;

    ControlPost(Ring ring) {
        this.ring = ring;
    }

    void send(byte[] message, Guarantee guarantee) {
        waiting.add(new Letter(message, guarantee));
        flush();
    }

    /** What was to be said belongs to a configuration that is over. */
    void forget() {
        waiting.clear();
    }

    private void flush() {
        try {
            while (!waiting.isEmpty()) {
                Letter first = waiting.getFirst();
                if (!ring.offer(CommandRouter.GROUP, first.bytes, first.guarantee, UNHEARD)) {
                    retryLater();
                    return;
                }
                waiting.removeFirst();
            }
        } catch (RingClosedException closed) {
            waiting.clear(); // the member leaves: the others will notice
        }
    }

    private void retryLater() {
        if (!retrying) {
            retrying = true;
            ring.schedule(
                    () -> {
                        retrying = false;
                        flush();
                    },
                    RETRY);
        }
    }
}
