package io.vsring.ring;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A future of something that a ring's own threads bring about. Whoever waits for it on one of them is refused, since
 * the thread would wait for itself; so is who waits for a future that was derived from it.
 */
public final class RingFuture<T> extends CompletableFuture<T> {

    private final Ring ring;

    /** @param ring whose threads complete it */
    public RingFuture(Ring ring) {
        this.ring = ring;
    }

    /** What the future says, when it says it, on the thread on which it does. */
    static <T> RingFuture<T> of(Ring ring, CompletableFuture<T> source) {
        RingFuture<T> shown = new RingFuture<>(ring);
        CompletableFuture<T> unused = source.whenComplete((value, failure) -> {
            if (failure == null) {
                shown.complete(value);
            } else {
                shown.completeExceptionally(failure);
            }
        });
        return shown;
    }

    /**
     * For calls that are going to wait, before they do anything.
     *
     * @throws ReentrantCallException if the caller is one of this ring's own threads
     */
    public static void checkWaiting(Ring ring) {
        if (ring.isOwnThread()) {
            String thread = Thread.currentThread().getName();
            throw new ReentrantCallException("the ring's own thread " + thread
                    + " must not wait for what only it can bring about:"
                    + " chain what follows to the future, or wait on another thread");
        }
    }

    @Override
    public T get() throws InterruptedException, ExecutionException {
        checkUnlessDone();
        return super.get();
    }

    @Override
    public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        checkUnlessDone();
        return super.get(timeout, unit);
    }

    @Override
    public T join() {
        checkUnlessDone();
        return super.join();
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new RingFuture<>(ring);
    }

    private void checkUnlessDone() {
        if (!isDone()) {
            checkWaiting(ring);
        }
    }
}
