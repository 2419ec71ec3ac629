package io.vsring.autoconfigure;

import io.vsring.replicated.DiscardedState;
import io.vsring.replicated.PrimaryStatus;
import io.vsring.replicated.ReplicationListener;
import io.vsring.ring.Ring;
import io.vsring.ring.RingStatus;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one member is told of its replicated state: logs it, hands it on to the application's listeners, and lets
 * whoever starts the member wait until it is known what the member may do.
 */
final class ReplicationWatch implements ReplicationListener {

    private static final Logger log = LoggerFactory.getLogger(ReplicationWatch.class);

    private final List<ReplicationListener> listeners;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private PrimaryStatus.State state = PrimaryStatus.State.UNDECIDED; // guarded by the lock
    private PrimaryStatus.State logged = PrimaryStatus.State.UNDECIDED; // delivery thread
    private volatile @Nullable Ring ring;

    ReplicationWatch(List<ReplicationListener> listeners) {
        this.listeners = listeners;
    }

    /** Whose state it is; before it starts. */
    void of(Ring member) {
        ring = member;
    }

    private String member() {
        Ring known = ring;
        return known == null ? "unknown" : known.status().local().id().toString();
    }

    /** Then it says so itself. */
    private boolean hasLeft() {
        Ring known = ring;
        return known != null && known.status().state() == RingStatus.State.CLOSED;
    }

    /**
     * Waits until the member is in the primary component and has its state, or knows that it is in none.
     *
     * @return false if neither was so when the time was over
     */
    boolean awaitDecision(long timeoutNanos) throws InterruptedException {
        long remaining = timeoutNanos;
        lock.lock();
        try {
            while (state == PrimaryStatus.State.UNDECIDED) {
                if (remaining <= 0) {
                    return false;
                }
                remaining = changed.awaitNanos(remaining);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onStatus(PrimaryStatus status) {
        log(status);
        lock.lock();
        try {
            state = status.state();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        listeners.forEach(listener -> listener.onStatus(status));
    }

    /** What does not last is nobody's business. */
    private void log(PrimaryStatus status) {
        if (status.state() == PrimaryStatus.State.UNDECIDED || status.state() == logged || hasLeft()) {
            return;
        }
        logged = status.state();
        if (status.isPrimary()) {
            log.info(
                    "member={} is primary: replicated objects can be read and changed component={} members={}",
                    member(),
                    status.label(),
                    status.members().size());
        } else {
            log.warn(
                    "member={} is not primary: replicated objects can be read only, as they were lastComponent={}",
                    member(),
                    status.label().isEmpty() ? "none" : status.label());
        }
    }

    @Override
    public void onApplied(long history, long position, long digest) {
        listeners.forEach(listener -> listener.onApplied(history, position, digest));
    }

    @Override
    public void onDiscarded(DiscardedState state) {
        log.warn(
                "member={} gives up its replicated state for that of the primary component commands={} lost={}",
                member(),
                state.position(),
                state.lost().size());
        listeners.forEach(listener -> listener.onDiscarded(state));
    }

    @Override
    public void onWarning(String what, @Nullable Throwable why) {
        log.warn("member={} {}", member(), what, why);
        listeners.forEach(listener -> listener.onWarning(what, why));
    }
}
