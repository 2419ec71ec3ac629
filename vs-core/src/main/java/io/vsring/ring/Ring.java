package io.vsring.ring;

import io.vsring.Guarantee;
import io.vsring.Member;
import io.vsring.security.Keyring;
import io.vsring.transport.Transport;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One member of a ring, in this process.
 *
 * <p>Made by {@link RingOptions#open}. Any thread may call any method. Whoever waits on one of the ring's own threads
 * for a future that it gave, or for one chained to it, gets a {@link ReentrantCallException}: chain to it instead. What
 * {@code CompletableFuture.allOf} and {@code anyOf} make of such futures knows nothing of the ring, and waits for ever.
 */
public interface Ring extends AutoCloseable {

    /**
     * Starts the member: it installs a ring of its own at once, and then looks for others.
     *
     * @return done, on the delivery thread, when the member's own configuration has been delivered to the handler; it
     *     fails with {@link RingStartException} if the member ends before that. A second call starts nothing, and its
     *     future says the same
     */
    CompletableFuture<Void> start();

    /**
     * Waits until this member is together with another one, or all seeds have been silent for the formation wait,
     * counted from when it was first known where they are.
     *
     * @param timeout the longest to wait; zero or less only looks
     * @throws InterruptedException if the caller was interrupted; the member goes on trying
     * @throws RingStartException if neither was so when the timeout had passed; the member goes on trying
     * @throws RingClosedException if the member ended meanwhile
     * @throws IllegalStateException if the member has not been started
     * @throws ReentrantCallException on the delivery thread, or on the loop thread
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
     * @param group the name of the group, 1 to {@link RingOptions#GROUP_BYTES_MAX} bytes of UTF-8; members share one
     *     order over all groups
     * @param message the bytes; copied before this method returns. At most {@link RingOptions#maxMessageBytes()}
     * @param guarantee how sure the ring must be before it delivers
     * @param outcome is told what became of it, on the delivery thread
     * @throws MessageTooLargeException if the message is over the limit; nothing has been sent
     * @throws IllegalArgumentException if the group has no such name
     * @throws RingClosedException if this member has left or failed
     */
    boolean offer(String group, byte[] message, Guarantee guarantee, Outcome outcome);

    /** What this member is doing. Never blocks. */
    RingStatus status();

    /** Counters since the start. Never blocks. */
    RingStatistics statistics();

    /**
     * How many datagrams the system has dropped since the start because the receive buffer of this member was full.
     * Empty if {@linkplain #areReceiveDropsTold() nobody tells}, and once the member has ended. Any thread but the
     * ring's own: it reads a file of the system.
     */
    default OptionalLong receiveDrops() {
        return OptionalLong.empty();
    }

    /** Whether this system tells how many datagrams it has dropped, as Linux does in {@code /proc/net/udp}. */
    static boolean areReceiveDropsTold() {
        return Transport.areReceiveDropsTold();
    }

    /**
     * Runs the task on the delivery thread, between two deliveries: after what has been handed to the handler so far.
     * Any thread. Ignored once the member has ended. If 1,048,576 tasks wait, those that are scheduled included, and
     * one more comes, the member ends.
     *
     * @param task must not wait; what it throws is logged
     */
    void execute(Runnable task);

    /**
     * As {@link #execute}, but not before this delay has passed.
     *
     * @param delay zero or less: at once
     */
    void schedule(Runnable task, Duration delay);

    /** Now, in nanoseconds from an arbitrary origin, on the clock of {@link #schedule}. */
    long nanoTime();

    /**
     * Whether the token of the configuration that was delivered last has been here within this time: others that have
     * gone on without this member did so before. Always so in a ring of one. Never blocks.
     */
    boolean hasSeenToken(Duration within);

    /**
     * Whether this member has known for this long where to look for others. Always so without seeds, and with seeds
     * that are addresses, since nobody has to be asked for them. Never blocks.
     */
    boolean hasKnownSeeds(Duration atLeast);

    /**
     * How long the members of the ring have agreed to wait for the token: at least as long as this one is set up for.
     */
    Duration agreedTokenLoss();

    /**
     * Tells those who see what this member does, such as its trace, about what is built on the ring. Delivery thread.
     *
     * @param note calls one of the methods that are about that; a ring without observers never calls it
     */
    default void tellObservers(Consumer<RingObserver> note) {}

    /**
     * Seals with the active key of these from now on, and opens what was sealed with any of them. The ring goes on as
     * it is if all members have the active keys of all others. Does not wait. Ignored once the member has ended.
     *
     * @throws IllegalStateException if this member was started without keys
     */
    void useKeys(Keyring keyring);

    /** The keys that are in use, those of {@link #useKeys} as soon as they are; null without any. Never blocks. */
    default @Nullable Keyring keyring() {
        return options().keyring();
    }

    /**
     * Another living member with the id of this one, and where it is, which was noticed within the last 30 seconds;
     * null if there is none. One of the two has to get an id of its own. Never blocks.
     */
    default @Nullable Member twin() {
        return null;
    }

    /** How this member was set up. */
    RingOptions options();

    /**
     * Whether the caller is one of this ring's own threads, the delivery thread or the loop thread: nothing may wait
     * there for what only they can bring about.
     */
    boolean isOwnThread();

    /**
     * Leaves: accepts nothing more, waits until all that was accepted is safe, and tells the others. What is not safe
     * when the {@linkplain RingOptions#leaveTimeout() leave timeout} has passed gets an unknown outcome.
     *
     * @return done, on the delivery thread, when the others have been told, nothing is sent or received any more and
     *     the handler knows that nothing more comes. Never fails
     */
    CompletableFuture<Void> leave();

    /**
     * As {@link #leave()}, and waits for it, and until the port is free: for the leave timeout and a second, no longer.
     * A handler that does not return by then is told of the end when it does. An interrupt ends the wait, not the
     * leave.
     *
     * @throws ReentrantCallException on the delivery thread, or on the loop thread: call {@link #leave()} there
     */
    @Override
    void close();
}
