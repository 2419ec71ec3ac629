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

/** The receipt of one message, when it is there. Refuses to be waited for by threads that the ring itself waits for. */
final class PendingReceipt extends CompletableFuture<Receipt> implements Outcome {

    private final Ring ring;
    private final RingListenerRegistry listeners;

    PendingReceipt(Ring ring, RingListenerRegistry listeners) {
        this.ring = ring;
        this.listeners = listeners;
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
            check(ring, listeners);
        }
    }

    /** Throws on the delivery thread, which alone could complete it, and on those that it may have to wait for. */
    static void check(Ring ring, RingListenerRegistry listeners) {
        if (ring.isDeliveryThread() || listeners.isListenerThread()) {
            throw new ReentrantCallException(
                    "the thread " + Thread.currentThread().getName() + " must not wait for a delivery: it handles what"
                            + " the ring delivers, and no delivery comes about while the ring waits for it. Chain what"
                            + " follows to the future (thenAccept), or wait on another executor");
        }
    }
}
