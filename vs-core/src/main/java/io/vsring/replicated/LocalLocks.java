package io.vsring.replicated;

import io.vsring.MemberId;
import io.vsring.ring.OutcomeUnknownException;
import io.vsring.ring.RingClosedException;
import io.vsring.ring.RingException;
import io.vsring.ring.RingFuture;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The locks that this member holds or waits for. Any thread asks for them, the delivery thread gives them. */
final class LocalLocks implements LocksReplica.Grants, Replication.Watch {

    private static final Duration FOR_EVER = Duration.ofNanos(Long.MAX_VALUE);

    private final MemberId self;
    private final ReplicaHandle handle;
    private final BooleanSupplier ownThread;
    private final BooleanSupplier mustNotWait;
    private final Certainty certainty;
    private final ReplicationListener listener;
    private final AtomicLong sessions = new AtomicLong();
    private final ConcurrentHashMap<Long, HeldLock> open = new ConcurrentHashMap<>();

    /**
     * @param handle of the object that has the locks
     * @param ownThread whether the calling thread is one of the ring's
     * @param mustNotWait whether it is one of these, or another one that must not wait for an answer
     * @param listener is told what listeners to the loss of a lock throw
     */
    LocalLocks(
            MemberId self,
            ReplicaHandle handle,
            BooleanSupplier ownThread,
            BooleanSupplier mustNotWait,
            Certainty certainty,
            ReplicationListener listener) {
        this.self = self;
        this.handle = handle;
        this.ownThread = ownThread;
        this.mustNotWait = mustNotWait;
        this.certainty = certainty;
        this.listener = listener;
    }

    /** How many locks somebody holds or waits for, as this member knows it. Any thread. */
    int size() {
        return handle.here() instanceof LocksReplica replica ? replica.size() : 0;
    }

    /** Who holds this lock, as this member knows it; null if nobody does. Any thread. */
    LocksReplica.@Nullable Holder holder(String name) {
        return handle.here() instanceof LocksReplica replica ? replica.holder(name) : null;
    }

    CompletableFuture<List<DistributedLocks.Held>> snapshot() {
        return handle.whileNothingChanges(here -> here instanceof LocksReplica replica ? replica.held() : List.of());
    }

    boolean isSure(Duration guard) {
        return certainty.holds(guard);
    }

    void warn(String what, Throwable why) {
        listener.onWarning(what, why);
    }

    /**
     * As {@link #ask}, of who is going to wait for it.
     *
     * @throws io.vsring.ring.ReentrantCallException if this thread must not; nothing has been asked for
     */
    HeldLock askAndWait(LocksReplica.Kind kind, String name) {
        RingFuture.checkWaiting(mustNotWait);
        return ask(kind, name);
    }

    /** Asks for a lock; the session is over if the future fails. */
    HeldLock ask(LocksReplica.Kind kind, String name) {
        long guardMillis = certainty.guard().toMillis();
        HeldLock held = new HeldLock(
                this, name, sessions.incrementAndGet(), Duration.ofMillis(guardMillis), new RingFuture<>(mustNotWait));
        open.put(held.session(), held);
        CompletableFuture<Long> asked;
        try {
            asked = handle.call(LocksReplica.acquire(kind, name, held.session(), guardMillis), ByteReader::getNumber);
        } catch (RingException refused) {
            open.remove(held.session());
            throw refused;
        }
        CompletableFuture<Void> unused = asked.handle((token, failure) -> {
            if (failure == null && ownThread.getAsBoolean()) {
                settle(held, kind, null); // what is answered on one of our threads is on the delivery thread
            } else {
                handle.onDeliveryThread(() -> settle(held, kind, failure));
            }
            return null;
        });
        return held;
    }

    /** The call has been answered, or failed: what counts is what the state says by now. Delivery thread. */
    private void settle(HeldLock held, LocksReplica.Kind kind, @Nullable Throwable failure) {
        if (!open.containsKey(held.session())) {
            forget(held.name(), held.session()); // nobody waits for it any more
            return;
        }
        if (failure != null) {
            open.remove(held.session());
            held.fail(failure);
            if (failure instanceof OutcomeUnknownException || failure.getCause() instanceof OutcomeUnknownException) {
                forget(held.name(), held.session());
            }
            return;
        }
        long token = tokenOf(held);
        if (token != 0) {
            give(held, token);
        } else if (kind == LocksReplica.Kind.TRY) {
            open.remove(held.session());
            held.refuse();
        } else if (isWaiting(held)) {
            held.queue();
        } else {
            open.remove(held.session());
            held.lose(HeldLock.passedOver(
                    held.name())); // it was granted or queued, and given to others while this member was away
        }
    }

