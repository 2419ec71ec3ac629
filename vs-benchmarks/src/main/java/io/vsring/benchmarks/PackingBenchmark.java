package io.vsring.benchmarks;

import io.vsring.Guarantee;
import io.vsring.MemberId;
import io.vsring.RingId;
import io.vsring.wire.DataFrame;
import io.vsring.wire.OutgoingMessage;
import io.vsring.wire.Packer;
import io.vsring.wire.Unpacker;
import io.vsring.wire.WireFormat;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullUnmarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** Messages into frame bodies and out of them again; times are per message. */
@State(Scope.Thread)
@BenchmarkMode(org.openjdk.jmh.annotations.Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
@NullUnmarked // JMH fills the fields
public class PackingBenchmark {

    private static final int FRAME_BYTES = 1472;
    private static final int MESSAGES = 64;
    private static final MemberId SENDER = new MemberId(1, 0x1234_5678_9ABC_DEF0L);
    private static final RingId RING = new RingId(SENDER, 42);

    /** Bytes of each message: many in a frame, one, and one in several frames. */
    @Param({"16", "1024", "8192"})
    public int size;

    private final Packer packer = new Packer(WireFormat.bodyBytesMax(FRAME_BYTES));
    private final Unpacker unpacker = new Unpacker();
    private OutgoingMessage[] messages;
    private DataFrame[] frames;

    /** Makes the messages, and the frames to take apart. */
    @Setup
    public void prepare() {
        messages = new OutgoingMessage[MESSAGES];
        byte[] group = "load".getBytes(StandardCharsets.UTF_8);
        for (int index = 0; index < MESSAGES; index++) {
            messages[index] = new OutgoingMessage(index + 1, group, Guarantee.AGREED, new byte[size]);
        }
        frames = new DataFrame[MESSAGES * (size / (FRAME_BYTES / 2) + 1)];
        pack((sequence, body) -> frames[sequence] =
                new DataFrame(RING, SENDER, sequence + 1, packer.kind(), packer.firstNumber(), body));
    }

    /** All messages into bodies. */
    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public void pack(Blackhole sink) {
        pack((sequence, body) -> sink.consume(body));
    }

    /** All messages out of frames. */
    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public void unpack(Blackhole sink) {
        for (DataFrame frame : frames) {
            if (frame != null) {
                unpacker.accept(frame, message -> sink.consume(message.length()));
            }
        }
    }

    private interface Bodies {
        void finished(int sequence, byte[] body);
    }

    private void pack(Bodies bodies) {
        int sequence = 0;
        int offset = 0;
        packer.begin();
        for (int index = 0; index < MESSAGES; ) {
            int next = packer.pack(messages[index], offset);
            if (next == size) {
                index++;
                offset = 0;
                continue;
            }
            offset = next == Packer.FULL ? offset : next;
            bodies.finished(sequence++, packer.finish());
            packer.begin();
        }
        bodies.finished(sequence, packer.finish());
    }
}
