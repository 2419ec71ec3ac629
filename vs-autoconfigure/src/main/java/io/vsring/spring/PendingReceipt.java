package io.vsring.spring;

import io.micrometer.observation.Observation;
import io.vsring.Receipt;
import io.vsring.ring.Outcome;
import io.vsring.ring.OutcomeUnknownException;
import io.vsring.ring.RingClosedException;
import io.vsring.ring.RingFuture;
import java.util.function.BooleanSupplier;

/** The outcome of one message as a future of its receipt, and the end of what is observed of it. */
final class PendingReceipt implements Outcome {

    private final RingFuture<Receipt> future;
    private final Observation observation;

    /**
     * Of a message that is going to be sent.
     *
     * @param mustNotWait whether the calling thread is one that the ring itself may have to wait for
     * @param observation has been started
     */
    PendingReceipt(BooleanSupplier mustNotWait, Observation observation) {
        this.future = new RingFuture<>(mustNotWait);
        this.observation = observation;
    }

    RingFuture<Receipt> future() {
        return future;
    }

    /** There was no room: nothing has been sent. */
    void refused() {
        if (!observation.isNoop()) {
            observation.error(new SendQueueFullException("there was no room in the send queue; nothing has been sent"));
            observation.stop();
        }
    }

    /** As {@link #refused()}, because of this. */
    RuntimeException refused(RuntimeException cause) {
        observation.error(cause);
        observation.stop();
        return cause;
    }

    @Override
    public void delivered(Receipt receipt) {
        try {
            observation.stop();
        } finally {
            future.complete(receipt); // whatever those who look at it throw
        }
    }

    @Override
    public void unknown(RingClosedException cause) {
        OutcomeUnknownException unknown = new OutcomeUnknownException(
                "this member ended before the message was delivered here; the others may or may not have delivered it",
                cause);
        try {
            observation.error(unknown);
            observation.stop();
        } finally {
            future.completeExceptionally(unknown);
        }
    }
}
