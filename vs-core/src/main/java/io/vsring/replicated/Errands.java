package io.vsring.replicated;

import io.vsring.ring.Ring;
import io.vsring.ring.RingClosedException;
import io.vsring.ring.RingFuture;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What other threads want to know from the delivery thread; when the ring ends nobody waits on. Any thread. */
final class Errands {

    /** So many may be asked at once. */
    static final int OPEN_MAX = 1024;

    private final Ring ring;
    private final AtomicLong last = new AtomicLong();
    private final ConcurrentHashMap<Long, CompletableFuture<?>> open = new ConcurrentHashMap<>();
    private volatile boolean ended;

    Errands(Ring ring) {
        this.ring = ring;
    }

    /** What has been asked and not answered. */
    int open() {
        return open.size();
    }

    /**
     * Runs this between two deliveries.
     *
     * @return what came of it; fails with {@link RingClosedException} if the ring ends before, and with
     *     {@link ReplicaException} if too many ask at once
     */
    <T> CompletableFuture<@Nullable T> run(Supplier<@Nullable T> work) {
        RingFuture<@Nullable T> result = new RingFuture<>(ring::isOwnThread);
        long number = last.incrementAndGet();
        synchronized (this) {
            if (open.size() >= OPEN_MAX) {
                result.completeExceptionally(new ReplicaException(
                        OPEN_MAX + " such questions wait for the delivery thread already: wait for their answers"));
                return result;
            }
            open.put(number, result);
        }
        ring.execute(() -> {
            open.remove(number);
            try {
                result.complete(work.get());
            } catch (RuntimeException failure) {
                result.completeExceptionally(failure);
            }
        });
        if (ended) {
            end(); // it may have come too late to be run, or to be ended
        }
        return result;
    }

    /** Nothing is run any more. */
    void end() {
        ended = true;
        open.forEach((number, each) ->
                each.completeExceptionally(new RingClosedException("this member has ended: nothing was looked at")));
        open.clear();
    }
}
