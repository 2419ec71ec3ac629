package io.vsring.replicated;

import io.vsring.Guarantee;
import io.vsring.MemberId;
import io.vsring.ring.Ring;
import io.vsring.ring.RingClosedException;
import io.vsring.ring.RingFuture;
import io.vsring.ring.RingHandler;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Puts the succession on a ring: sends what it says, waits where it has to wait, and shows what comes of it. */
final class Replication implements Succession.Outside, CommandRouter.Listener, PendingCalls.Sender {

    /** Looks after what this member holds of the state. Delivery thread. */
    interface Watch {

        /** This member is primary: what it believes to hold can be compared with the state. */
        default void primary() {}

        /** The status of this member is shown from now on. */
        default void changed(PrimaryStatus status) {}

        /** Nothing comes any more. */
        void ended();
    }

    private static final Duration TICK = Duration.ofMillis(100);
    private static final long MILLI = 1_000_000;
    private static final int DIGEST_EVERY = 500;

    private final ReplicationOptions options;
    private final Ring ring;
    private final ReplicationBoard board;
    private final ReplicationListener listener;
    private final List<Watch> watches;
    private final MemberId self;
    private final long openedNanos;
    private final Capabilities capabilities;
    private final Succession succession;
    private final PendingCalls calls;
    private final ControlPost post;
    private final Errands errands;
    private @Nullable CommandRouter router;
    private long shownPosition = -1;
    private PrimaryStatus traced = PrimaryStatus.UNKNOWN;
    private final CompletableFuture<Void> closed;
    private boolean ticking;
    private boolean leaving;
    private long saidSoIn;

    Replication(
            ReplicationOptions options,
            Map<String, Supplier<Replica>> kinds,
            Capabilities capabilities,
            Ring ring,
            ReplicationBoard board,
            ReplicationListener listener,
            List<Watch> watches) {
        this.watches = watches;
        this.options = options;
        this.ring = ring;
        this.board = board;
        this.listener = listener;
        this.self = ring.status().local().id();
        this.openedNanos = ring.nanoTime();
        this.capabilities = capabilities;
        this.succession = new Succession(self, kinds, options.limits(), this);
        this.calls = new PendingCalls(self, this);
        this.post = new ControlPost(ring, calls::sendUnsent);
        this.errands = new Errands(ring);
        this.closed = new RingFuture<>(ring::isOwnThread);
    }

    /** The handler of the ring, which hands what is not about replicated objects to the application. */
    CommandRouter router(RingHandler application) {
        router = new CommandRouter(application, succession, this);
        return router;
    }

    PendingCalls calls() {
        return calls;
    }

    Errands errands() {
        return errands;
    }

    ControlPost post() {
        return post;
    }

    private long ringSequence() {
        return Objects.requireNonNull(router, "no router yet").ring();
    }

    /**
     * Lets the calls that were made be carried out, says that this member votes no more, and leaves. Delivery thread.
     */
    void leave() {
        calls.stop();
        leaving = true;
        ring.schedule(this::leaveRing, ring.options().leaveTimeout());
        leaveWhenAnswered();
    }

    private void leaveWhenAnswered() {
        if (!leaving) {
            return;
        }
        if (!board.status().isPrimary() && board.status().state() != PrimaryStatus.State.UNDECIDED) {
            leaveRing();
        } else if (calls.isEmpty() && board.status().isPrimary() && saidSoIn != ringSequence() && succession.canGo()) {
            saidSoIn = ringSequence();
            say(message(CommandRouter.Kind.LEAVING, 0), Guarantee.SAFE);
        }
    }

    private void leaveRing() {
        leaving = false;
        CompletableFuture<Void> unused = ring.leave();
    }

    // --- what the succession says

    /** A clock that is out of its mind must not make what this member says unreadable. */
    private long clockMillis() {
        return Math.max(0, Math.min(Standing.CLOCK_MILLIS_MAX, options.clock().getAsLong()));
    }

    @Override
    public Standing.Setup setup() {
        return new Standing.Setup(options.expectedMembers(), clockMillis(), capabilities);
    }

    @Override
    public void send(Standing standing) {
        post.forget();
        ByteWriter out = message(CommandRouter.Kind.STANDING, 256);
        standing.write(out);
        say(out, Guarantee.SAFE);
    }

