package io.vsring.spring;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vsring.Delivery;
import io.vsring.Guarantee;
import io.vsring.MemberId;
import io.vsring.MemberSet;
import io.vsring.RingConfiguration;
import io.vsring.RingId;
import io.vsring.actuate.ListenerMeters;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;

/**
 * What an {@link OnDeliver} method costs a message beside what the engine does to deliver it: the copy, the queue, the
 * listener's thread, reading the payload and the call, with meters. {@code direct} is a handler without all that.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 15, time = 1) // reading a record is compiled late, with its reader on two cores
@Measurement(iterations = 10, time = 1)
@Fork(1)
@NullUnmarked // JMH fills the fields
public class DispatchBenchmark {

    private static final int MESSAGES = 4096;
    private static final MemberId SELF = new MemberId(1, 1);
    private static final RingConfiguration ALONE = RingConfiguration.regular(new RingId(SELF, 1), MemberSet.of(SELF));

    /** What the method takes. */
    @Param({"bytes", "bytesAndDelivery", "text", "cbor", "headers"})
    public String handler;

    private final Handlers handlers = new Handlers();
    private RingListenerRegistry registry;
    private Arriving arriving;
    private PayloadCodec codec;
    private Class<?> type;

    /** A payload as applications have them. */
    public record Order(String id, int quantity, long price) {}

    /** Starts the listener. */
    @Setup
    public void start() {
        PayloadCodecs codecs = new PayloadCodecs(List.of());
        registry = new RingListenerRegistry(
                codecs,
                new ListenerSettings("default", true, 8192, 32 << 20, Duration.ofSeconds(1), null),
                ListenerErrorHandler.logging(),
                Thread::new);
        new ListenerMeters(registry, "bench").bindTo(new SimpleMeterRegistry());
        DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
        beans.registerSingleton("handlers", handlers);
        RingListenerBeanPostProcessor processor = new RingListenerBeanPostProcessor(beans, () -> registry);
        processor.postProcessAfterInitialization(handlers, "handlers");
        processor.afterSingletonsInstantiated();
        registry.start(SELF, death -> {
            throw new IllegalStateException(death);
        });
        Object payload =
                handler.equals("cbor") ? new Order("order-4711", 3, 1999) : "a text of forty characters, more or less";
        type = handler.startsWith("bytes") ? byte[].class : payload.getClass();
        codec = codecs.forType(type);
        byte[] bytes = codecs.encode(payload);
        arriving = new Arriving(
                handler, handler.equals("headers") ? HeaderBlock.inFrontOf(bytes, Map.of("tenant", "acme")) : bytes);
    }

    /** Ends its thread. */
    @TearDown
    public void stop() throws InterruptedException {
        registry.stop(Duration.ofSeconds(1));
    }

    /** Many messages, until the method has been called for all of them. */
    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public long listener() {
        long until = handlers.called.get() + MESSAGES;
        for (int message = 0; message < MESSAGES; message++) {
            registry.onMessage(arriving);
        }
        while (handlers.called.get() < until) {
            Thread.onSpinWait();
        }
        return until;
    }

    /** The same number of calls of a handler of the ring's own kind, which copies the bytes. */
    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public int direct() {
        int seen = 0;
        for (int message = 0; message < MESSAGES; message++) {
            seen += arriving.toByteArray().length;
        }
        return seen;
    }

    /** Reading alone, on one thread: how much of {@code listener} is the payload's and not the listener's. */
    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public int reading() {
        int seen = 0;
        for (int message = 0; message < MESSAGES; message++) {
            seen += codec.decode(HeaderBlock.open(arriving).toByteArray(), type).hashCode();
        }
        return seen;
    }

    /** One method each. */
    static final class Handlers {

        private final AtomicLong called = new AtomicLong(); // the listener's thread alone writes

        private void count() {
            called.setRelease(called.getPlain() + 1);
        }

        @OnDeliver("bytes")
        void bytes(byte[] bytes) {
            count();
        }

        @OnDeliver("bytesAndDelivery")
        void bytes(byte[] bytes, Delivery delivery) {
            count();
        }

        @OnDeliver("text")
        void text(String text) {
            count();
        }

        @OnDeliver("cbor")
        void order(Order order) {
            count();
        }

        @OnDeliver("headers")
        void message(DeliveredMessage<String> message) {
            count();
        }
    }

    /** As the ring hands one over: valid during the call, copied by whoever keeps it. */
    private record Arriving(String group, byte[] message) implements Delivery {

        @Override
        public MemberId sender() {
            return SELF;
        }

        @Override
        public long number() {
            return 1;
        }

        @Override
        public Guarantee guarantee() {
            return Guarantee.AGREED;
        }

        @Override
        public RingConfiguration configuration() {
            return ALONE;
        }

        @Override
        public long sequence() {
            return 1;
        }

        @Override
        public int index() {
            return 0;
        }

        @Override
        public int length() {
            return message.length;
        }

        @Override
        public ByteBuffer bytes() {
            return ByteBuffer.wrap(message).asReadOnlyBuffer();
        }

        @Override
        public Delivery copy() {
            return new Arriving(group, message.clone());
        }
    }
}
