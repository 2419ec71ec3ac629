package io.vsring.replicated;

import io.vsring.ring.OutcomeUnknownException;
import io.vsring.ring.RingException;
import java.time.Duration;
import java.util.ConcurrentModificationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A lock of all members that belongs to a thread, as often as that takes it. All views of one name on one member are
 * one lock. What a thread holds is kept by its object, not by its number: numbers are used again.
 */
final class ReentrantView implements Lock {

    /** Who holds what: there is an entry as long as a thread holds a lock, and no longer. */
    record Owner(String name, Thread thread) {}

    /** Touched by its owner only. */
    static final class Hold {

        private final HeldLock held;
        private int times = 1;

        Hold(HeldLock held) {
            this.held = held;
        }
    }

    private final String name;
    private final Supplier<LocalLocks> running;
    private final ConcurrentHashMap<Owner, Hold> holds;

    ReentrantView(String name, Supplier<LocalLocks> running, ConcurrentHashMap<Owner, Hold> holds) {
        this.name = name;
        this.running = running;
        this.holds = holds;
    }

    @Override
    public void lock() {
        if (!enterAgain()) {
            LocalLocks locks = running.get();
            HeldLock asked = locks.askAndWait(LocksReplica.Kind.ACQUIRE, name);
            boolean unused = enter(asked, locks.awaitForEverUninterruptibly(asked));
        }
    }

    @Override
    public void lockInterruptibly() throws InterruptedException {
        checkInterrupt();
        if (!enterAgain()) {
            LocalLocks locks = running.get();
            HeldLock asked = locks.askAndWait(LocksReplica.Kind.ACQUIRE, name);
            boolean unused = enter(asked, locks.awaitForEver(asked));
        }
    }

    @Override
    public boolean tryLock() {
        if (enterAgain()) {
            return true;
        }
        LocalLocks locks = running.get();
        HeldLock asked = locks.askAndWait(LocksReplica.Kind.TRY, name);
        try {
            return enter(asked, locks.awaitUninterruptibly(asked.granted()));
        } catch (OutcomeUnknownException late) {
            asked.abandon();
            throw late;
        }
    }

    @Override
    public boolean tryLock(long time, TimeUnit unit) throws InterruptedException {
        checkInterrupt();
        if (enterAgain()) {
            return true;
        }
        if (time <= 0) {
            return tryLock();
        }
        LocalLocks locks = running.get();
        HeldLock asked = locks.askAndWait(LocksReplica.Kind.ACQUIRE, name);
        return enter(
                asked,
                locks.awaitAtMost(asked, Duration.ofNanos(unit.toNanos(time))).orElse(null));
    }

    private static void checkInterrupt() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    private boolean enter(HeldLock asked, @Nullable LockHandle granted) {
        if (granted != null) {
            holds.put(new Owner(name, Thread.currentThread()), new Hold(asked));
        }
        return granted != null;
    }

    private boolean enterAgain() {
        Hold mine = holds.get(new Owner(name, Thread.currentThread()));
        if (mine == null) {
            return false;
        }
        if (mine.held.state() == LockState.LOST) {
            throw new ConcurrentModificationException("this thread had the lock " + name + " and has lost it: others"
                    + " have gone on without this member. Unlock it before it is taken again");
        }
        mine.times = Math.incrementExact(mine.times);
        return true;
    }

    @Override
    public void unlock() {
        Owner me = new Owner(name, Thread.currentThread());
        Hold mine = holds.get(me);
        if (mine == null) {
            throw new IllegalMonitorStateException("the lock " + name + " is not held by the thread "
                    + Thread.currentThread().getName()
                    + ": the thread that locks has to unlock; a LockHandle may be given back by any");
        }
        if (--mine.times > 0) {
            return;
        }
        holds.remove(me);
        boolean still;
        try {
            still = mine.held.awaitReleaseUninterruptibly();
        } catch (RingException unanswered) {
            throw new ConcurrentModificationException(
                    "whether the lock " + name + " was still held cannot be known: this member is cut off, or ends",
                    unanswered);
        }
        if (!still) {
            throw new ConcurrentModificationException("the lock " + name + " was lost before it was unlocked: others"
                    + " have gone on without this member, and what it did since may have been done by them too");
        }
    }

    @Override
    public Condition newCondition() {
        throw new UnsupportedOperationException(
                "a lock of all members has no conditions: who signals would have to know who waits on other members."
                        + " Keep what is waited for in a ReplicatedMap or a ReplicatedCounter");
    }

    @Override
    public String toString() {
        return "lock " + name;
    }
}