    @Override
    public void sendReady() {
        say(message(CommandRouter.Kind.READY, 0), Guarantee.SAFE);
    }

    @Override
    public void send(TransferPlan plan) {
        ByteWriter out = message(CommandRouter.Kind.PLAN, 128);
        plan.write(out);
        say(out, Guarantee.AGREED);
    }

    @Override
    public void send(StatePack pack) {
        ByteWriter out = message(CommandRouter.Kind.PACK, pack.pieces().length + 16);
        pack.write(out);
        say(out, Guarantee.AGREED);
    }

    @Override
    public void send(Digests digests) {
        ByteWriter out = message(CommandRouter.Kind.DIGESTS, 64);
        digests.write(out);
        post.sendDigests(out.toBytes());
    }

    @Override
    public void sendStop(long key) {
        say(message(CommandRouter.Kind.STOP, Long.BYTES).putLong(key), Guarantee.SAFE);
    }

    @Override
    public void mayFound() {
        long of = ringSequence();
        long waited = ring.nanoTime() - openedNanos;
        // Without seeds there is nobody to wait for.
        Duration rest =
                ring.options().hasSeeds() ? ring.options().formationWait().minusNanos(waited) : Duration.ZERO;
        ring.schedule(() -> found(of), rest);
    }

    /** The beginning of a message for the ring that is delivered now. */
    private ByteWriter message(CommandRouter.Kind kind, int bytes) {
        return CommandRouter.message(kind, ringSequence(), bytes);
    }

    private void say(ByteWriter message, Guarantee guarantee) {
        post.send(message.toBytes(), guarantee);
    }

    private void found(long of) {
        if (of != ringSequence()) {
            return;
        }
        // [REP-15] Who does not know yet where others are does not know that there are none, unless all are here.
        if (options.expectedMembers() == 0 && !ring.hasKnownSeeds(ring.options().formationWait())) {
            ring.schedule(() -> found(of), TICK);
        } else {
            say(message(CommandRouter.Kind.FOUND, Long.BYTES).putLong(newLineage()), Guarantee.SAFE);
        }
    }

    private long newLineage() {
        return clockMillis() << Journal.LINEAGE_CHANCE_BITS
                | (self.incarnation() & ((1 << Journal.LINEAGE_CHANCE_BITS) - 1));
    }

    /**
     * Tells the members that are here to go on, whatever others hold. Delivery thread.
     *
     * @return whether it makes sense to say so: they cannot go on by themselves
     */
    boolean bootstrap(int expectedMembers) {
        if (!succession.isStuck()) {
            return false;
        }
        say(
                message(CommandRouter.Kind.BOOTSTRAP, 2 * Long.BYTES)
                        .putNumber(expectedMembers)
                        .putLong(newLineage()),
                Guarantee.SAFE);
        return true;
    }

    @Override
    public void freeze() {
        calls.freeze();
    }

    @Override
    public void open(Clients clients) {
        calls.open(ringSequence(), clients);
    }

    @Override
    public void refuse() {
        calls.refuse();
    }

    @Override
    public void answered(long request, Answer answer) {
        showMade(); // before: who has the answer must find the object
        calls.answered(request, answer);
    }

    @Override
    public void comeBack() {
        ring.execute(Objects.requireNonNull(router, "no router yet")::goOn);
    }

    @Override
    public void discarded(DiscardedState state) {
        listener.onDiscarded(state);
    }

    @Override
    public void replaced(Journal journal) {
        board.show(journal.shelf());
        shownPosition = -1;
    }

    @Override
    public void changed(PrimaryStatus status) {
        showMade(); // before: who sees that this member is primary must find all
        if (status.isPrimary()) {
            watches.forEach(Watch::primary); // before: what is lost must not be taken for held
        }
        board.show(status);
        watches.forEach(watch -> watch.changed(status));
        listener.onStatus(status);
        trace(status);
    }

    /** Whether it is primary, and in which component, if that is another one than was told last. */
    private void trace(PrimaryStatus status) {
        if (status.isPrimary() == traced.isPrimary() && status.label().equals(traced.label())) {
            return;
        }
        traced = status;
        ring.tellObservers(observer -> observer.onPrimary(status.isPrimary(), status.label(), status.members()));
        if (status.isPrimary()) {
            traceDigest(succession.journal());
        }
    }