    private void give(HeldLock held, long token) {
        if (!held.grant(token)) { // its caller has gone
            open.remove(held.session());
            forget(held.name(), held.session());
        }
    }

    private long tokenOf(HeldLock held) {
        return handle.here() instanceof LocksReplica replica ? replica.tokenOf(held.name(), self, held.session()) : 0;
    }

    private boolean isWaiting(HeldLock held) {
        return handle.here() instanceof LocksReplica replica && replica.isWaiting(held.name(), self, held.session());
    }

    CompletableFuture<Boolean> release(HeldLock held) {
        open.remove(held.session());
        return handle.call(LocksReplica.release(held.name(), held.session()), ByteReader::getBoolean);
    }

    <T> T await(CompletableFuture<T> future) {
        return handle.await(future);
    }

    <T> T awaitUninterruptibly(CompletableFuture<T> future) {
        return handle.awaitUninterruptibly(future);
    }

    /** Waits until the lock is granted; who is interrupted waits for it no more. */
    LockHandle awaitForEver(HeldLock held) throws InterruptedException {
        return awaitAtMost(held, FOR_EVER).orElseThrow();
    }

    /** As {@link #awaitForEver}, but not longer than this: then nobody waits for it any more. */
    Optional<LockHandle> awaitAtMost(HeldLock held, Duration timeout) throws InterruptedException {
        long nanos = timeout.compareTo(FOR_EVER) < 0 ? timeout.toNanos() : Long.MAX_VALUE;
        try {
            return Optional.of(held.granted().get(nanos, TimeUnit.NANOSECONDS));
        } catch (TimeoutException late) {
            held.abandon();
            return Optional.empty();
        } catch (InterruptedException interrupted) {
            held.abandon();
            throw interrupted;
        } catch (ExecutionException failed) {
            throw reason(failed);
        }
    }

    /** As {@link #awaitForEver}; an interrupt is remembered for later. */
    LockHandle awaitForEverUninterruptibly(HeldLock held) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return held.granted().get();
                } catch (InterruptedException again) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException failed) {
            throw reason(failed);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static RingException reason(ExecutionException failed) {
        return failed.getCause() instanceof RingException known ? known : new RingException("no lock", failed);
    }

    @Override
    public void granted(MemberId client, long session, long token) {
        HeldLock held = client.equals(self) ? open.get(session) : null;
        if (held != null && held.isQueued()) {
            give(held, token);
        } // else its call is answered yet, and then the state is looked at
    }

    /**
     * What the state does not know of is lost, what was granted meanwhile is there, what nobody wants is given back.
     */
    @Override
    public void primary() {
        if (ReplicaMutant.LOCKS_NOT_COMPARED) {
            return;
        }
        if (handle.here() instanceof LocksReplica replica) {
            replica.forEachOf(self, (name, session) -> {
                if (!open.containsKey(session)) {
                    forget(name, session);
                }
            });
        }
        for (HeldLock held : inOrder()) {
            long token = tokenOf(held);
            if (token != 0 && held.isQueued()) {
                give(held, token);
            } else if (token == 0 && (held.token() != 0 || held.isQueued()) && !isWaiting(held)) {
                open.remove(held.session());
                held.lose(HeldLock.passedOver(held.name()));
            } // else its call is under way still
        }
    }

    private Collection<HeldLock> inOrder() {
        return new TreeMap<>(open).values();
    }

    private void forget(String name, long session) {
        try {
            CompletableFuture<Boolean> unused =
                    handle.call(LocksReplica.release(name, session), ByteReader::getBoolean);
        } catch (RingException refused) {
            return; // the next time that this member is primary it is seen again
        }
    }

    /** This member is about to leave: nobody need wait for what it holds. Delivery thread. */
    void leave() {
        for (HeldLock held : inOrder()) {
            end(held, "this member is leaving");
            forget(held.name(), held.session());
        }
    }

    @Override
    public void ended() {
        for (HeldLock held : inOrder()) {
            end(held, "this member has ended");
        }
    }

    private void end(HeldLock held, String why) {
        open.remove(held.session());
        held.lose(new RingClosedException(why + ", and holds or awaits the lock " + held.name() + " no more"));
    }
}
