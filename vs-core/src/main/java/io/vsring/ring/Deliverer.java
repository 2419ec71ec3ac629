package io.vsring.ring;

import static java.util.Objects.requireNonNull;

import io.vsring.MemberId;
import io.vsring.Receipt;
import io.vsring.RingConfiguration;
import io.vsring.transport.LoopThread;
import io.vsring.wire.DataFrame;
import io.vsring.wire.OutgoingMessage;
import io.vsring.wire.UnpackedMessage;
import io.vsring.wire.Unpacker;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The delivery thread's work: takes frames apart, calls the application, and says what became of own messages. */
final class Deliverer implements DeliveryLane.Taker {

    private static final long PIECES_HERE_MAX = 64 * 1024;

    private final RingHandler handler;
    private final List<RingObserver> observers;
    private final RingBoard board;
    private final RingLog log;
    private final LoopThread thread;
    private final MemberId self;
    private final Unpacker unpacker = new Unpacker();
    private final RingCounters counters;
    private final Counters<DeliveryCount> counts;
    private final Consumer<Mail> notNumbered = this::tellNotNumbered;
    private final WarningPace pace = new WarningPace();
    private final WarningPace slowPace = new WarningPace();
    private final CurrentDelivery delivery;
    private RingConfiguration configuration;
    private @Nullable DeliveryLane lane;
    private @Nullable Mailbox mailbox;
    private @Nullable VirtualMachineError brokenJvm;
    /** Made in time: at the end there may be no memory for a better one. */
    private RingClosedException cause = new RingClosedException("the member has ended, and the JVM is out of memory");

    private long ownNumber; // of the own message delivered last
    private @Nullable DataFrame begun; // some of its messages have been delivered, or looked at
    private @Nullable UnpackedMessage looked; // the one that was looked at

    Deliverer(RingHandler handler, RingParts parts, RingLog log) {
        this.handler = handler;
        this.observers = parts.observers();
        this.board = parts.board();
        this.log = log;
        this.thread = parts.outside().delivery();
        this.counters = parts.counters();
        this.counts = counters.delivered();
        this.self = board.selfId();
        this.configuration = board.status().configuration();
        this.delivery = new CurrentDelivery(configuration);
    }

    /** Where outcomes wait, and messages that have no number yet. Before the first frame. */
    void attach(DeliveryLane outcomes, Mailbox messages) {
        this.lane = outcomes;
        this.mailbox = messages;
    }

    @Override
    public void onFrame(DataFrame frame) {
        for (UnpackedMessage next = next(frame); next != null; next = next(frame)) {
            deliver(next);
        }
    }

    @Override
    public DeliveryLane.Progress onNext(DataFrame frame) {
        if (begun == null && unpacker.incompleteBytes() > PIECES_HERE_MAX) {
            return DeliveryLane.Progress.NOT_HERE; // they may be put together
        }
        UnpackedMessage next = next(frame);
        if (next == null) {
            return DeliveryLane.Progress.ALL;
        }
        if (!isQuick(next)) {
            looked = next;
            return DeliveryLane.Progress.NOT_HERE;
        }
        deliver(next);
        return DeliveryLane.Progress.MORE;
    }

    @Override
    public void onSlow(long nanos) {
        try {
            if (slowPace.admits(thread.nanoTime())) {
                log.waitedForQuick(nanos, slowPace.takeHeld());
            }
        } catch (RuntimeException inLog) {
            return; // telling is what a log is for
        }
    }

    /** The next message of the frame that has not been delivered; null if there is none. */
    private @Nullable UnpackedMessage next(DataFrame frame) {
        if (begun == null) {
            counts.increment(DeliveryCount.FRAMES);
            unpacker.open(frame);
            begun = frame;
        }
        UnpackedMessage next = looked != null ? looked : unpacker.next();
        looked = null;
        if (next == null) {
            begun = null;
            counts.set(DeliveryCount.INCOMPLETE_BYTES, unpacker.incompleteBytes());
        }
        return next;
    }

    private boolean isQuick(UnpackedMessage message) {
        delivery.show(message);
        try {
            return handler.isQuick(delivery);
        } catch (Throwable thrown) {
            failed(handler, "isQuick", thrown);
            return false;
        } finally {
            delivery.show(null);
        }
    }

    private void deliver(UnpackedMessage message) {
        counts.increment(DeliveryCount.MESSAGES);
        counts.add(DeliveryCount.BYTES, message.length());
        delivery.show(message);
        for (RingObserver observer : observers) {
            try {
                observer.onDeliver(delivery);
            } catch (Throwable thrown) {
                failed(observer, "onDeliver", thrown);
            }
        }
        try {
            handler.onMessage(delivery);
        } catch (Throwable thrown) {
            failed(handler, "onMessage", thrown);
        }
        delivery.show(null);
        checkJvm();
        if (message.sender().equals(self)) {
            ownDelivered(message);
        }
    }

