package io.vsring.ring;

import io.vsring.MemberAddress;
import io.vsring.RingId;
import io.vsring.protocol.ProtocolOptions;
import io.vsring.protocol.StateName;
import io.vsring.protocol.Timer;
import io.vsring.protocol.TotemProtocol;
import io.vsring.transport.LoopThread;
import io.vsring.transport.Transport;
import io.vsring.wire.DatagramCodec;
import io.vsring.wire.Mutant;
import io.vsring.wire.OutgoingMessage;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The loop thread's work: takes datagrams, timers and messages to the protocol, one after the other.
 *
 * <p>Each input begins with a look at the clock and ends with the transport's flush. An exception out of an input ends
 * the member: it says goodbye as well as it still can, and the application is told. Loop thread only, where nothing
 * else is said.
 */
final class RingLoop implements Transport.Receiver {

    private static final Timer[] TIMERS = Timer.values();
    // Deadlines of our own come behind those of the protocol.
    private static final int TICK = TIMERS.length;
    private static final int FORMATION = TIMERS.length + 1;
    private static final int LEAVE = TIMERS.length + 2;
    private static final int SLOTS = TIMERS.length + 3;

    private static final int MAIL_AT_ONCE = 4096;
    private static final long GOODBYE_NANOS = 100_000_000;
    private static final int TICKS_PER_TOKEN_LOSS = 2;
    private static final int DRAIN_DATAGRAMS = 256;
    private static final int DRAINS_AFTER_PAUSE = 256;

    private final RingOptions options;
    private final RingBoard board;
    private final RingLog log;
    private final Transport transport;
    private final LoopThread loop;
    private final LoopThread delivery;
    private final Mailbox mailbox;
    private final DeliveryLane lane;
    private final DatagramIntake intake;
    private final LoopTimers timers;
    private final RingEffects effects;
    private final TotemProtocol protocol;
    private final SeedSearch seeds;
    private final List<RingObserver> observers;
    private final RingCounters counters;
    private final Runnable mailTask;
    private final Runnable leaveTask;
    private final Runnable pauseTask;
    private final List<Runnable> endSteps;
    private final Consumer<Mail> submitter = this::submit;
    private final Fills fills;
    private final long tickNanos;

    private long nowNanos;
    private long lastNumber;
    private long releasable;
    private long visitsShown;
    private long installedSequence;
    private boolean started;
    private boolean leaving;
    private boolean ended;
    private boolean waited; // for the formation wait
    private boolean orphaned; // the loop thread has ended; another one cleans up
    private @Nullable Throwable failure;
    private @Nullable Throwable trouble; // on the way out

    RingLoop(RingOptions options, ProtocolOptions protocolOptions, RingParts parts, Deliverer deliverer, RingLog log) {
        this.options = options;
        this.tickNanos = protocolOptions.settings().tokenLossNanos() / TICKS_PER_TOKEN_LOSS;
        this.board = parts.board();
        this.log = log;
        this.transport = parts.outside().transport();
        this.loop = parts.outside().loop();
        this.delivery = parts.outside().delivery();
        this.seeds = parts.seeds();
        this.observers = parts.observers();
        this.counters = parts.counters();
        this.mailTask = () -> step(this::emptyMailbox);
        this.leaveTask = () -> step(this::leaveWhenSettled);
        this.pauseTask = () -> step(this::readAfterPause);
        Runnable roomTask = () -> step(() -> protocol().onDeliveryRoom(nowNanos));
        this.endSteps =
                List.of(this::sayGoodbye, transport::close, seeds::close, this::endLane, loop::close, this::logEnd);
        this.mailbox = new Mailbox(options.sendQueueBytes(), () -> loop.execute(mailTask));
        this.lane = new DeliveryLane(
                delivery, deliverer, () -> loop.execute(roomTask), options.laneBounds(protocolOptions.storeFrames()));
        deliverer.attach(lane, mailbox);
        DatagramCodec codec = new DatagramCodec(options.clusterName(), options.frameBytes());
        this.timers = new LoopTimers(loop, SLOTS, () -> step(this::onWake));
        this.effects = new RingEffects(this, parts, codec, lane);
        this.protocol = new TotemProtocol(
                board.self(),
                protocolOptions,
                effects,
                firstSequence(parts.outside().store()),
                parts.outside().seed());
        this.fills = new Fills(options, parts, mailbox, lane, protocol);
        this.intake = new DatagramIntake(parts.envelope(), codec, protocol, counters, log);
    }

    private static long firstSequence(RingSequenceStore store) {
        return Mutant.RESTART_AT_SAME_SEQUENCE ? store.initial() : store.initial() + 1;
    }

    /** Where messages wait for this loop. Any thread may offer. */
    Mailbox mailbox() {
        return mailbox;
    }

    DeliveryLane lane() {
        return lane;
    }

    /** For the simulator. */
    TotemProtocol protocol() {
        return protocol;
    }

