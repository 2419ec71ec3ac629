package io.vsring.replicated;

import io.vsring.Guarantee;
import io.vsring.Receipt;
import io.vsring.ring.Outcome;
import io.vsring.ring.Ring;
import io.vsring.ring.RingClosedException;
import java.time.Duration;
import java.util.ArrayDeque;

/**
 * Sends what the succession has to say, in order; what finds no room waits and is tried again, and no call goes past
 * it. Delivery thread, but for what says otherwise.
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
    private final Runnable whenSent;
    private boolean retrying;
    private volatile boolean full;

    /** @param whenSent is run when what has waited is sent */
    ControlPost(Ring ring, Runnable whenSent) {
        this.ring = ring;
        this.whenSent = whenSent;
    }

    /** Whether something waits to be sent. Any thread. */
    boolean isWaiting() {
        return full;
    }

    void send(byte[] message, Guarantee guarantee) {
        waiting.add(new Letter(message, guarantee));
        flush();
    }

    /** What was to be said belongs to a configuration that is over. */
    void forget() {
        waiting.clear();
        sentAll();
    }

    private void sentAll() {
        if (full) {
            full = false;
            whenSent.run();
        }
    }

    private void flush() {
        try {
            while (!waiting.isEmpty()) {
                Letter first = waiting.getFirst();
                if (!ring.offer(CommandRouter.GROUP, first.bytes, first.guarantee, UNHEARD)) {
                    full = true;
                    retryLater();
                    return;
                }
                waiting.removeFirst();
            }
            sentAll();
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