    @Override
    public void onInstall(DeliveryLane.Installation installation) {
        configuration = installation.change().configuration();
        delivery.enter(configuration);
        if (!configuration.isTransitional()) {
            unpacker.reset();
            counts.set(DeliveryCount.INCOMPLETE_BYTES, unpacker.incompleteBytes());
        }
        for (RingObserver observer : observers) {
            try {
                observer.onConfigurationChange(installation.change());
            } catch (Throwable thrown) {
                failed(observer, "onConfigurationChange", thrown);
            }
        }
        try {
            handler.onConfigurationChange(installation.change());
        } catch (Throwable thrown) {
            failed(handler, "onConfigurationChange", thrown);
        }
        checkJvm();
        if (!configuration.isTransitional()) {
            board.deliver(configuration, installation.members());
        }
    }

    private void ownDelivered(UnpackedMessage message) {
        long number = message.number();
        // Before the outcome is taken out: what is not taken out is told at the end.
        Receipt receipt = new Receipt(
                number, message.guarantee(), configuration, message.frame().sequence(), message.index());
        Outcome outcome = lane().nextOutcome();
        if (outcome == null || number != ownNumber + 1) {
            throw new RingException("own messages are delivered in the order of their numbers, each once: expected "
                    + (ownNumber + 1) + (outcome == null ? ", which is not waited for" : "") + ", found " + number);
        }
        ownNumber = number;
        for (RingObserver observer : observers) {
            try {
                observer.onDelivered(receipt);
            } catch (Throwable thrown) {
                failed(observer, "onDelivered", thrown);
            }
        }
        try {
            outcome.delivered(receipt);
        } catch (Throwable thrown) {
            failed(outcome, "delivered", thrown);
        }
        checkJvm();
    }

    // --- the end: everybody is told, whatever others throw at being told

    @Override
    public void onEnd(@Nullable Throwable failure) {
        try {
            cause = board.closedException();
        } catch (Throwable thrown) {
            failed(board, "closedException", thrown);
        }
        tellUnknown();
        try {
            handler.onClosed(failure);
        } catch (Throwable thrown) {
            failed(handler, "onClosed", thrown);
        }
        for (RingObserver observer : observers) {
            try {
                observer.onClosed();
            } catch (Throwable thrown) {
                failed(observer, "onClosed", thrown);
            }
        }
        try {
            board.close();
        } finally {
            thread.close();
        }
    }

    /** First those whose messages the loop thread has numbered, then those whose messages it never saw. */
    private void tellUnknown() {
        Outcome outcome = lane().nextOutcome();
        while (outcome != null) {
            tellUnknown(outcome);
            outcome = lane().nextOutcome();
        }
        while (!mailbox().isSettled()) {
            mailbox().drain(Integer.MAX_VALUE, notNumbered);
            Thread.onSpinWait(); // somebody may have been accepted and not be quite in the mailbox yet
        }
    }

    private void tellUnknown(Outcome outcome) {
        long number = ++ownNumber;
        for (RingObserver observer : observers) {
            try {
                observer.onUnknown(number);
            } catch (Throwable thrown) {
                failed(observer, "onUnknown", thrown);
            }
        }
        try {
            outcome.unknown(cause);
        } catch (Throwable thrown) {
            failed(outcome, "unknown", thrown);
        }
    }

    private void tellNotNumbered(Mail mail) {
        counters.accepted(mail); // the loop thread does not count any more
        OutgoingMessage message = mail.message();
        for (RingObserver observer : observers) {
            try {
                observer.onSubmit(ownNumber + 1, mail.group(), message.guarantee(), message.bytes());
            } catch (Throwable thrown) {
                failed(observer, "onSubmit", thrown);
            }
        }
        tellUnknown(mail.outcome());
    }

    private DeliveryLane lane() {
        return requireNonNull(lane, "the deliverer has no lane yet");
    }

    private Mailbox mailbox() {
        return requireNonNull(mailbox, "the deliverer has no mailbox yet");
    }

    // --- what callbacks throw

    /** It stops nobody else. That a JVM is broken is remembered until all have been told of what is in hand. */
    private void failed(Object who, String method, Throwable failure) {
        if (failure instanceof VirtualMachineError error && !(failure instanceof StackOverflowError)) {
            brokenJvm = error;
            return;
        }
        counts.increment(DeliveryCount.HANDLER_FAILURES);
        try {
            if (pace.admits(thread.nanoTime())) {
                log.callbackFailed(who, method, pace.takeHeld(), failure);
            }
        } catch (Throwable inLog) {
            if (inLog instanceof VirtualMachineError error) {
                brokenJvm = error;
            } // else a log that does not work is told to nobody, since telling is what it is for
        }
    }

    private void checkJvm() {
        if (brokenJvm != null) {
            throw brokenJvm;
        }
    }
}