    /** How full is what this member keeps. Any thread. */
    Fills fills() {
        return fills;
    }

    /** From now on the end of one of the two threads is the end of the member. */
    void watchThreads() {
        delivery.whenEnded(lane::abandon);
        loop.whenEnded(this::abandon);
    }

    /** Starts the member. Any thread, once. */
    void start() {
        loop.execute(() -> step(this::begin));
    }

    /** Leaves as soon as all that the mailbox has accepted is safe; the mailbox has been closed. Any thread. */
    void leave() {
        loop.execute(leaveTask);
    }

    @Override
    public void onDatagram(MemberAddress source, ByteBuffer bytes) {
        if (ended) {
            return;
        }
        try {
            lookAtClock();
            intake.receive(source, bytes, nowNanos);
        } catch (Throwable thrown) {
            end(thrown);
        }
    }

    @Override
    public void onBatchEnd() {
        step(this::handleHeld);
    }

    @Override
    public void onUnreachable(MemberAddress address) {
        // It may come out of a send, in the middle of a step of the protocol.
        loop.execute(() -> step(() -> {
            counters.increment(LoopCount.UNREACHABLE);
            protocol.onUnreachable(address, nowNanos);
        }));
    }

    /** One input, from the look at the clock to the flush. */
    private void step(Runnable work) {
        if (ended) {
            return;
        }
        try {
            lookAtClock();
            work.run();
            finish();
        } catch (Throwable thrown) {
            end(thrown);
        }
    }

    private void lookAtClock() {
        long before = nowNanos;
        nowNanos = loop.nanoTime();
        if (started && nowNanos - before > tokenLossNanos() && !Mutant.PAUSE_NOT_NOTICED) {
            recognisePause(nowNanos - before);
        }
    }

    private void finish() {
        if (ended) {
            return;
        }
        if (releasable != 0) {
            mailbox.release(releasable);
            releasable = 0;
        }
        transport.flush();
        counters.show(protocol.counters(), protocol.view());
        fills.show(protocol, effects.spareFrames());
        timers.settle(nowNanos);
        showToken();
        lane.wake(); // last: it may take what is delivered here, and nothing waits for that
        Throwable broken = lane.failure();
        if (broken != null || effects.hasLeft()) {
            end(broken);
        }
    }

    private void showToken() {
        long visits = protocol.counters().tokenVisits();
        if (visits != visitsShown && protocol.state() == StateName.OPERATIONAL) {
            visitsShown = visits;
            board.sawToken(installedSequence, nowNanos, tokenLossNanos());
        }
    }

    /** The protocol goes on with this ring. */
    void installed(RingId ring) {
        installedSequence = ring.sequence();
    }

    /** A token says what has been sent before it: so the data that came with it has gone first. */
    private void handleHeld() {
        if (intake.holds()) {
            boolean mail = takeMail(); // what is offered by now can go with this token
            intake.handleHeld(nowNanos);
            if (mail) {
                protocol.onSubmitted(nowNanos);
            }
        }
    }

    private void begin() {
        started = true;
        log.starts(options, board, seeds);
        transport.start(this);
        lookFor(seeds.begin(news -> loop.execute(() -> step(() -> lookFor(news)))));
        protocol.start(nowNanos);
        entered(protocol.state());
        arm(TICK, tickNanos);
        emptyMailbox();
    }

    private void lookFor(SeedNews news) {
        log.seeds(news, board.seeds());
        protocol.onSeeds(List.copyOf(news.addresses()));
        if (board.show(news, nowNanos)) {
            waited = !options.hasSeeds();
            arm(FORMATION, waited ? 0 : options.formationWait().toNanos());
        }
    }

    // --- pauses

    /** What has waited in the socket meanwhile tells of a time in which this member was dead to the others. */
    private void recognisePause(long pauseNanos) {
        counters.increment(LoopCount.PAUSES);
        counters.add(LoopCount.PAUSED_NANOS, pauseNanos);
        log.paused(pauseNanos, tokenLossNanos());
        intake.distrust();
        protocol.onPause(nowNanos);
        loop.execute(pauseTask);
    }

    private void readAfterPause() {
        for (int drains = 0; drains < DRAINS_AFTER_PAUSE; drains++) {
            long before = intake.received();
            transport.drain();
            if (ended || intake.received() - before < DRAIN_DATAGRAMS) {
                break;
            }
        }
        intake.trust();
    }

    // --- timers

    /** Sets a deadline of the protocol. */
    void arm(Timer timer, long delayNanos) {
        arm(slot(timer), delayNanos);
    }

    void disarm(Timer timer) {
        timers.disarm(slot(timer));
    }

    private void arm(int slot, long delayNanos) {
        timers.arm(slot, nowNanos, delayNanos);
    }

    @SuppressWarnings("EnumOrdinal") // the number lives as long as the process
    private static int slot(Timer timer) {
        return timer.ordinal();
    }

