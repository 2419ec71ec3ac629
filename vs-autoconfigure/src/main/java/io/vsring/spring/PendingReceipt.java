package io.vsring.spring;

import io.vsring.Receipt;
import io.vsring.ring.Outcome;
import io.vsring.ring.OutcomeUnknownException;
import io.vsring.ring.ReentrantCallException;
import io.vsring.ring.Ring;
import io.vsring.ring.RingClosedException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The receipt of one message, when it is there. Refuses to be waited for by the only thread that could complete it. */
final class PendingReceipt extends CompletableFuture<Receipt> implements Outcome {

    private final Ring ring;

    PendingReceipt(Ring ring) {
        this.ring = ring;
    }

    @Override
    public void delivered(Receipt receipt) {
        complete(receipt);
    }

    @Override
    public void unknown(RingClosedException cause) {
        completeExceptionally(new OutcomeUnknownException(
                "this member ended before the message was delivered here; the others may or may not have delivered it",
                cause));
    }

    @Override
    public Receipt get() throws InterruptedException, ExecutionException {
        checkWaiting();
        return super.get();
    }

    @Override
    public Receipt get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        checkWaiting();
        return super.get(timeout, unit);
    }

    @Override
    public Receipt join() {
        checkWaiting();
        return super.join();
    }

    private void checkWaiting() {
        if (!isDone()) {
            check(ring);
        }
    }

    /** Throws on the delivery thread. */
    static void check(Ring ring) {
        if (ring.isDeliveryThread()) {
            throw new ReentrantCallException(
                    "the ring's delivery thread must not wait for a delivery, which only it can"
                            + " bring about: chain what follows to the future, or wait on another thread");
        }
    }
}
