package io.vsring.replicated;

import io.vsring.Guarantee;
import io.vsring.Receipt;
import io.vsring.ring.Outcome;
import io.vsring.ring.Ring;
import io.vsring.ring.RingClosedException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;

/**
 * Sends what the succession has to say, in order; what finds no room waits and is tried again, and no call goes past
 * it. It is bounded by what there is to say in one configuration; beyond that this member gives up. Delivery thread,
 * but for what says otherwise.
 */
final class ControlPost {

    static final Outcome UNHEARD = new Outcome() {
        @Override
        public void delivered(Receipt receipt) {}

        @Override
        public void unknown(RingClosedException cause) {}
    };

    /** One word for each object that is not the same everywhere, and as many for everything else. */
    static final int WAITING_MAX = 2 * Shelf.OBJECTS_MAX;

    private static final Duration RETRY = Duration.ofMillis(2);

    private record Letter(byte[] bytes, Guarantee guarantee, boolean ofDigests) {}

    private final Ring ring;
    private final ArrayDeque<Letter> waiting = new ArrayDeque<>();
    private final Runnable whenSent;
    private int digests; // of those that wait
    private boolean retrying;
    private volatile int left; // found no room

    /** @param whenSent is run when what has waited is sent */
    ControlPost(Ring ring, Runnable whenSent) {
        this.ring = ring;
        this.whenSent = whenSent;
    }

    /** Whether something waits to be sent. Any thread. */
    boolean isWaiting() {
        return left > 0;
    }

    /** How much waits to be sent. Any thread. */
    int waiting() {
        return left;
    }

    /** @throws IllegalStateException if so much waits that this member cannot be of use to the others any more */
    void send(byte[] message, Guarantee guarantee) {
        add(new Letter(message, guarantee, false));
        flush();
    }

    /** Digests, of which the oldest go if there are more than anybody {@linkplain DigestWatch compares}. */
    void sendDigests(byte[] message) {
        if (digests == DigestWatch.REMEMBERED_MAX) {
            forgetOldestDigests();
        }
        digests++;
        add(new Letter(message, Guarantee.AGREED, true));
        flush();
    }

    private void forgetOldestDigests() {
        for (Iterator<Letter> each = waiting.iterator(); each.hasNext(); ) {
            if (each.next().ofDigests) {
                each.remove();
                digests--;
                return;
            }
        }
    }

    private void add(Letter letter) {
        if (waiting.size() == WAITING_MAX) {
            throw new IllegalStateException(WAITING_MAX + " messages of the replicated objects wait to be sent, since"
                    + " the send queue has had no room for so long: this member cannot keep up with the others");
        }
        waiting.add(letter);
    }

    /** What was to be said belongs to a configuration that is over. */
    void forget() {
        clear();
        sentAll();
    }

    private void clear() {
        waiting.clear();
        digests = 0;
    }

    private void sentAll() {
        if (left > 0) {
            left = 0;
            whenSent.run();
        }
    }

    private void flush() {
        try {
            while (!waiting.isEmpty()) {
                Letter first = waiting.getFirst();
                if (!ring.offer(CommandRouter.GROUP, first.bytes, first.guarantee, UNHEARD)) {
                    left = waiting.size();
                    retryLater();
                    return;
                }
                digests -= waiting.removeFirst().ofDigests ? 1 : 0;
            }
            sentAll();
        } catch (RingClosedException closed) {
            clear(); // the member leaves: the others will notice
            left = 0;
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
