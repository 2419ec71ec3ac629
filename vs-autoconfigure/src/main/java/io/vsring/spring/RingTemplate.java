package io.vsring.spring;

import static java.util.Objects.requireNonNull;

import io.micrometer.observation.Observation;
import io.vsring.Guarantee;
import io.vsring.Receipt;
import io.vsring.ring.OutcomeUnknownException;
import io.vsring.ring.Ring;
import io.vsring.ring.RingException;
import io.vsring.ring.RingFuture;
import io.vsring.ring.RingStatus;
import io.vsring.spring.observation.RingObservations;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Sends messages on the ring of this application context.
 *
 * <p>Can be injected anywhere; it works from the start of the context's ring to its end, and says so when it is used
 * before or after.
 */
public final class RingTemplate implements RingOperations {

    private static final long PARK_NANOS_MIN = TimeUnit.MICROSECONDS.toNanos(50);
    private static final long PARK_NANOS_MAX = TimeUnit.MILLISECONDS.toNanos(2);

    private static final byte[] EMPTY = {};

    private final Supplier<Ring> ring;
    private final PayloadCodecs codecs;
    private final TemplateSettings settings;
    private final RingListenerRegistry listeners;

    /**
     * Sends on whatever ring is the current one.
     *
     * @param ring the ring that runs now; throws {@link io.vsring.ring.RingClosedException} while none does
     * @param listeners the listeners of that ring, whose threads it may have to wait for
     */
    public RingTemplate(
            Supplier<Ring> ring, PayloadCodecs codecs, TemplateSettings settings, RingListenerRegistry listeners) {
        this.ring = ring;
        this.codecs = codecs;
        this.settings = settings;
        this.listeners = listeners;
    }

    @Override
    public CompletableFuture<Receipt> send(Object payload) {
        return send(settings.defaultGroup(), payload, settings.defaultGuarantee());
    }

    @Override
    public CompletableFuture<Receipt> send(String group, Object payload) {
        return send(group, payload, settings.defaultGuarantee());
    }

    @Override
    public CompletableFuture<Receipt> send(String group, Object payload, Guarantee guarantee) {
        return send(outbound(group, payload, guarantee, Map.of()), settings.sendTimeout());
    }

    @Override
    public CompletableFuture<Receipt> send(OutboundMessage message) {
        return send(outbound(message), settings.sendTimeout());
    }

    @Override
    public Optional<CompletableFuture<Receipt>> trySend(String group, Object payload, Guarantee guarantee) {
        Outbound message = outbound(group, payload, guarantee, Map.of());
        try {
            if (message.offer()) {
                return Optional.of(message.future());
            }
        } catch (RuntimeException e) {
            throw message.receipt().refused(e);
        }
        message.receipt().refused();
        return Optional.empty();
    }

    @Override
    public Receipt sendAndAwait(String group, Object payload, Guarantee guarantee) {
        return sendAndAwait(group, payload, guarantee, settings.sendTimeout());
    }

    @Override
    public Receipt sendAndAwait(String group, Object payload, Guarantee guarantee, Duration timeout) {
        RingFuture.checkWaiting(mustNotWait(ring.get()));
        return sendAndAwait(outbound(group, payload, guarantee, Map.of()), timeout);
    }

    @Override
    public Receipt sendAndAwait(OutboundMessage message, Duration timeout) {
        RingFuture.checkWaiting(mustNotWait(ring.get()));
        return sendAndAwait(outbound(message), timeout);
    }

    /** Sends to one of our own groups; otherwise as {@link #send(OutboundMessage)}. */
    CompletableFuture<Receipt> sendOurs(
            String group, Object payload, Guarantee guarantee, Map<String, String> headers) {
        return send(sealed(group, payload, guarantee, headers), settings.sendTimeout());
    }

    @Override
    public CompletableFuture<Void> barrier() {
        Ring current = ring.get();
        RingFuture<Void> handled = new RingFuture<>(mustNotWait(current));
        PendingReceipt receipt = new PendingReceipt(mustNotWait(current), Observation.NOOP);
        var unused = send(
                        new Outbound(current, ReservedGroups.BARRIER, EMPTY, Guarantee.AGREED, receipt),
                        settings.sendTimeout())
                .whenComplete((delivered, failure) -> {
                    if (failure == null) {
                        listeners.completeWhenHandled(handled);
                    } else {
                        handled.completeExceptionally(failure);
                    }
                });
        return handled;
    }

