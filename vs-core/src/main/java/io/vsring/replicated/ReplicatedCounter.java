package io.vsring.replicated;

import java.util.concurrent.CompletableFuture;

/**
 * A number that is the same on all members of the primary component.
 *
 * <p>Changes return when every member of the configuration holds them, or throw: {@link NotPrimaryException} if nothing
 * has been changed, {@link io.vsring.ring.OutcomeUnknownException} if that cannot be known. They must not be waited for
 * on the ring's own threads; the asynchronous forms do not wait.
 *
 * <p>Where many threads of a member add at once, what they add while others are under way becomes one message; each is
 * answered its own sum, as if they had come one after the other, and if that message fails all of them do.
 */
public final class ReplicatedCounter {

    private final ReplicaHandle handle;

    ReplicatedCounter(ReplicaHandle handle) {
        this.handle = handle;
    }

    /** The name under which all members know it. */
    public String name() {
        return handle.name();
    }

    /** The value as this member knows it: includes what it was last answered, and may miss what others do now. */
    public long get() {
        return handle.here() instanceof CounterReplica replica ? replica.value() : 0;
    }

    /** The value at a place in the order after the beginning of this call: linearizable. */
    public CompletableFuture<Long> getOrderedAsync() {
        if (ReplicaMutant.READ_OF_MEMORY) {
            return CompletableFuture.completedFuture(get());
        }
        return handle.read(CounterReplica.get(), ByteReader::getLong);
    }

    /** As {@link #getOrderedAsync}, and waits. */
    public long getOrdered() {
        return handle.await(() -> getOrderedAsync());
    }

    /** Adds to the value, which wraps around like a {@code long}; gives the sum. */
    public CompletableFuture<Long> addAndGetAsync(long delta) {
        return handle.call(CounterReplica.add(delta), CounterReplica.ADDS, ByteReader::getLong);
    }

    /** As {@link #addAndGetAsync}, and waits. */
    public long addAndGet(long delta) {
        return handle.await(() -> addAndGetAsync(delta));
    }

    /** Adds one. */
    public long incrementAndGet() {
        return addAndGet(1);
    }

    /** Sets the value if it is the expected one; gives whether it was. */
    public CompletableFuture<Boolean> compareAndSetAsync(long expected, long next) {
        return handle.call(CounterReplica.compareAndSet(expected, next), ByteReader::getBoolean);
    }

    /** As {@link #compareAndSetAsync}, and waits. */
    public boolean compareAndSet(long expected, long next) {
        return handle.await(() -> compareAndSetAsync(expected, next));
    }
}