    private void traceDigest(Journal journal) {
        ring.tellObservers(observer -> observer.onDigest(journal.position(), journal.chain()));
    }

    // --- time

    /** The lowest member measures the time, as long as something waits for it to pass. */
    private void tick() {
        if (!ticking && measuresTime()) {
            ticking = true;
            measure(ring.nanoTime(), ringSequence());
        }
    }

    private void measure(long since, long of) {
        ring.schedule(
                () -> {
                    boolean goesOn = of == ringSequence() && measuresTime();
                    if (goesOn && post.isWaiting()) {
                        measure(since, of); // one word says it all, when there is room for it
                        return;
                    }
                    ticking = false;
                    if (goesOn) {
                        long millis = Math.min(Command.MILLIS_MAX, (ring.nanoTime() - since) / MILLI);
                        say(message(CommandRouter.Kind.TIME, 9).putNumber(millis), Guarantee.SAFE);
                    } else {
                        tick(); // what would have begun it anew may have been delivered already, and nothing follow
                    }
                },
                TICK);
    }

    private boolean measuresTime() {
        return succession.measuresTime() && succession.journal().shelf().waitsForTime();
    }

    // --- what the router says

    @Override
    public void settled() {
        Journal journal = succession.journal();
        if (journal.position() != shownPosition) {
            shownPosition = journal.position();
            showMade();
            listener.onApplied(journal.lineage(), journal.position(), journal.chain());
            if (journal.position() % DIGEST_EVERY == 0 && board.status().isPrimary()) {
                traceDigest(journal);
            }
        }
        journal.show(board);
        succession.show(board);
        tick();
        calls.sendUnsent();
        leaveWhenAnswered();
    }

    /** The objects that are here, at most so many. Delivery thread. */
    List<ReplicatedObjects.Listed> list(int max) {
        return succession.journal().shelf().items().stream()
                .limit(max)
                .map(Shelf.Item::creation)
                .map(object -> new ReplicatedObjects.Listed(object.name(), object.kind()))
                .toList();
    }

    private void showMade() {
        Shelf shelf = succession.journal().shelf();
        for (Shelf.Item made = shelf.takeNew(); made != null; made = shelf.takeNew()) {
            board.show(made.key(), made.replica());
        }
    }

    @Override
    public void leaves(Component.Vote vote) {
        if (!leaving) {
            return;
        }
        if (vote == Component.Vote.KEPT && !succession.canGo()) {
            saidSoIn = 0; // others that leave were faster: it says so again when those that stay are ready
        } else {
            say(message(CommandRouter.Kind.GONE, 1).putBoolean(vote == Component.Vote.GIVEN_BACK), Guarantee.SAFE);
        }
    }

    @Override
    public void left() {
        if (leaving) {
            leaveRing();
        }
    }

    @Override
    public void malformed(MemberId sender, MalformedCommandException why) {
        listener.onWarning("what " + sender + " sent means nothing here", why);
    }

    @Override
    public void broken(Throwable why) {
        listener.onWarning(
                "a replica threw where it must not: this member can keep the state no longer, and leaves the ring",
                why);
        calls.close();
        CompletableFuture<Void> unused = ring.leave();
    }

    @Override
    public void warn(String what) {
        listener.onWarning(what, null);
    }

    /** Done when the ring has ended. */
    CompletableFuture<Void> closed() {
        return closed;
    }

    @Override
    public void ended(@Nullable Throwable failure) {
        calls.close();
        PrimaryStatus last = board.status();
        changed(new PrimaryStatus(PrimaryStatus.State.NOT_PRIMARY, last.label(), last.members()));
        board.end();
        watches.forEach(Watch::ended);
        errands.end();
        closed.complete(null);
    }

    // --- calls

    @Override
    public boolean send(long ringSequence, Command command, Guarantee guarantee) {
        if (post.isWaiting()) {
            return false; // else a member full of calls never gets to say what it has to
        }
        ByteWriter out = CommandRouter.message(CommandRouter.Kind.COMMAND, ringSequence, command.body().length + 40);
        command.write(out);
        try {
            return ring.offer(CommandRouter.GROUP, out.toBytes(), guarantee, ControlPost.UNHEARD);
        } catch (RingClosedException closed) {
            return false; // the end comes, and says what became of it
        }
    }
}
