package io.vsring.ring;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * A future of something that certain threads bring about: a ring's own, and those that they may have to wait for. Who
 * waits for it on one of them is refused, since the thread would wait for itself; so is who waits for a future that was
 * chained to it. {@code allOf} and {@code anyOf} make plain futures, which refuse nobody.
 */
public final class RingFuture<T> extends CompletableFuture<T> {

    private final BooleanSupplier mustNotWait;

    /** @param mustNotWait whether the calling thread is one on which the completion depends */
    public RingFuture(BooleanSupplier mustNotWait) {
        this.mustNotWait = mustNotWait;
    }

    /** What the future says, when it says it, on the thread on which it does. */
    static <T> RingFuture<T> of(Ring ring, CompletableFuture<T> source) {
        RingFuture<T> shown = new RingFuture<>(ring::isOwnThread);
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
     * @param mustNotWait whether the calling thread is one on which it depends that the wait ends
     * @throws ReentrantCallException if it is
     */
    public static void checkWaiting(BooleanSupplier mustNotWait) {
        if (mustNotWait.getAsBoolean()) {
            String thread = Thread.currentThread().getName();
            throw new ReentrantCallException("the thread " + thread
                    + " must not wait for what does not come about while the ring waits for it:"
                    + " chain what follows to the future (thenAccept), or wait on another thread");
        }
    }

    /**
     * For calls that are going to wait for this future: refuses also whoever would find it done by chance.
     *
     * @throws ReentrantCallException if the calling thread is one on which the completion depends
     */
    public static void checkWaitingFor(CompletableFuture<?> future) {
        if (future instanceof RingFuture<?> known) {
            checkWaiting(known.mustNotWait);
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
        return new RingFuture<>(mustNotWait);
    }

    private void checkUnlessDone() {
        if (!isDone()) {
            checkWaiting(mustNotWait);
        }
    }
}
