package io.vsring.spring;

import io.vsring.Guarantee;
import io.vsring.Receipt;
import io.vsring.ring.RingStatus;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Sends messages to all members of the ring, this one included.
 *
 * <p><b>Payloads.</b> {@code byte[]} is sent as it is, a {@code String} as UTF-8, anything else as CBOR that describes
 * itself (RFC 8949, 3.4.6), unless a {@link PayloadCodec} bean supports its class. A text is never taken for CBOR, nor
 * CBOR for a text: that is an error in the handler. Bytes carry no mark of what they are: a handler that takes
 * {@code byte[]} gets everything, and one that takes something else gets bytes that happen to be UTF-8, or to begin as
 * our CBOR does, as if they had been sent so. Encoding happens on the caller's thread, before anything is sent.
 *
 * <p><b>Outcomes.</b> A message is refused before anything happened, with an exception; or delivered here, and its
 * receipt says where in the order; or, if this member ended before it could know, unknown
 * ({@link io.vsring.ring.OutcomeUnknownException}).
 *
 * <p><b>Threading.</b> Any thread; messages of one thread keep their order. Futures are completed on the ring's
 * delivery thread: what is chained to them must not block there, else use the {@code Async} variants.
 *
 * <p><b>In {@link OnDeliver} and {@link OnConfigurationChange} methods</b> send, but do not wait for a receipt: the
 * ring waits for a listener whose queue is full, and while it does, nothing is delivered. {@code sendAndAwait}, and
 * {@code get} and {@code join} of a future that was given there or was chained to one, are refused at once, however
 * empty the queue, with {@link io.vsring.ring.ReentrantCallException}. Other ways to wait cannot be seen and are as
 * wrong: {@code CompletableFuture.allOf} and {@code anyOf} give futures that know nothing of the ring, and so does a
 * latch. Chain what follows to the future, or wait on another executor.
 *
 * <p><b>All methods that send throw</b> {@link PayloadCodecException} if the payload cannot be written,
 * {@link io.vsring.ring.MessageTooLargeException} if it is over the limit, and
 * {@link io.vsring.ring.RingClosedException} if this member is not started or has ended. Nothing was sent then.
 */
public interface RingOperations {

    /** Sends to the default group with the default guarantee; otherwise as {@link #send(String, Object, Guarantee)}. */
    CompletableFuture<Receipt> send(Object payload);

    /** Sends with the default guarantee; otherwise as {@link #send(String, Object, Guarantee)}. */
    CompletableFuture<Receipt> send(String group, Object payload);

    /**
     * Sends a message, waiting for room in the send queue if it is full.
     *
     * @return done when the message has been delivered here; not to be waited for in listeners, as above
     * @throws SendQueueFullException if there was no room in time, or if waiting here would keep the ring from making
     *     any: on its delivery thread, and in a listener whose own queue is half full
     */
    CompletableFuture<Receipt> send(String group, Object payload, Guarantee guarantee);

    /** Sends a message with headers; otherwise as {@link #send(String, Object, Guarantee)}. */
    CompletableFuture<Receipt> send(OutboundMessage message);

    /** Sends a message if there is room now; empty, with nothing sent, if there is none. Never waits. */
    Optional<CompletableFuture<Receipt>> trySend(String group, Object payload, Guarantee guarantee);

    /** Waits up to the send timeout; otherwise as {@link #sendAndAwait(String, Object, Guarantee, Duration)}. */
    Receipt sendAndAwait(String group, Object payload, Guarantee guarantee);

    /**
     * Sends a message and waits until it has been delivered here.
     *
     * @throws SendQueueFullException as {@link #send(String, Object, Guarantee)}
     * @throws DeliveryTimeoutException if it was accepted but not delivered in time, or the caller was interrupted
     * @throws io.vsring.ring.OutcomeUnknownException if this member ended before it could know
     * @throws io.vsring.ring.ReentrantCallException on the ring's delivery thread and in its listeners, as above;
     *     nothing has been sent
     */
    Receipt sendAndAwait(String group, Object payload, Guarantee guarantee, Duration timeout);

    /** Sends a message with headers; otherwise as {@link #sendAndAwait(String, Object, Guarantee, Duration)}. */
    Receipt sendAndAwait(OutboundMessage message, Duration timeout);

    /**
     * Sends an empty message of its own, and lets whoever waits for it see all that came before: what was delivered by
     * any member of this component before this call has been delivered here, and the listeners of this application have
     * handled it, but for calls on executors. A paused listener holds it up.
     *
     * @return done on the thread of the last of these listeners, or on the delivery thread; it fails with
     *     {@link io.vsring.ring.RingClosedException} if a listener was ended before it had handled what came before,
     *     and with another {@link io.vsring.ring.RingException} if as many barriers wait for a listener as messages may
     *     (vs.listener.queue-capacity). Not to be waited for in listeners, as above
     * @throws SendQueueFullException as {@link #send(String, Object, Guarantee)}
     */
    CompletableFuture<Void> barrier();

    /**
     * What this member is doing, and with whom.
     *
     * @throws io.vsring.ring.RingClosedException if it is not started
     */
    RingStatus status();
}
