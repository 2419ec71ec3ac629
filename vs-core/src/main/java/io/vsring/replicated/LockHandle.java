package io.vsring.replicated;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * A lock that has been granted. It belongs to whoever has this object, on whatever thread.
 *
 * <p>A process can stand still between {@link #isHeld} and what it does next, for as long as it likes. What must not be
 * done by two is to be sent with the {@link #fencingToken}, and refused by whoever has seen a greater one.
 */
public final class LockHandle implements AutoCloseable {

    private final HeldLock held;

    LockHandle(HeldLock held) {
        this.held = held;
    }

    /** The name of the lock. */
    public String name() {
        return held.name();
    }

    /** A number that is greater than those of all grants before, of this lock and of all others. */
    public long fencingToken() {
        return held.token();
    }

    /** What this member may believe of the lock at this moment. Never blocks. */
    public LockState state() {
        return held.state();
    }

    /** Whether {@link #state} is {@link LockState#HELD}. */
    public boolean isHeld() {
        return state() == LockState.HELD;
    }

    /**
     * Tells this listener once when the lock is lost; at once if it is lost already. On the delivery thread, or that of
     * the caller; must not wait.
     */
    public void onLost(Consumer<LockHandle> listener) {
        held.onLost(() -> listener.accept(this));
    }

    /** Gives the lock back; gives whether it was still this one's. */
    public CompletableFuture<Boolean> releaseAsync() {
        return held.release();
    }

    /** As {@link #releaseAsync}, and waits. If it throws, the lock is given back later, or lost. */
    public boolean release() {
        return held.awaitRelease();
    }

    /** As {@link #release}; does not throw if that fails, since then the lock is lost anyhow. */
    @Override
    public void close() {
        held.releaseAndWait();
    }
}
