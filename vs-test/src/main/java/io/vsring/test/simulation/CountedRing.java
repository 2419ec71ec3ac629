package io.vsring.test.simulation;

import io.vsring.Guarantee;
import io.vsring.Member;
import io.vsring.Receipt;
import io.vsring.ring.Outcome;
import io.vsring.ring.Ring;
import io.vsring.ring.RingClosedException;
import io.vsring.ring.RingObserver;
import io.vsring.ring.RingOptions;
import io.vsring.ring.RingStatistics;
import io.vsring.ring.RingStatus;
import io.vsring.security.Keyring;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A ring as the replicated objects see it: what they send is counted as sent by their member. */
final class CountedRing implements Ring {
    private final Ring inner;
    private final SimulatedMember member;

    CountedRing(Ring inner, SimulatedMember member) {
        this.inner = inner;
        this.member = member;
    }

    Ring inner() {
        return inner;
    }

    @Override
    public boolean offer(String group, byte[] message, Guarantee guarantee, Outcome outcome) {
        boolean taken = inner.offer(group, message, guarantee, new Outcome() {
            @Override
            public void delivered(Receipt receipt) {
                member.delivered(receipt);
                outcome.delivered(receipt);
            }

            @Override
            public void unknown(RingClosedException cause) {
                member.unknown(cause);
                outcome.unknown(cause);
            }
        });
        if (taken) {
            member.countAccepted();
        }
        return taken;
    }

    @Override
    public CompletableFuture<Void> start() {
        return inner.start();
    }

    @Override
    public void awaitFormation(Duration timeout) throws InterruptedException {
        inner.awaitFormation(timeout);
    }

    @Override
    public void execute(Runnable task) {
        inner.execute(task);
    }

    @Override
    public void schedule(Runnable task, Duration delay) {
        inner.schedule(task, delay);
    }

    @Override
    public boolean hasSeenToken(Duration within) {
        return inner.hasSeenToken(within);
    }

    @Override
    public boolean hasKnownSeeds(Duration atLeast) {
        return inner.hasKnownSeeds(atLeast);
    }

    @Override
    public Duration agreedTokenLoss() {
        return inner.agreedTokenLoss();
    }

    @Override
    public long nanoTime() {
        return inner.nanoTime();
    }

    @Override
    public void tellObservers(Consumer<RingObserver> note) {
        inner.tellObservers(note);
    }

    @Override
    public RingStatus status() {
        return inner.status();
    }

    @Override
    public RingStatistics statistics() {
        return inner.statistics();
    }

    @Override
    public void useKeys(Keyring keyring) {
        inner.useKeys(keyring);
    }

    @Override
    public @Nullable Keyring keyring() {
        return inner.keyring();
    }

    @Override
    public @Nullable Member twin() {
        return inner.twin();
    }

    @Override
    public RingOptions options() {
        return inner.options();
    }

    @Override
    public boolean isOwnThread() {
        return inner.isOwnThread();
    }

    @Override
    public CompletableFuture<Void> leave() {
        return inner.leave();
    }

    @Override
    public void close() {
        inner.close();
    }
}
