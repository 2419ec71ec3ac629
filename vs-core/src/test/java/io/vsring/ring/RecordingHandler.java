package io.vsring.ring;

import io.vsring.ConfigurationChange;
import io.vsring.Delivery;
import io.vsring.RingConfiguration;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Keeps what a ring says, and lets a test wait for it. */
final class RecordingHandler implements RingHandler {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

    private final List<Delivery> deliveries = new ArrayList<>();
    private final List<RingConfiguration> configurations = new ArrayList<>();
    private volatile Consumer<Delivery> answer = delivery -> {};
    private volatile Predicate<Delivery> quick = delivery -> false;
    private boolean closed;
    private Throwable failure;

    /** What is done with each message. */
    void answer(Consumer<Delivery> how) {
        answer = how;
    }

    /** Which messages take no time. */
    void quick(Predicate<Delivery> which) {
        quick = which;
    }

    @Override
    public boolean isQuick(Delivery message) {
        return quick.test(message);
    }

    @Override
    public synchronized void onMessage(Delivery delivery) {
        deliveries.add(delivery.copy());
        answer.accept(delivery);
        notifyAll();
    }

    @Override
    public synchronized void onConfigurationChange(ConfigurationChange change) {
        configurations.add(change.configuration());
        notifyAll();
    }

    @Override
    public synchronized void onClosed(Throwable cause) {
        closed = true;
        failure = cause;
        notifyAll();
    }

    synchronized List<Delivery> deliveries() {
        return List.copyOf(deliveries);
    }

    synchronized List<RingConfiguration> configurations() {
        return List.copyOf(configurations);
    }

    synchronized boolean isClosed() {
        return closed;
    }

    synchronized Throwable failure() {
        return failure;
    }

    /** What the messages say. */
    synchronized List<String> texts() {
        return deliveries.stream()
                .map(each -> new String(each.toByteArray(), StandardCharsets.UTF_8))
                .toList();
    }

    /** The place and the text of each message: what must be the same everywhere. */
    synchronized List<String> order() {
        return deliveries.stream()
                .map(each -> each.configuration().id() + "/" + each.sequence() + "/" + each.index() + " "
                        + each.sender() + "/" + each.number() + " " + each.length())
                .toList();
    }

    void awaitMembers(int count) {
        await("a regular configuration of " + count, handler -> {
            List<RingConfiguration> seen = handler.configurations;
            RingConfiguration last = seen.isEmpty() ? null : seen.get(seen.size() - 1);
            return last != null && !last.isTransitional() && last.members().size() == count;
        });
    }

    void awaitDeliveries(int count) {
        await(count + " messages", handler -> handler.deliveries.size() >= count);
    }

    synchronized void await(String what, Predicate<RecordingHandler> condition) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.test(this)) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                throw new AssertionError("waited in vain for " + what + "; configurations=" + configurations
                        + " messages=" + deliveries.size());
            }
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }
}
