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
import org.jspecify.annotations.Nullable;

/** The locks that this member holds or waits for. Any thread asks for them, the delivery thread gives them. */
final class LocalLocks implements LocksReplica.Grants, Replication.Watch {

    static final String NAME = "locks";

    private final MemberId self;
    private final ReplicaHandle handle;
    private final BooleanSupplier ownThread;
    private final BooleanSupplier sure;
    private final long guardMillis;
    private final AtomicLong sessions = new AtomicLong();
    private final ConcurrentSkipListMap<Long, HeldLock> open = new ConcurrentSkipListMap<>();

    /**
     * @param sure whether this member can be sure at this moment that nobody goes on without it
     * @param guard how long after this member is gone nobody else may have its locks
     */
    LocalLocks(
            MemberId self, ReplicaHandle handle, BooleanSupplier ownThread, BooleanSupplier sure, Duration guard) {
        this.self = self;
        this.handle = handle;
        this.ownThread = ownThread;
        this.sure = sure;
        this.guardMillis = guard.toMillis();
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
                    LocksReplica.acquire(kind, name, held.session(), guardMillis), ByteReader::getNumber);
        } catch (RingException refused) {
            open.remove(held.session());
            throw refused;
        }
        CompletableFuture<Void> unused = asked.handle((token, failure) -> {
            if (failure != null) {
                open.remove(held.session());
                held.granted().completeExceptionally(failure);
                forgetClaim(held, failure);
            } else if (token > 0) {
                held.grant(token);
            } else if (kind == LocksReplica.Kind.TRY) {
                open.remove(held.session());
                held.granted().complete(null);
            } else {
                held.queue();
            }
            return null;
        });
        return held;
    }

    /** If the call may have been carried out after all, nobody else would ever give the lock back. */
    private void forgetClaim(HeldLock held, Throwable failure) {
        if (failure instanceof OutcomeUnknownException || failure.getCause() instanceof OutcomeUnknownException) {
            try {
                CompletableFuture<Boolean> unused = release(held);
            } catch (RingException refused) {
                return; // then this member is cut off, or ends: its claims go with it
            }
        }
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
            return timeout == null
                    ? held.granted().get()
                    : held.granted().get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            CompletableFuture<Boolean> unused = held.release();
            throw interrupted;
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RingException known ? known : new RingException("no lock", failed);
        }
    }

    @Override
    public void granted(MemberId client, long session, long token) {
        HeldLock held = client.equals(self) ? open.get(session) : null;
        if (held != null) {
            held.grant(token);
        }
    }

    /** This member is primary: what the state does not know of is lost, what was granted meanwhile is there. */
    @Override
    public void primary() {
        if (!(handle.here() instanceof LocksReplica replica)) {
            open.values().forEach(this::drop);
            return;
        }
        // What was given back while nothing could be said.
        replica.forEachOf(self, (name, session) -> {
            if (!open.containsKey(session)) {
                forget(name, session);
            }
        });
        for (HeldLock held : open.values()) {
            long token = replica.tokenOf(held.name(), self, held.session());
            if (token != 0) {
                held.grant(token);
            } else if (held.token() != 0) {
                drop(held);
            } else if (held.isQueued() && !replica.isWaiting(held.name(), self, held.session())) {
                open.remove(held.session());
                held.lose();
            } // else its call is under way still, or it waits
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

    private void drop(HeldLock held) {
        if (held.token() != 0) {
            open.remove(held.session());
            held.lose();
        }
    }
}
