package io.vsring.replicated;

import io.vsring.Guarantee;
import io.vsring.MemberId;
import io.vsring.ring.OutcomeUnknownException;
import io.vsring.ring.RingException;
import io.vsring.ring.RingFuture;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The locks that this member holds or waits for. Any thread asks for them, the delivery thread gives them. */
final class LocalLocks implements LocksReplica.Grants, Replication.Watch {

    static final String NAME = "locks";

    private final MemberId self;
    private final ReplicaHandle handle;
    private final BooleanSupplier ownThread;
    private final BooleanSupplier sure;
    private final LongSupplier guardMillis;
    private final AtomicLong sessions = new AtomicLong();
    private final ConcurrentSkipListMap<Long, HeldLock> open = new ConcurrentSkipListMap<>();

    /**
     * @param sure whether this member can be sure at this moment that nobody goes on without it
     * @param guardMillis how long after this member is gone nobody else may have its locks
     */
    LocalLocks(
            MemberId self,
            ReplicaHandle handle,
            BooleanSupplier ownThread,
            BooleanSupplier sure,
            LongSupplier guardMillis) {
        this.self = self;
        this.handle = handle;
        this.ownThread = ownThread;
        this.sure = sure;
        this.guardMillis = guardMillis;
    }

    static ReplicaHandle handle(ReplicatedObjects objects) {
        return new ReplicaHandle(objects, NAME, LocksReplica.KIND, Guarantee.SAFE);
    }

    int size() {
        return handle.here() instanceof LocksReplica replica ? replica.size() : 0;
    }

    boolean isSure() {
        return sure.getAsBoolean();
    }

    /** Asks for a lock; the session is over if the future fails. */
    HeldLock ask(LocksReplica.Kind kind, String name) {
        HeldLock held = new HeldLock(this, name, sessions.incrementAndGet(), new RingFuture<>(ownThread));
        open.put(held.session(), held);
        CompletableFuture<Long> asked;
        try {
            asked = handle.call(
                    LocksReplica.acquire(kind, name, held.session(), guardMillis.getAsLong()), ByteReader::getNumber);
        } catch (RingException refused) {
            open.remove(held.session());
            throw refused;
        }
        CompletableFuture<Void> unused = asked.handle((token, failure) -> {
            handle.onDeliveryThread(() -> settle(held, kind, failure));
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
            held.lose(); // it was granted or queued, and given to others while this member was away
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

    /** Waits until the lock is granted; who is interrupted waits for it no more. */
    LockHandle await(HeldLock held, @Nullable Duration timeout) throws InterruptedException, TimeoutException {
        RingFuture.checkWaiting(ownThread);
        try {
            return timeout == null ? held.granted().get() : held.granted().get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            held.abandon();
            throw interrupted;
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RingException known ? known : new RingException("no lock", failed);
        }
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
        for (HeldLock held : open.values()) {
            long token = tokenOf(held);
            if (token != 0 && held.isQueued()) {
                give(held, token);
            } else if (token == 0 && (held.token() != 0 || held.isQueued()) && !isWaiting(held)) {
                open.remove(held.session());
                held.lose();
            } // else its call is under way still
        }
    }

    private void forget(String name, long session) {
        try {
            CompletableFuture<Boolean> unused =
                    handle.call(LocksReplica.release(name, session), ByteReader::getBoolean);
        } catch (RingException refused) {
            return; // the next time that this member is primary it is seen again
        }
    }

    @Override
    public void ended() {
        for (HeldLock held : open.values()) {
            open.remove(held.session());
            held.lose();
        }
    }
}
