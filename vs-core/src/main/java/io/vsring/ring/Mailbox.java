package io.vsring.ring;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jctools.queues.atomic.MpscGrowableAtomicArrayQueue;

/**
 * Where messages of any thread wait for the loop thread.
 *
 * <p>Bounded by the bytes of all messages that were accepted and are not sent yet, wherever they wait: what
 * {@link #drain} takes out keeps its share until {@link #release}. Once closed it takes nothing more; what was accepted
 * before is still there, and {@link #isSettled} says when the last of it has come out.
 */
final class Mailbox {

    /** What became of an offer. */
    enum Answer {
        ACCEPTED,
        FULL,
        CLOSED
    }

    /** The largest bound. */
    static final long BYTES_MAX = (1L << 39) - 1;

    // One word, so that one compare-and-set decides: closed | messages under way to drain() (22 bits) | bytes (40
    // bits).
    private static final int BYTES_BITS = 40;
    private static final long BYTES_MASK = (1L << BYTES_BITS) - 1;
    private static final long ONE_MESSAGE = 1L << BYTES_BITS;
    private static final int MESSAGES_MAX = (1 << 22) - 1;
    private static final long MESSAGES_MASK = (long) MESSAGES_MAX << BYTES_BITS;
    private static final long CLOSED = 1L << 63;

    private final long boundBytes;
    private final Runnable wake;
    /** Becomes as large as it has to be, once, and has room for all messages that are counted. */
    private final MpscGrowableAtomicArrayQueue<Mail> queue = new MpscGrowableAtomicArrayQueue<>(256, MESSAGES_MAX + 1);

    private final AtomicLong word = new AtomicLong();
    private final AtomicBoolean awake = new AtomicBoolean();
    private final AtomicLong refused = new AtomicLong();

    /**
     * @param boundBytes what all waiting messages may cost together; a single one may cost more if nothing else waits
     * @param wake is run by the offering thread when the loop thread has to come and {@link #drain}
     */
    Mailbox(long boundBytes, Runnable wake) {
        this.boundBytes = boundBytes;
        this.wake = wake;
    }

    /** Copies the bytes of the message, if there is room for it. Any thread. Never blocks. */
    Answer offer(Mail mail) {
        long cost = mail.cost();
        for (; ; ) {
            long before = word.get();
            if (before < 0) {
                return Answer.CLOSED;
            }
            long bytes = before & BYTES_MASK;
            if ((bytes != 0 && bytes + cost > boundBytes) || (before & MESSAGES_MASK) == MESSAGES_MASK) {
                return Answer.FULL;
            }
            if (word.compareAndSet(before, before + cost + ONE_MESSAGE)) {
                break;
            }
        }
        try {
            if (!queue.offer(mail.copy())) {
                throw new IllegalStateException("there is room for all messages that are counted");
            }
        } catch (Throwable thrown) {
            word.addAndGet(-(cost + ONE_MESSAGE)); // no memory for it: as if it had not been offered
            throw thrown;
        }
        if (!awake.get() && awake.compareAndSet(false, true)) {
            wakeUp();
        }
        return Answer.ACCEPTED;
    }

    private void wakeUp() {
        try {
            wake.run();
        } catch (Throwable thrown) {
            // The message has been accepted all the same. The next one wakes, or the loop thread comes by itself.
            awake.set(false);
        }
    }

    /**
     * Takes out at most this many messages, and returns how many. Loop thread, and once that has ended its part, the
     * delivery thread.
     */
    int drain(int limit, Consumer<Mail> taker) {
        int taken = 0;
        try {
            Mail mail;
            while (taken < limit && (mail = queue.relaxedPoll()) != null) {
                taken++;
                taker.accept(mail);
            }
        } finally {
            if (taken > 0) {
                word.addAndGet(-taken * ONE_MESSAGE);
            }
        }
        return taken;
    }

    /**
     * The loop thread goes to sleep: from now on an offer wakes it. Loop thread only.
     *
     * @return false if something came in meanwhile, so that it must stay and drain again
     */
    boolean sleep() {
        awake.set(false);
        return queue.isEmpty() || !awake.compareAndSet(false, true);
    }

    /** Gives back the share of messages that have been drained and now are sent. Loop thread only. */
    void release(long cost) {
        word.addAndGet(-cost);
    }

    /** Takes nothing more. Any thread. */
    void close() {
        word.updateAndGet(now -> now | CLOSED);
    }

    /** Whether it is closed, and all that it ever accepted has come out of {@link #drain}. */
    boolean isSettled() {
        long now = word.get();
        return now < 0 && (now & MESSAGES_MASK) == 0;
    }

    /** What waits to be sent, in bytes with the overhead of each message. Any thread. */
    long bytes() {
        return word.get() & BYTES_MASK;
    }

    /** Counts an offer that was refused, here or before it got here. Any thread. */
    void countRefusal() {
        refused.incrementAndGet();
    }

    /** Offers that were refused. Any thread. */
    long refusals() {
        return refused.get();
    }
}
