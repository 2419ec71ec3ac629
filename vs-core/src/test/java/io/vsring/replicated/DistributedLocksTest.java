package io.vsring.replicated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vsring.ConfigurationChange;
import io.vsring.Delivery;
import io.vsring.ring.ReentrantCallException;
import io.vsring.ring.RingClosedException;
import io.vsring.ring.RingHandler;
import io.vsring.ring.RingOptions;
import io.vsring.transport.FreePorts;
import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The locks of one member, from many threads. */
@Timeout(60)
@SuppressWarnings("LockNotBeforeTry") // when and by whom it is unlocked is what is tested
class DistributedLocksTest {

    private final BlockingQueue<String> warnings = new LinkedBlockingQueue<>();
    private final BlockingQueue<Boolean> primary = new LinkedBlockingQueue<>();
    private ReplicatedObjects member;
    private DistributedLocks locks;

    @BeforeEach
    void start() throws Exception {
        RingHandler silent = new RingHandler() {
            @Override
            public void onMessage(Delivery delivery) {}

            @Override
            public void onConfigurationChange(ConfigurationChange change) {}
        };
        ReplicationListener listener = new ReplicationListener() {
            @Override
            public void onStatus(PrimaryStatus status) {
                if (status.isPrimary()) {
                    primary.add(true);
                    throw new IllegalStateException("thrown by onStatus");
                }
            }

            @Override
            public void onWarning(String what, @Nullable Throwable why) {
                warnings.add(what + ": " + (why == null ? "" : why.getMessage()));
            }
        };
        int port = FreePorts.first(1);
        RingOptions options =
                RingOptions.builder().memberId(1).ports(port, port).build();
        member = ReplicatedObjects.open(ReplicationOptions.defaults(), silent, listener, options::open);
        member.ring().start().get(10, TimeUnit.SECONDS);
        assertThat(primary.poll(30, TimeUnit.SECONDS)).isTrue();
        locks = member.locks();
    }

    @AfterEach
    void close() {
        member.ring().close();
    }

    @Test
    void aThreadTakesItsLockAgainAndOthersGetItWhenItHasUnlockedAsOften() throws Exception {
        Lock lock = locks.asLock("invoice:42");
        lock.lock();
        locks.asLock("invoice:42").lockInterruptibly();
        assertThat(lock.tryLock()).isTrue();
        assertThat(lock.tryLock(1, TimeUnit.SECONDS)).isTrue();
        assertThat(elsewhere(() -> locks.asLock("invoice:42").tryLock())).isFalse();
        assertThat(elsewhere(() -> locks.asLock("invoice:42").tryLock(1, TimeUnit.MILLISECONDS)))
                .isFalse();

        for (int i = 0; i < 3; i++) {
            lock.unlock();
            assertThat(elsewhere(lock::tryLock)).as("after %d times", i + 1).isFalse();
        }
        lock.unlock();

        assertThat(elsewhere(() -> {
                    boolean taken = lock.tryLock();
                    lock.unlock();
                    return taken;
                }))
                .isTrue();
        assertThat(locks.size()).isZero();
    }

    @Test
    void aHandleAndAThreadShutEachOtherOut() throws Exception {
        try (LockHandle handle = locks.acquire("l")) {
            assertThat(handle.isHeld()).isTrue();
            assertThat(locks.asLock("l").tryLock()).isFalse();
        }
        Lock lock = locks.asLock("l");
        lock.lock();
        assertThat(locks.tryAcquireAsync("l").get(10, TimeUnit.SECONDS)).isEmpty();
        lock.unlock();
    }

    @Test
    void whoDoesNotHoldALockCannotUnlockIt() throws Exception {
        Lock lock = locks.asLock("l");
        assertThatThrownBy(lock::unlock).isInstanceOf(IllegalMonitorStateException.class);
        lock.lock();

        assertThatThrownBy(() -> elsewhere(() -> {
                    lock.unlock();
                    return true;
                }))
                .hasCauseInstanceOf(IllegalMonitorStateException.class)
                .hasMessageContaining("not held by");
        lock.unlock();
        assertThatThrownBy(lock::unlock).isInstanceOf(IllegalMonitorStateException.class);
    }