    @Override
    public RingStatus status() {
        return ring.get().status();
    }

    /** The delivery thread alone could complete a receipt, and it may have to wait for the listeners' threads. */
    private BooleanSupplier mustNotWait(Ring current) {
        return () -> current.isOwnThread() || listeners.isListenerThread();
    }

    private CompletableFuture<Receipt> send(Outbound message, Duration timeout) {
        try {
            awaitAccepted(message, timeout);
            return message.future();
        } catch (RuntimeException e) {
            throw message.receipt().refused(e);
        }
    }

    private Receipt sendAndAwait(Outbound message, Duration timeout) {
        long deadline = System.nanoTime() + TimeUnit.NANOSECONDS.convert(requireNonNull(timeout, "timeout"));
        CompletableFuture<Receipt> receipt = send(message, timeout);
        try {
            return receipt.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new DeliveryTimeoutException(
                    "the message was accepted but not delivered here within " + timeout.toMillis()
                            + "ms; it may still be. The ring is "
                            + message.ring().status().state(),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DeliveryTimeoutException("interrupted before the message was delivered here; it may still be", e);
        } catch (ExecutionException e) {
            throw rethrown(e);
        }
    }

    private Outbound outbound(OutboundMessage message) {
        return outbound(
                message.group() == null ? settings.defaultGroup() : message.group(),
                message.payload(),
                message.guarantee() == null ? settings.defaultGuarantee() : message.guarantee(),
                message.headers());
    }

    private Outbound outbound(String group, Object payload, Guarantee guarantee, Map<String, String> headers) {
        return sealed(named(group), payload, guarantee, headers);
    }

    private Outbound sealed(String group, Object payload, Guarantee guarantee, Map<String, String> headers) {
        Ring current = ring.get();
        requireNonNull(guarantee, "guarantee");
        byte[] encoded = codecs.encode(requireNonNull(payload, "payload"));
        RingObservations observations = settings.observations();
        Observation observation = Observation.NOOP;
        Map<String, String> all = headers;
        if (observations != null) {
            all = new LinkedHashMap<>(headers);
            observation = observations.startSending(group, guarantee, all);
        }
        PendingReceipt receipt = new PendingReceipt(mustNotWait(current), observation);
        try {
            return new Outbound(current, group, HeaderBlock.inFrontOf(encoded, all), guarantee, receipt);
        } catch (IllegalArgumentException e) {
            throw receipt.refused(e);
        }
    }

    /** Waits for room in the send queue. */
    private void awaitAccepted(Outbound message, Duration timeout) {
        if (message.offer()) {
            return;
        }
        long deadline = System.nanoTime() + TimeUnit.NANOSECONDS.convert(timeout);
        long parkNanos = PARK_NANOS_MIN;
        do {
            checkWaiting(message.ring(), timeout, deadline);
            LockSupport.parkNanos(this, parkNanos);
            parkNanos = Math.min(2 * parkNanos, PARK_NANOS_MAX);
        } while (!message.offer());
    }

    private void checkWaiting(Ring current, Duration timeout, long deadline) {
        if (current.isOwnThread() || listeners.isBusyListenerThread()) {
            throw new SendQueueFullException(
                    "the send queue is full, and the ring waits for the calling thread to handle"
                            + " what it has delivered: send fewer messages for each that is handled, or send on"
                            + " another thread");
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new SendQueueFullException("interrupted while the send queue was full; nothing has been sent");
        }
        if (System.nanoTime() - deadline >= 0) {
            throw new SendQueueFullException("the send queue was full for " + timeout.toMillis()
                    + "ms (vs.template.send-timeout); nothing has been sent. The ring is "
                    + current.status().state() + ": send more slowly, or look for a member with a slow handler");
        }
    }

    private static String named(String group) {
        requireNonNull(group, "group");
        if (group.equals(OnDeliver.ALL_GROUPS)) {
            throw new IllegalArgumentException(
                    "a message is sent to one group; '" + group + "' is only for listeners, where it means all groups");
        }
        if (ReservedGroups.contains(group)) {
            throw new IllegalArgumentException("the group '" + group + "' is one of those that vs keeps for itself, as"
                    + " all that begin with \"vs.\": give the message another one");
        }
        return group;
    }

    private static RuntimeException rethrown(ExecutionException failed) {
        if (failed.getCause() instanceof RingException known) {
            return known;
        }
        return new OutcomeUnknownException("the delivery of the message failed here", failed);
    }
}
