package io.vsring.ring;

import io.vsring.Receipt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Keeps what became of a message. */
final class RecordingOutcome implements Outcome {

    private final CompletableFuture<Receipt> known = new CompletableFuture<>();

    @Override
    public void delivered(Receipt receipt) {
        if (!known.complete(receipt)) {
            throw new AssertionError("an outcome is told once");
        }
    }

    @Override
    public void unknown(RingClosedException cause) {
        if (!known.completeExceptionally(cause)) {
            throw new AssertionError("an outcome is told once");
        }
    }

    boolean isKnown() {
        return known.isDone();
    }

    boolean isUnknown() {
        return known.isCompletedExceptionally();
    }

    Receipt receipt() {
        try {
            return known.get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("the message was not delivered here", e);
        }
    }
}
