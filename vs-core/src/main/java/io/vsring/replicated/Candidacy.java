package io.vsring.replicated;

import io.vsring.ring.Ring;
import io.vsring.ring.RingClosedException;
import io.vsring.ring.RingException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One candidate of this member: waits in the queue of a lock, leads while it has it, and waits again when it has lost
 * it. On the delivery thread, but for what says that any thread may ask.
 */
final class Candidacy {

    /** Of how many parts of the guard all but one may pass before the candidate is told. */
    private static final int GUARD_PARTS = 6;

    /** How often it is looked, in one guard, when this member was sure last. */
    private static final int LOOKS_PER_GUARD = 12;

    private final String name;
    private final LeaderElection.Candidate candidate;
    private final LocalLocks locks;
    private final Certainty certainty;
    private final Ring ring;
    private final ReplicationListener listener;
    private final CompletableFuture<Void> over;

    private @Nullable HeldLock claim; // asked for; may be granted
    private long sureNanos; // when it was sure last, or later than that
    private long looks; // only the last one that was put off counts
    private boolean ending;
    private volatile @Nullable HeldLock led; // what the candidate has been told of
    private volatile boolean doubted;

    Candidacy(
            String name,
            LeaderElection.Candidate candidate,
            LocalLocks locks,
            Certainty certainty,
            Ring ring,
            ReplicationListener listener,
            CompletableFuture<Void> over) {
        this.name = name;
        this.candidate = candidate;
        this.locks = locks;
        this.certainty = certainty;
        this.ring = ring;
        this.listener = listener;
        this.over = over;
    }

    /** Done when nothing is told any more. Any thread. */
    CompletableFuture<Void> over() {
        return over;
    }

    /** Whether this member leads, and can be sure of it. Any thread. */
    boolean leads() {
        HeldLock told = led;
        return told != null && !doubted && told.state() == LockState.HELD;
    }

    /** Somebody wants it to lead no more. Any thread. */
    void doubt() {
        doubted = true;
    }

    /** Takes its place in the queue, unless it has one. */
    void stand() {
        if (ending || claim != null) {
            return;
        }
        HeldLock asked;
        try {
            asked = locks.ask(LocksReplica.Kind.ACQUIRE, name);
        } catch (NotPrimaryException | RingClosedException away) {
            return; // it stands again when this member is primary
        } catch (RingException full) {
            ring.schedule(this::stand, certainty.guard().dividedBy(LOOKS_PER_GUARD));
            return;
        }
        claim = asked;
        asked.onLost(() -> lost(asked));
        CompletableFuture<Void> unused = asked.granted().handle((handle, failure) -> {
            ring.execute(() -> answered(asked, failure)); // not at once: the state may be about to change
            return null;
        });
    }

    private void answered(HeldLock asked, @Nullable Throwable failure) {
        if (claim != asked) {
            return;
        }
        if (failure == null) {
            look();
        } else {
            claim = null;
            stand();
        }
    }

    private void lost(HeldLock asked) {
        if (claim == asked) {
            claim = null;
            revoke();
            stand();
        }
    }

    void changed(PrimaryStatus status) {
        if (status.isPrimary()) {
            stand();
            look();
        } else if (status.state() == PrimaryStatus.State.NOT_PRIMARY) {
            revoke(); // others may go on, from now or from earlier
        }
    }

    /** Compares what the candidate has been told with what can be sure at this moment, and looks again in time. */
    private void look() {
        HeldLock mine = claim;
        if (ending || mine == null || mine.token() == 0) {
            return;
        }
        long now = ring.nanoTime();
        Duration age = certainty.age(mine.guard());
        if (age != null) {
            sureNanos = now - age.toNanos();
            grant(mine);
        }
        long guard = mine.guard().toNanos();
        long left = guard / GUARD_PARTS * (GUARD_PARTS - 1) - (now - sureNanos);
        if (led != null && left <= 0) {
            revoke();
        }
        long next = led == null ? Long.MAX_VALUE : left;
        long mark = ++looks;
        ring.schedule(
                () -> {
                    if (mark == looks) {
                        look();
                    }
                },
                Duration.ofNanos(Math.min(next, guard / LOOKS_PER_GUARD)));
    }

    private void grant(HeldLock mine) {
        if (led == null && !doubted && mine.state() == LockState.HELD) {
            led = mine;
            tell("onGranted", () -> candidate.onGranted(mine.token()));
        }
    }

    private void revoke() {
        HeldLock told = led;
        if (told != null) {
            led = null; // first: who hears of it must not find that it leads
            tell("onRevoked", () -> candidate.onRevoked(told.token()));
        }
    }

    private void tell(String method, Runnable call) {
        try {
            call.run();
        } catch (RuntimeException | StackOverflowError thrown) {
            listener.onWarning(
                    "the candidate of the election " + name + " threw in " + method + "; it counts as told", thrown);
        }
    }

    /** Gives up what it leads, and stands behind all others. */
    void resign() {
        if (claim != null && claim.token() != 0) {
            revoke();
            CompletableFuture<Void> unused = giveBack();
            stand();
        }
        doubted = false;
    }

    /**
     * Stands no more.
     *
     * @param last done when the others know, before anybody hears that it is over
     */
    void end(Runnable last) {
        if (ending) {
            return;
        }
        ending = true;
        revoke();
        CompletableFuture<Void> unused = giveBack().thenRun(() -> {
            last.run();
            over.complete(null);
        });
    }

    private CompletableFuture<Void> giveBack() {
        HeldLock mine = claim;
        claim = null;
        if (mine == null) {
            return CompletableFuture.completedFuture(null);
        }
        try {
            return mine.release().handle((still, failure) -> null);
        } catch (RingException refused) {
            return CompletableFuture.completedFuture(null); // others get it, or it is given back in the next component
        }
    }

    /** Nothing comes any more. */
    void ended() {
        ending = true;
        revoke();
        over.complete(null);
    }
}
