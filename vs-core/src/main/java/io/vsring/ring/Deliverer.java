package io.vsring.ring;

import io.vsring.MemberId;
import io.vsring.Receipt;
import io.vsring.RingConfiguration;
import io.vsring.transport.LoopThread;
import io.vsring.wire.DataFrame;
import io.vsring.wire.UnpackedMessage;
import io.vsring.wire.Unpacker;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The delivery thread's work: takes frames apart, calls the application, and says what became of own messages. */
final class Deliverer implements DeliveryLane.Taker, Unpacker.Sink {

    private final RingHandler handler;
    private final List<RingObserver> observers;
    private final RingBoard board;
    private final RingLog log;
    private final LoopThread thread;
    private final MemberId self;
    private final Unpacker unpacker = new Unpacker();
    private final Counters<DeliveryCount> counts;
    private final WarningPace pace = new WarningPace();
    private final CurrentDelivery delivery;
    private RingConfiguration configuration;
    private @Nullable DeliveryLane lane;
    private long ownNumber; // of the own message delivered last

    Deliverer(RingHandler handler, RingParts parts, RingLog log) {
        this.handler = handler;
        this.observers = parts.observers();
        this.board = parts.board();
        this.log = log;
        this.thread = parts.delivery();
        this.counts = parts.counters().delivered();
        this.self = board.selfId();
        this.configuration = board.status().configuration();
        this.delivery = new CurrentDelivery(configuration);
    }

    /** Where outcomes wait. Before the first frame. */
    void attach(DeliveryLane outcomes) {
        this.lane = outcomes;
    }

    @Override
    public void onFrame(DataFrame frame) {
        counts.increment(DeliveryCount.FRAMES);
        unpacker.accept(frame, this);
    }

    @Override
    public void onMessage(UnpackedMessage message) {
        counts.increment(DeliveryCount.MESSAGES);
        counts.add(DeliveryCount.BYTES, message.length());
        delivery.show(message);
        try {
            for (RingObserver observer : observers) {
                observer.onDeliver(delivery);
            }
            handler.onMessage(delivery);
        } catch (Throwable failure) {
            handlerFailed("onMessage", failure);
        }
        delivery.show(null);
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
        }
        try {
            for (RingObserver observer : observers) {
                observer.onConfigurationChange(installation.change());
            }
            handler.onConfigurationChange(installation.change());
        } catch (Throwable failure) {
            handlerFailed("onConfigurationChange", failure);
        }
        if (!configuration.isTransitional()) {
            board.deliver(configuration, installation.members());
        }
    }

    @Override
    public void onEnd(@Nullable Throwable failure) {
        try {
            tellUnknown();
            try {
                handler.onClosed(failure);
            } catch (Throwable thrown) {
                handlerFailed("onClosed", thrown);
            }
            for (RingObserver observer : observers) {
                observer.onClosed();
            }
        } finally {
            board.close();
            thread.close();
        }
    }

    private void tellUnknown() {
        RingClosedException cause = board.closedException();
        for (Outcome outcome = outcomes().nextOutcome();
                outcome != null;
                outcome = outcomes().nextOutcome()) {
            long number = ++ownNumber;
            try {
                for (RingObserver observer : observers) {
                    observer.onUnknown(number);
                }
                outcome.unknown(cause);
            } catch (Throwable thrown) {
                handlerFailed("unknown", thrown);
            }
        }
    }

    private void ownDelivered(UnpackedMessage message) {
        long number = message.number();
        Outcome outcome = outcomes().nextOutcome();
        if (outcome == null || number != ownNumber + 1) {
            throw new RingException("own messages are delivered in the order of their numbers, each once: expected "
                    + (ownNumber + 1) + (outcome == null ? ", which is not waited for" : "") + ", found " + number);
        }
        ownNumber = number;
        Receipt receipt = new Receipt(
                number, message.guarantee(), configuration, message.frame().sequence(), message.index());
        try {
            for (RingObserver observer : observers) {
                observer.onDelivered(receipt);
            }
            outcome.delivered(receipt);
        } catch (Throwable failure) {
            handlerFailed("delivered", failure);
        }
    }

    private DeliveryLane outcomes() {
        DeliveryLane attached = lane;
        if (attached == null) {
            throw new IllegalStateException("the deliverer has no lane yet");
        }
        return attached;
    }

    /** A handler that throws does not stop the order; a JVM that breaks does. */
    private void handlerFailed(String method, Throwable failure) {
        if (failure instanceof VirtualMachineError error && !(failure instanceof StackOverflowError)) {
            throw error;
        }
        counts.increment(DeliveryCount.HANDLER_FAILURES);
        if (pace.admits(thread.nanoTime())) {
            log.handlerFailed(method, pace.takeHeld(), failure);
        }
    }
}