    @Test
    void anInterruptEndsLockInterruptiblyOnlyAndLeavesNobodyWaiting() throws Exception {
        Lock lock = locks.asLock("l");
        Thread.currentThread().interrupt();
        lock.lock();
        assertThat(lock.tryLock()).isTrue();
        lock.unlock();
        assertThatThrownBy(lock::lockInterruptibly).isInstanceOf(InterruptedException.class);
        assertThatThrownBy(() -> interrupted(lock)).hasCauseInstanceOf(InterruptedException.class);

        Thread.currentThread().interrupt();
        lock.unlock();

        assertThat(Thread.interrupted()).as("it is kept").isTrue();
        assertThat(member.counter("in between").incrementAndGet())
                .isEqualTo(1); // what was given up has been given back
        assertThat(locks.size()).isZero();
    }

    /** Another thread waits for the lock until it is interrupted. */
    private boolean interrupted(Lock lock) throws Exception {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        Thread waiter = new Thread(() -> {
            try {
                lock.lockInterruptibly();
                done.complete(true);
            } catch (InterruptedException expected) {
                done.completeExceptionally(expected);
            }
        });
        waiter.start();
        waiter.interrupt();
        return done.get(30, TimeUnit.SECONDS);
    }

    @Test
    void whoUnlocksWhatWasLostIsToldSo() throws Exception {
        Lock lock = locks.asLock("l");
        lock.lock();
        member.leave().get(20, TimeUnit.SECONDS);

        assertThatThrownBy(lock::tryLock)
                .isInstanceOf(ConcurrentModificationException.class)
                .hasMessageContaining("lost");
        assertThatThrownBy(lock::unlock).isInstanceOf(ConcurrentModificationException.class);
        assertThatThrownBy(lock::unlock).as("once").isInstanceOf(IllegalMonitorStateException.class);
        assertThatThrownBy(lock::lock).isInstanceOf(RingClosedException.class);
    }

    @Test
    void whoeverListensIsToldOfTheLossOnceAndWhatItThrowsIsAWarning() throws Exception {
        List<String> told = new ArrayList<>();
        LockHandle handle = locks.acquire("l");
        handle.onLost(lost -> {
            told.add(lost.name() + lost.state());
            throw new IllegalStateException("thrown by onLost");
        });
        handle.onLost(lost -> told.add("second"));
        CompletableFuture<LockHandle> waiting = locks.acquireAsync("l");

        member.leave().get(20, TimeUnit.SECONDS);
        handle.onLost(lost -> told.add("late"));

        assertThat(told).containsExactly("lLOST", "second", "late");
        assertThat(warnings).anyMatch(warning -> warning.contains("lock l") && warning.contains("thrown by onLost"));
        assertThat(warnings).as("of the listener to replication").anyMatch(warning -> warning.contains("by onStatus"));
        assertThatThrownBy(() -> waiting.get(1, TimeUnit.SECONDS)).hasCauseInstanceOf(RingClosedException.class);
        assertThat(handle.releaseAsync().join()).isFalse();
    }

    @Test
    void aThousandLocksThatWereGivenBackAreNoMore() throws Exception {
        List<CompletableFuture<Boolean>> all = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            all.add(locks.acquireAsync("lock-" + i).thenCompose(LockHandle::releaseAsync));
            all.add(locks.tryAcquireAsync("lock-" + i).thenApply(held -> {
                held.ifPresent(LockHandle::releaseAsync);
                return true;
            }));
        }
        for (CompletableFuture<Boolean> each : all) {
            assertThat(each.get(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(member.counter("after them").incrementAndGet()).isEqualTo(1);

        assertThat(locks.size()).isZero();
    }

    @Test
    void nobodyWaitsForALockOnTheThreadThatWouldGrantIt() {
        CompletableFuture<Boolean> refused = new CompletableFuture<>();
        member.ring().execute(() -> {
            try {
                refused.complete(locks.asLock("l").tryLock());
            } catch (ReentrantCallException expected) {
                refused.completeExceptionally(expected);
            }
        });

        assertThatThrownBy(() -> refused.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(ReentrantCallException.class);
        assertThat(locks.snapshot()).as("and nobody has got it").isEmpty();
    }

    @Test
    void thereAreNoConditions() {
        assertThatThrownBy(() -> locks.asLock("l").newCondition())
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("ReplicatedMap");
    }

    private interface Attempt {
        boolean make() throws Exception;
    }

    private static boolean elsewhere(Attempt attempt) throws InterruptedException, ExecutionException {
        CompletableFuture<Boolean> made = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                made.complete(attempt.make());
            } catch (Exception thrown) {
                made.completeExceptionally(thrown);
            }
        });
        thread.start();
        return made.get();
    }
}
