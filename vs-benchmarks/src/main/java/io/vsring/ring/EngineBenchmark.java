package io.vsring.ring;

import io.vsring.Guarantee;
import io.vsring.Receipt;
import io.vsring.wire.OutgoingMessage;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullUnmarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the engine itself takes for a message, from its offer to the handlers of three members, without sockets and
 * threads. With {@code -prof gc} it says what is allocated.
 *
 * <p>{@link #offerAndDeliver} copies each message once, as it has to: the caller may write to its array again. What
 * that takes alone is {@link #copyOnly}; the difference is the engine's, for three deliveries.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
@NullUnmarked // JMH fills the fields
public class EngineBenchmark {

    private static final int MESSAGES = 10_000;
    private static final int AT_ONCE = 2000;
    private static final int MEMBERS = 3;
    private static final byte[] GROUP = "load".getBytes(StandardCharsets.UTF_8);

    private static final Outcome NOBODY_ASKS = new Outcome() {
        @Override
        public void delivered(Receipt receipt) {
            // nobody asks
        }

        @Override
        public void unknown(RingClosedException cause) {
            // as above
        }
    };

    /** Bytes of a message. */
    @Param({"64", "1024"})
    public int size;

    /** What is asked for. */
    @Param({"AGREED", "SAFE"})
    public Guarantee guarantee;

    private RingInOneThread ring;
    private byte[] bytes;
    private Mail mail;

    /** Forms the ring. */
    @Setup
    public void form() {
        ring = new RingInOneThread();
        bytes = new byte[size];
    }

    /** Messages of one member, each delivered to three. */
    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public long offerAndDeliver() {
        Ring sender = ring.member(MEMBERS - 1);
        for (int sent = 0; sent < MESSAGES; sent += AT_ONCE) {
            long before = ring.delivered();
            for (int i = 0; i < AT_ONCE; i++) {
                if (!sender.offer("load", bytes, guarantee, NOBODY_ASKS)) {
                    throw new IllegalStateException("the send queue is full");
                }
            }
            ring.runUntilDelivered(before + MEMBERS * AT_ONCE);
        }
        return ring.delivered();
    }

    /** What is kept of each message from its offer until it is sent. */
    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public long copyOnly() {
        long sum = 0;
        for (int i = 0; i < MESSAGES; i++) {
            mail = new Mail("load", new OutgoingMessage(GROUP, guarantee, bytes), NOBODY_ASKS).copy();
            sum += mail.cost();
        }
        return sum;
    }
}
