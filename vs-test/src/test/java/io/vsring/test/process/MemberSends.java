package io.vsring.test.process;

import io.vsring.Guarantee;
import io.vsring.MemberId;
import io.vsring.Receipt;
import io.vsring.ring.MessageTooLargeException;
import io.vsring.ring.Outcome;
import io.vsring.ring.Ring;
import io.vsring.ring.RingClosedException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongPredicate;

/** Sends messages one after the other; by one thread at a time, so that it knows the number of each beforehand. */
final class MemberSends implements Outcome {

    private static final long RETRY_NANOS = 100_000;

    private final Ring ring;
    private final MemberId self;
    private final long underWayMax;
    private final AtomicLong settled = new AtomicLong();
    private final AtomicLong unknown = new AtomicLong();
    private long accepted;

    MemberSends(Ring ring, long underWayMax) {
        this.ring = ring;
        this.underWayMax = underWayMax;
        this.self = ring.status().local().id();
    }

    /** Sends as long as the predicate, given how many have been sent so far, says so; then waits for the outcomes. */
    void send(int length, Guarantee guarantee, LongPredicate goesOn) {
        long begin = System.nanoTime();
        long sent = 0;
        try {
            while (goesOn.test(sent)) {
                byte[] message = Content.of(self, accepted + 1, length);
                if (accepted - settled.get() >= underWayMax) {
                    awaitSettled(accepted - underWayMax / 2);
                }
                while (!ring.offer(MemberJournal.LOAD, message, guarantee, this)) {
                    LockSupport.parkNanos(this, RETRY_NANOS);
                }
                accepted++;
                sent++;
            }
        } catch (MessageTooLargeException refused) {
            EventLine.now("refused")
                    .with("text", String.valueOf(refused.getMessage()))
                    .print();
        } catch (RingClosedException closed) {
            EventLine.now("send-cut")
                    .with("text", String.valueOf(closed.getMessage()))
                    .print();
        }
        awaitSettled(accepted);
        EventLine.now("settled")
                .with("sent", sent)
                .with("accepted", accepted)
                .with("unknown", unknown.get())
                .with("took", System.nanoTime() - begin)
                .print();
    }

    /** Sends messages that tell when they were sent, each some time after the one before. */
    void sendTimed(int count, long gapNanos, Guarantee guarantee) {
        for (int i = 0; i < count; i++) {
            // An uneven gap, so that the messages do not fall into step with the ring's own timers.
            long until = System.nanoTime() + gapNanos + Content.mix(i) % 40_000_000L;
            while (System.nanoTime() < until) {
                LockSupport.parkNanos(this, until - System.nanoTime());
            }
            byte[] stamp =
                    ByteBuffer.allocate(Long.BYTES).putLong(System.nanoTime()).array();
            if (ring.offer(MemberJournal.TIMED, stamp, guarantee, this)) {
                accepted++;
            }
        }
        awaitSettled(accepted);
        EventLine.now("settled")
                .with("accepted", accepted)
                .with("unknown", unknown.get())
                .print();
    }

    private void awaitSettled(long count) {
        while (settled.get() < count) {
            LockSupport.parkNanos(this, RETRY_NANOS);
        }
    }

    @Override
    public void delivered(Receipt receipt) {
        settled.incrementAndGet();
    }

    @Override
    public void unknown(RingClosedException cause) {
        unknown.incrementAndGet();
        settled.incrementAndGet();
    }
}