    private void onWake() {
        timers.woken();
        if (timers.isDueBelow(TIMERS.length, nowNanos)) {
            transport.drain(); // what the timer waits for may be here already
            if (ended) {
                return;
            }
            handleHeld();
            lookAtClock(); // reading takes time, and a pause may fall into it
        }
        for (int fired = 0; fired < SLOTS && !ended; fired++) {
            int slot = timers.nextDue(nowNanos);
            if (slot == LoopTimers.NONE) {
                break;
            }
            timers.disarm(slot);
            fire(slot);
        }
    }

    private void fire(int slot) {
        if (slot < TIMERS.length) {
            protocol.onTimer(TIMERS[slot], nowNanos);
        } else if (slot == TICK) {
            arm(TICK, tickNanos);
            emptyMailbox(); // there is something in it only if a wake-up was lost for want of memory
            effects.meetCompanions();
        } else if (slot == FORMATION) {
            waited = true;
            noteFormation();
        } else if (slot == LEAVE) {
            cutLeaveShort();
        }
    }

    // --- messages

    private void emptyMailbox() {
        if (!started) {
            return; // they wait; whoever starts the member comes here again
        }
        if (takeMail()) {
            protocol.onSubmitted(nowNanos);
        }
        if (!mailbox.sleep()) {
            loop.execute(mailTask);
        }
    }

    /** Hands the protocol what has been offered; gives whether there was anything. */
    boolean takeMail() {
        return mailbox.drain(MAIL_AT_ONCE, submitter) > 0;
    }

    private void submit(Mail mail) {
        OutgoingMessage message = mail.message().numbered(++lastNumber);
        lane.expect(mail.outcome()); // first: whatever happens from here on, the outcome is told
        counters.accepted(mail);
        for (RingObserver observer : observers) {
            observer.onSubmit(message.number(), mail.group(), message.guarantee(), message.bytes());
        }
        protocol.submit(message);
    }

    /** The message has left the send queue. */
    void sent(OutgoingMessage message) {
        releasable += Mail.cost(message);
    }

    // --- states

    /** The protocol is in this state now. */
    void entered(StateName state) {
        if (ended || leaving || state == StateName.LEFT) {
            return;
        }
        boolean operational = state == StateName.OPERATIONAL;
        board.enter(operational ? RingStatus.State.OPERATIONAL : RingStatus.State.JOINING);
        if (operational && waited) {
            board.markFormed();
        }
    }

    private void noteFormation() {
        if (protocol.state() == StateName.OPERATIONAL) {
            board.markFormed();
        }
    }

    private void leaveWhenSettled() {
        if (!started) {
            end(null);
            return;
        }
        if (!leaving) {
            leaving = true;
            board.enter(RingStatus.State.LEAVING);
            log.leaves();
            arm(LEAVE, options.leaveTimeout().toNanos());
        }
        if (takeMail()) {
            protocol.onSubmitted(nowNanos);
        }
        if (mailbox.isSettled()) {
            protocol.leave(nowNanos);
        } else {
            loop.execute(leaveTask);
        }
    }

    private void cutLeaveShort() {
        if (protocol.state() == StateName.LEAVING) {
            end(null); // not even the goodbye comes to an end
            return;
        }
        log.leaveCutShort(options.leaveTimeout().toMillis());
        arm(LEAVE, GOODBYE_NANOS);
        protocol.leaveNow(nowNanos);
    }

    // --- the end

    /** Whatever one of the steps throws, the others are taken; the way to them needs no memory. */
    private void end(@Nullable Throwable cause) {
        if (ended) {
            return;
        }
        ended = true;
        failure = cause;
        mailbox.close();
        board.end(cause);
        for (int i = 0; i < endSteps.size(); i++) {
            try {
                endSteps.get(i).run();
            } catch (Throwable thrown) {
                trouble = thrown;
            }
        }
    }

    /** The loop thread has ended. Any thread, once the loop thread runs no more. */
    private void abandon() {
        if (!ended) {
            orphaned = true;
            end(new RingException("the loop thread has ended, and with it all that this member hears and says"));
        }
    }

    /** Who has left in peace has done so already. */
    private void sayGoodbye() {
        if (failure != null && started && !orphaned) {
            effects.silence();
            protocol.leaveNow(nowNanos);
            transport.flush();
        }
    }

    private void endLane() {
        lane.end(failure);
    }

    private void logEnd() {
        log.closed(failure);
        if (trouble != null) {
            log.endBroke(trouble);
        }
    }

    // --- for the collaborators

    RingLog log() {
        return log;
    }

    long nowNanos() {
        return nowNanos;
    }

    RingCounters counters() {
        return counters;
    }

    /** What the members of the ring have agreed on: never shorter than what this one asks for. */
    long tokenLossNanos() {
        return protocol.tokenLossNanos();
    }

    /** Any thread. */
    RingStatistics statistics() {
        return counters.snapshot(mailbox, lane, fills, transport);
    }
}
