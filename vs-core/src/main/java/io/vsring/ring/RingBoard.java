package io.vsring.ring;

import io.vsring.Member;
import io.vsring.MemberId;
import io.vsring.MemberSet;
import io.vsring.RingConfiguration;
import io.vsring.RingId;
import io.vsring.security.Keyring;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** What is known of a member on all threads. A field says who writes it if that is not one of the two of the ring. */
final class RingBoard {

    /** A twin is told of again and again as long as it is there. */
    private static final long TWIN_NANOS = 30_000_000_000L;

    private record Installed(RingConfiguration configuration, List<Member> members) {}

    private record Sighting(Member twin, long nanos) {}

    private final Member self;
    private final AtomicBoolean starting = new AtomicBoolean(); // by whoever starts the member
    private final CompletableFuture<Void> started = new CompletableFuture<>();
    private final CompletableFuture<Void> formed = new CompletableFuture<>();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private volatile RingStatus.State state = RingStatus.State.JOINING;
    private volatile Installed installed;
    private volatile @Nullable Throwable failure;
    private volatile long tokenRing; // by the loop thread, after tokenNanos
    private volatile long tokenNanos;
    private volatile long tokenLossNanos;
    private volatile long seedsKnownNanos; // by the loop thread, before seeds
    private volatile SeedNews seeds = SeedNews.NONE; // by the loop thread
    private volatile @Nullable Sighting sighting; // by the loop thread
    private volatile @Nullable Keyring keyring; // by the loop thread, after whoever made the member

    RingBoard(Member self) {
        this.self = self;
        MemberSet alone = MemberSet.of(self.id());
        this.installed = new Installed(RingConfiguration.regular(new RingId(self.id(), 0), alone), List.of(self));
    }

    Member self() {
        return self;
    }

    MemberId selfId() {
        return self.id();
    }

    /** Whether the caller is the first to start the member, and so has to do it. Any thread. */
    boolean markStarting() {
        return starting.compareAndSet(false, true);
    }

    boolean isStarting() {
        return starting.get();
    }

    RingStatus status() {
        Installed now = installed;
        return new RingStatus(state, now.configuration(), now.members(), self);
    }

    RingStatus.State state() {
        return state;
    }

    /** Loop thread. */
    void enter(RingStatus.State next) {
        state = next;
    }

    /** A regular configuration has been delivered. Delivery thread. */
    void deliver(RingConfiguration configuration, List<Member> members) {
        installed = new Installed(configuration, members);
        started.complete(null);
        if (configuration.members().size() > 1) {
            formed.complete(null);
        }
    }

    /** The token of this ring is here. Loop thread. */
    void sawToken(long ringSequence, long nowNanos, long agreedLossNanos) {
        tokenLossNanos = agreedLossNanos;
        if (ringSequence != tokenRing) {
            tokenRing = 0; // for who reads both in between
        }
        tokenNanos = nowNanos;
        tokenRing = ringSequence;
    }

    /** What the ring has agreed on, but not less than this. */
    long tokenLossNanos(long ownNanos) {
        return Math.max(ownNanos, tokenLossNanos);
    }

    boolean hasSeenToken(long nowNanos, long withinNanos) {
        RingConfiguration now = installed.configuration();
        if (now.members().size() == 1) {
            return true;
        }
        long seen = tokenNanos;
        return tokenRing == now.ringId().sequence() && nowNanos - seen <= withinNanos;
    }

    /**
     * This is known of where others may be. Loop thread.
     *
     * @return whether it is the first time that anything is
     */
    boolean show(SeedNews news, long nowNanos) {
        boolean isFirst = news.isKnown() && !seeds.isKnown();
        if (isFirst) {
            seedsKnownNanos = nowNanos;
        }
        seeds = news;
        return isFirst;
    }

    SeedNews seeds() {
        return seeds;
    }

    boolean hasKnownSeeds(long nowNanos, long forNanos) {
        return seeds.isKnown() && nowNanos - seedsKnownNanos >= forNanos;
    }

    /** Another member with the id of this one is alive. Loop thread. */
    void sighted(Member twin, long nowNanos) {
        sighting = new Sighting(twin, nowNanos);
    }

    @Nullable
    Member twin(long nowNanos) {
        Sighting last = sighting;
        return last != null && nowNanos - last.nanos() <= TWIN_NANOS ? last.twin() : null;
    }

    /** These are in use. Loop thread, or whoever makes the member. */
    void uses(@Nullable Keyring now) {
        keyring = now;
    }

    @Nullable
    Keyring keyring() {
        return keyring;
    }

    /** The member need not wait for others any longer. Any thread. */
    void markFormed() {
        formed.complete(null);
    }

    /** The member ends, because of this if it did not leave. Loop thread, before {@link #close()}. */
    void end(@Nullable Throwable cause) {
        failure = cause;
        state = RingStatus.State.CLOSED;
    }

    /** Why the member has failed; null if it has not. */
    @Nullable
    Throwable failure() {
        return failure;
    }

    /** All has been told to everybody. */
    void close() {
        try {
            RingClosedException cause = closedException();
            started.completeExceptionally(
                    new RingStartException("the member ended before it had started: " + cause.getMessage(), cause));
            formed.completeExceptionally(cause);
        } finally {
            closed.complete(null);
        }
    }

    /** What callers and outcomes are told once the member has left or failed. */
    RingClosedException closedException() {
        Throwable cause = failure;
        return cause == null
                ? new RingClosedException("member " + self.id() + " has left its ring, or is leaving it")
                : new RingClosedException("member " + self.id() + " has failed: " + cause, cause);
    }

    CompletableFuture<Void> started() {
        return started;
    }

    CompletableFuture<Void> formed() {
        return formed;
    }

    CompletableFuture<Void> closed() {
        return closed;
    }
}
