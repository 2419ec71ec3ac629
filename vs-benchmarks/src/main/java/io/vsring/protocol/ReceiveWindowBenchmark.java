package io.vsring.protocol;

import io.vsring.MemberId;
import io.vsring.RingId;
import io.vsring.wire.DataFrame;
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

/** Frames into the window and out of it, one rotation's worth at a time; times are per frame. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
@NullUnmarked // JMH fills the fields
public class ReceiveWindowBenchmark {

    private static final int FRAMES = 80;
    private static final int ROTATIONS = 1024;

    /** Frames that come in the order of their numbers, or each pair the wrong way round. */
    @Param({"IN_ORDER", "SWAPPED"})
    public Arrival arrival;

    /** In which order frames come. */
    public enum Arrival {
        /** As they are numbered. */
        IN_ORDER,
        /** The second before the first, the fourth before the third. */
        SWAPPED
    }

    private DataFrame[] frames;
    private ReceiveWindow window;
    private int next;

    /** Numbers the frames of many rotations. */
    @Setup
    public void number() {
        MemberId member = new MemberId(1, 1);
        RingId ring = new RingId(member, 1);
        frames = new DataFrame[FRAMES * ROTATIONS];
        for (int index = 0; index < frames.length; index++) {
            int sequence = (arrival == Arrival.SWAPPED ? index ^ 1 : index) + 1;
            frames[index] = new DataFrame(ring, member, sequence, DataFrame.Kind.AGREED, 1, new byte[1]);
        }
        begin();
    }

    private void begin() {
        window = new ReceiveWindow(8192);
        next = 0;
    }

    /** One rotation: each frame is asked about, stored, looked up and let go. */
    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public long rotation() {
        if (next == frames.length) {
            begin();
        }
        for (int end = next + FRAMES; next < end; next++) {
            if (window.accepts(frames[next].sequence())) {
                boolean unused = window.insert(frames[next]);
            }
        }
        long found = 0;
        for (long sequence = window.releasedUpTo() + 1; sequence <= window.aru(); sequence++) {
            found += window.holds(sequence) ? 1 : 0;
        }
        window.release(window.aru(), frame -> {});
        return found;
    }
}
