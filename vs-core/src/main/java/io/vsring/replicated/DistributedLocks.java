package io.vsring.replicated;

import static java.util.Objects.requireNonNull;

import io.vsring.MemberId;
import io.vsring.ring.OutcomeUnknownException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.function.Supplier;

/**
 * Locks by name, one list of them on all members. A request is a message: the lock is granted when that is delivered,
 * safe, and nobody else holds it. Who asks first gets it first.
 *
 * <p>A lock is given back by whoever holds it, or by the configuration change with which its member leaves: no lease
 * has to run out. In a minority nothing is granted; a lock that was held there is {@linkplain LockState#SUSPENDED
 * suspended} before the others can grant it anew.
 */
public final class DistributedLocks {

    private final Supplier<LocalLocks> running;
    private final ConcurrentHashMap<ReentrantView.Owner, ReentrantView.Hold> threads = new ConcurrentHashMap<>();

    DistributedLocks(Supplier<LocalLocks> running) {
        this.running = running;
    }

    /**
     * Waits in the queue of the lock for as long as it takes.
     *
     * @return the lock; fails with {@link NotPrimaryException} if this member is in no primary component, or if others
     *     go on without it while it waits
     */
    public CompletableFuture<LockHandle> acquireAsync(String name) {
        return running.get().ask(LocksReplica.Kind.ACQUIRE, name).granted();
    }

    /**
     * As {@link #acquireAsync}, and waits.
     *
     * @throws InterruptedException if the caller was interrupted; it does not wait for the lock any more
     */
    public LockHandle acquire(String name) throws InterruptedException {
        LocalLocks locks = running.get();
        return locks.awaitForEver(locks.askAndWait(LocksReplica.Kind.ACQUIRE, name));
    }

    /** How many locks somebody holds or waits for, as this member knows it. */
    public int size() {
        return running.get().size();
    }

    /**
     * A lock that somebody holds.
     *
     * @param name of the lock
     * @param holder the member that was granted it last; it may be gone, and the lock not given on yet
     * @param fencingToken under which it holds the lock
     * @param waiting members that wait for it, the next one first; one with several callers is there as often
     */
    public record Held(String name, MemberId holder, long fencingToken, List<MemberId> waiting) {}

    /**
     * All locks that somebody holds, by name, as they were at one place of the order that this member has reached.
     * Others may have got further. Asks nobody, so it works in a minority too.
     */
    public CompletableFuture<List<Held>> snapshotAsync() {
        return running.get().snapshot();
    }

    /** As {@link #snapshotAsync}, and waits. */
    public List<Held> snapshot() {
        LocalLocks locks = running.get();
        return locks.await(locks.snapshot());
    }

    /** The lock if nobody has it at the place of this call in the order, else nothing. */
    public CompletableFuture<Optional<LockHandle>> tryAcquireAsync(String name) {
        return running.get().ask(LocksReplica.Kind.TRY, name).granted().thenApply(Optional::ofNullable);
    }

    /**
     * Waits in the queue of the lock, but not longer than this.
     *
     * @param timeout zero or less: only looks
     * @return the lock, or nothing if others had it all the time
     * @throws InterruptedException if the caller was interrupted; it does not wait for the lock any more
     */
    public Optional<LockHandle> tryAcquire(String name, Duration timeout) throws InterruptedException {
        LocalLocks locks = running.get();
        if (timeout.isZero() || timeout.isNegative()) {
            HeldLock tried = locks.askAndWait(LocksReplica.Kind.TRY, name);
            try {
                return Optional.ofNullable(locks.await(tried.granted()));
            } catch (OutcomeUnknownException late) {
                tried.abandon();
                throw late;
            }
        }
        return locks.awaitAtMost(locks.askAndWait(LocksReplica.Kind.ACQUIRE, name), timeout);
    }

    /**
     * The lock as one that belongs to the thread that takes it, as often as it likes: each {@code lock()} needs its
     * {@code unlock()}. All views of one name, and only these, know who has it; virtual threads may use it.
     *
     * <p>All methods wait for the ring, so none may be called on its own threads. They throw
     * {@link NotPrimaryException} where this member is in no primary component. {@code unlock()} throws
     * {@link IllegalMonitorStateException} if this thread does not hold the lock, and
     * {@link java.util.ConcurrentModificationException} if it was lost, or if that cannot be known; so does taking it
     * again after it was lost. An interrupt during {@code lock()}, {@code tryLock()} or {@code unlock()} ends nothing
     * and is kept. There are no conditions.
     */
    public Lock asLock(String name) {
        return new ReentrantView(requireNonNull(name, "name"), running, threads);
    }
}
