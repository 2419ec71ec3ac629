package io.vsring.replicated;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullUnmarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a call costs its member besides the ring: made, sent, delivered, applied and answered, a hundred at a time. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@NullUnmarked // JMH fills the fields
public class CommandBenchmark {

    private static final int CALLS = 100;

    private final String[] names = new String[CALLS];
    private final byte[] value = new byte[100];
    private ReplicatedObjects objects;
    private DistributedLocks locks;
    private ReplicatedCounter counter;
    private ReplicatedMap<String, byte[]> map;

    /** Makes the only member primary. */
    @Setup
    public void establish() {
        objects = LoopbackRing.open();
        for (int call = 0; call < CALLS; call++) {
            names[call] = "lock-1-" + call;
        }
        locks = objects.locks();
        counter = objects.counter("counter");
        map = objects.map("map", Codec.strings(), Codec.bytes());
    }

    /** A lock acquired and released: two commands. */
    @Benchmark
    @OperationsPerInvocation(CALLS)
    public CompletableFuture<?> lock() {
        CompletableFuture<Boolean> last = null;
        for (String name : names) {
            last = locks.acquireAsync(name).thenCompose(LockHandle::releaseAsync);
        }
        return delivered(last);
    }

    /** An increment. */
    @Benchmark
    @OperationsPerInvocation(CALLS)
    public CompletableFuture<?> increment() {
        CompletableFuture<Long> last = null;
        for (int call = 0; call < CALLS; call++) {
            last = counter.addAndGetAsync(1);
        }
        return delivered(last);
    }

    /** A value of 100 bytes put into a map. */
    @Benchmark
    @OperationsPerInvocation(CALLS)
    public CompletableFuture<?> put() {
        CompletableFuture<byte[]> last = null;
        for (String name : names) {
            last = map.putAsync(name, value);
        }
        return delivered(last);
    }

    private CompletableFuture<?> delivered(CompletableFuture<?> last) {
        LoopbackRing.deliver(objects);
        if (!Objects.requireNonNull(last).isDone()) {
            throw new IllegalStateException("a call was not answered");
        }
        return last;
    }
}
