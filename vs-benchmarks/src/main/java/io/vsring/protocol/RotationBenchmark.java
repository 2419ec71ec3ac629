package io.vsring.protocol;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullUnmarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One rotation of the token over a ring of three without a network: three visits, and the frames that they send.
 *
 * <p>Divide by three for a visit; what it costs with frames includes packing them, storing them at all three members
 * and delivering them.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
@NullUnmarked // JMH fills the fields
public class RotationBenchmark {

    /** Messages of 1 KiB that each member submits for each rotation; each fills a frame. */
    @Param({"1", "17"})
    public int messages;

    private final byte[] bytes = new byte[1024];
    private RingOfThree ring;

    /** Forms the ring. */
    @Setup
    public void form() {
        ring = new RingOfThree();
    }

    /** Messages, and a rotation that carries them. */
    @Benchmark
    public long rotation() {
        ring.submit(messages, bytes);
        ring.rotation();
        return ring.delivered();
    }
}
