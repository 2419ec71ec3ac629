package io.vsring.ring;

import io.vsring.Guarantee;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * One member of a ring, in this process.
 *
 * <p>Made by {@link RingOptions#open}. Any thread may call any method.
 */
public interface Ring extends AutoCloseable {

    /**
     * Starts the member: it installs a ring of its own at once, and then looks for others.
     *
     * @return done when the member's own configuration has been delivered to the handler
     */
    CompletableFuture<Void> start();

    /**
     * Waits until this member is together with another one, or all seeds have been silent for the formation wait.
     *
     * @throws ReentrantCallException on the delivery thread
     */
    void awaitFormation(Duration timeout) throws InterruptedException;

    /**
     * Queues a message for total-order delivery to every member of the configuration, this one included.
     *
     * <p><b>Returns</b> false, and queues nothing, when the send queue is full; try again after the next delivery. True
     * means that the message is numbered in the order of acceptance, and that the outcome will be told.
     *
     * <p><b>Threading.</b> Any thread. Never blocks. Messages from one thread keep their order.
     *
     * @param group the name of the group, 1 to 64 bytes of UTF-8; members share one order over all groups
     * @param message the bytes; copied before this method returns. At most {@link RingOptions#maxMessageBytes()}
     * @param guarantee how sure the ring must be before it delivers
     * @param outcome is told what became of it, on the delivery thread
     * @throws MessageTooLargeException if the message is over the limit; nothing has been sent
     * @throws RingClosedException if this member has left or failed
     */
    boolean offer(String group, byte[] message, Guarantee guarantee, Outcome outcome);

    /** What this member is doing. Never blocks. */
    RingStatus status();

    /** Counters since the start. Never blocks. */
    RingStatistics statistics();

    /** How this member was set up. */
    RingOptions options();

    /** Whether the caller is the delivery thread of this ring, on which nothing may wait for a delivery. */
    boolean isDeliveryThread();

    /**
     * Leaves: accepts nothing more, waits until all that was accepted is safe, and tells the others.
     *
     * @return done when the others have been told and the sockets are closed
     */
    CompletableFuture<Void> leave();

    /** As {@link #leave()}, and waits for it; after the leave timeout it ends all the same. */
    @Override
    void close();
}
