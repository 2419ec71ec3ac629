package io.vsring.replicated;

import io.vsring.ring.RingException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A session that wants a lock, has it, or had it. The delivery thread grants and takes away, any thread asks. */
final class HeldLock {

    private final LocalLocks locks;
    private final String name;
    private final long session;
    private final Duration guard;
    private final CompletableFuture<LockHandle> granted;
    private volatile long token; // 0 until granted
    private volatile boolean queued;
    private volatile @Nullable LockState end;
    private final List<Runnable> listeners = new ArrayList<>(); // guarded by this

    /** @param guard how long after this member is gone the lock is given to nobody else */
    HeldLock(LocalLocks locks, String name, long session, Duration guard, CompletableFuture<LockHandle> granted) {
        this.locks = locks;
        this.name = name;
        this.session = session;
        this.guard = guard;
        this.granted = granted;
    }

    String name() {
        return name;
    }

    long session() {
        return session;
    }

    long token() {
        return token;
    }

    Duration guard() {
        return guard;
    }

    CompletableFuture<LockHandle> granted() {
        return granted;
    }

    LockState state() {
        LockState over = end;
        return over != null ? over : locks.isSure(guard) ? LockState.HELD : LockState.SUSPENDED;
    }

    /** Somebody else holds the lock, and this one is in its queue. */
    void queue() {
        queued = true;
    }

    boolean isQueued() {
        return queued;
    }

    /** The lock is this one's. Once; again means nothing. False if nobody waits for it any more. */
    boolean grant(long fencingToken) {
        if (token != 0) {
            return true;
        }
        token = fencingToken;
        return granted.complete(new LockHandle(this));
    }

    /** Others hold it, and nobody wants to wait. */
    void refuse() {
        end = LockState.RELEASED;
        granted.complete(null);
    }

    void fail(Throwable failure) {
        end = LockState.RELEASED;
        granted.completeExceptionally(failure);
    }

    /** Nobody waits for it any more; if it is granted all the same it is given back. */
    void abandon() {
        granted.completeExceptionally(new CancellationException("nobody waits for the lock " + name + " any more"));
        try {
            CompletableFuture<Boolean> unused = release();
        } catch (RingException refused) {
            return; // the next time that this member is primary it is given back
        }
    }

    /** Why who waits for a lock waits no more. */
    static NotPrimaryException passedOver(String name) {
        return new NotPrimaryException(
                "others have gone on without this member, and it does not wait for the lock " + name + " any more");
    }

    /**
     * It is this one's no more, and not because that was wanted.
     *
     * @param why for who still waits for it
     */
    void lose(RingException why) {
        List<Runnable> told;
        synchronized (this) {
            if (end != null) {
                return;
            }
            end = LockState.LOST;
            told = List.copyOf(listeners);
        }
        granted.completeExceptionally(why);
        told.forEach(this::tell);
    }

    void onLost(Runnable listener) {
        synchronized (this) {
            if (end != LockState.LOST) {
                listeners.add(listener);
                return;
            }
        }
        tell(listener);
    }

    private void tell(Runnable listener) {
        try {
            listener.run();
        } catch (RuntimeException | StackOverflowError thrown) {
            locks.warn("a listener to the loss of the lock " + name + " threw; the lock is lost all the same", thrown);
        }
    }

    CompletableFuture<Boolean> release() {
        synchronized (this) {
            if (end != null) {
                return CompletableFuture.completedFuture(false);
            }
            end = LockState.RELEASED;
        }
        return locks.release(this);
    }

    boolean awaitRelease() {
        return locks.await(release());
    }

    boolean awaitReleaseUninterruptibly() {
        return locks.awaitUninterruptibly(release());
    }

    void releaseAndWait() {
        try {
            boolean unused = awaitRelease();
        } catch (RingException lost) {
            return; // this member is cut off, or ends: then others get it; or it is given back the next time it is
            // primary
        }
    }
}
