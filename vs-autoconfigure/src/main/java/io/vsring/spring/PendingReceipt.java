package io.vsring.spring;

import io.vsring.Receipt;
import io.vsring.ring.Outcome;
import io.vsring.ring.OutcomeUnknownException;
import io.vsring.ring.RingClosedException;
import io.vsring.ring.RingFuture;
import java.util.function.BooleanSupplier;

/** The outcome of one message as a future of its receipt. */
final class PendingReceipt implements Outcome {

    private final RingFuture<Receipt> future;

    /** @param mustNotWait whether the calling thread is one that the ring itself may have to wait for */
    PendingReceipt(BooleanSupplier mustNotWait) {
        this.future = new RingFuture<>(mustNotWait);
    }

    RingFuture<Receipt> future() {
        return future;
    }

    @Override
    public void delivered(Receipt receipt) {
        future.complete(receipt);
    }

    @Override
    public void unknown(RingClosedException cause) {
        future.completeExceptionally(new OutcomeUnknownException(
                "this member ended before the message was delivered here; the others may or may not have delivered it",
                cause));
    }
}
