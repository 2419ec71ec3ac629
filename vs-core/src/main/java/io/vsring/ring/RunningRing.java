package io.vsring.ring;

import static java.util.Objects.requireNonNull;

import io.vsring.Guarantee;
import io.vsring.Member;
import io.vsring.security.Envelope;
import io.vsring.security.Keyring;
import io.vsring.wire.OutgoingMessage;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What an application holds of its member: the face of {@link RingLoop} to all other threads. */
final class RunningRing implements Ring {

    /** Beyond the leave timeout, for the last callbacks. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final RingOptions options;
    private final RingLoop loop;
    private final Mailbox mailbox;
    private final DeliveryLane lane;
    private final RingBoard board;
    private final RingLog log;
    private final RingAssembly.Surroundings outside;
    private final List<RingObserver> observers;
    private final Envelope envelope;
    private final GroupCache groups;

    RunningRing(RingOptions options, RingLoop loop, RingParts parts, RingLog log) {
        this.options = options;
        this.loop = loop;
        this.mailbox = loop.mailbox();
        this.lane = loop.lane();
        this.board = parts.board();
        this.log = log;
        this.outside = parts.outside();
        this.observers = parts.observers();
        this.envelope = parts.envelope();
        this.groups = parts.groups();
    }

    RingLoop loop() {
        return loop;
    }

    @Override
    public CompletableFuture<Void> start() {
        if (board.markStarting()) {
            loop.start();
        }
        return RingFuture.of(this, board.started());
    }

    @Override
    public void awaitFormation(Duration timeout) throws InterruptedException {
        requireNonNull(timeout, "timeout");
        refuseOwnThreads("awaitFormation", "wait on another thread");
        if (!board.isStarting()) {
            throw new IllegalStateException("the ring has not been started: call start() first");
        }
        long deadline =
                System.nanoTime() + Math.max(0, Math.min(TimeUnit.NANOSECONDS.convert(timeout), Long.MAX_VALUE / 2));
        try {
            for (CompletableFuture<Void> step : List.of(board.started(), board.formed())) {
                step.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            }
        } catch (TimeoutException e) {
            throw new RingStartException(
                    "member " + board.selfId() + " was neither together with another nor sure to be alone within "
                            + TimeUnit.MILLISECONDS.convert(timeout) + "ms; it is "
                            + board.status().state() + ", seeds: " + board.seeds(),
                    e);
        } catch (ExecutionException e) {
            throw board.closedException();
        }
    }

    @Override
    public boolean offer(String group, byte[] message, Guarantee guarantee, Outcome outcome) {
        requireNonNull(group, "group");
        requireNonNull(message, "message");
        requireNonNull(guarantee, "guarantee");
        requireNonNull(outcome, "outcome");
        int limit = options.maxMessageBytes();
        if (message.length > limit) {
            refused("message of " + message.length + " bytes is over the limit of " + limit + " bytes");
            throw new MessageTooLargeException("message of " + message.length + " bytes is over the limit of " + limit
                    + " bytes (vs.transport.max-message-size)");
        }
        Mail mail = new Mail(group, new OutgoingMessage(encode(group), guarantee, message), outcome);
        switch (mailbox.offer(mail)) {
            case ACCEPTED:
                return true;
            case FULL:
                refused("no room");
                return false;
            case CLOSED:
            default:
                refused("closed");
                throw board.closedException();
        }
    }

    private byte[] encode(String group) {
        try {
            return groups.encode(group);
        } catch (IllegalArgumentException badName) {
            refused("not the name of a group");
            throw badName;
        }
    }

    @Override
    public void execute(Runnable task) {
        lane.execute(guarded(task));
    }

    @Override
    public void schedule(Runnable task, Duration delay) {
        lane.schedule(guarded(task), Math.max(0, delay.toNanos()));
    }

    private Runnable guarded(Runnable task) {
        requireNonNull(task, "task");
        return () -> {
            try {
                task.run();
            } catch (RuntimeException | StackOverflowError thrown) {
                log.callbackFailed(task, "run", 0, thrown);
            }
        };
    }

    @Override
    public boolean hasSeenToken(Duration within) {
        return board.hasSeenToken(outside.loop().nanoTime(), within.toNanos());
    }

    @Override
    public boolean hasKnownSeeds(Duration atLeast) {
        return options.hasFixedSeeds() || board.hasKnownSeeds(outside.loop().nanoTime(), atLeast.toNanos());
    }

    @Override
    public Duration agreedTokenLoss() {
        return Duration.ofNanos(board.tokenLossNanos(options.tokenLossTimeout().toNanos()));
    }

    @Override
    public long nanoTime() {
        return outside.delivery().nanoTime();
    }

    @Override
    public RingStatus status() {
        return board.status();
    }

    @Override
    public RingStatistics statistics() {
        return loop.statistics();
    }

    @Override
    public OptionalLong receiveDrops() {
        return outside.transport().receiveDrops();
    }

    @Override
    public RingOptions options() {
        return options;
    }

    @Override
    public void useKeys(Keyring keyring) {
        requireNonNull(keyring, "keyring");
        if (options.keyring() == null) {
            throw new IllegalStateException("this member was started without keys, and takes none until it is restarted"
                    + " with vs.security.keys");
        }
        outside.loop().execute(() -> {
            envelope.use(keyring);
            board.uses(keyring);
            log.uses(keyring);
        });
    }

    @Override
    public @Nullable Keyring keyring() {
        return board.keyring();
    }

    @Override
    public @Nullable Member twin() {
        return board.twin(outside.loop().nanoTime());
    }

    @Override
    public boolean isOwnThread() {
        return outside.delivery().isCurrent() || outside.loop().isCurrent();
    }

    @Override
    public CompletableFuture<Void> leave() {
        mailbox.close();
        loop.leave();
        return RingFuture.of(this, board.closed());
    }

    @Override
    public void close() {
        refuseOwnThreads("close", "call leave() instead, which does not wait");
        CompletableFuture<Void> loopEnded = new CompletableFuture<>();
        outside.loop().whenEnded(() -> loopEnded.complete(null)); // then the port is free, and not before
        CompletableFuture<Void> end = CompletableFuture.allOf(leave(), loopEnded);
        try {
            end.get(options.leaveTimeout().plus(GRACE).toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            log.stillBusy();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the leave goes on without its caller
        } catch (ExecutionException e) {
            throw new IllegalStateException("a leave never fails", e);
        }
    }

    @Override
    public void tellObservers(Consumer<RingObserver> note) {
        for (RingObserver observer : observers) {
            try {
                note.accept(observer);
            } catch (RuntimeException thrown) {
                log.callbackFailed(observer, "a note about what is built on the ring", 0, thrown);
            }
        }
    }

    private void refused(String reason) {
        mailbox.countRefusal();
        for (RingObserver observer : observers) {
            observer.onRefused(reason);
        }
    }

    private void refuseOwnThreads(String method, String advice) {
        if (isOwnThread()) {
            throw new ReentrantCallException(method
                    + "() waits for what only the calling thread could do, since it is the "
                    + (outside.delivery().isCurrent() ? "delivery" : "loop") + " thread of this ring: " + advice);
        }
    }
}
