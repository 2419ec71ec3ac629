package io.vsring.replicated;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
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

/** A read of a map whose values have been decoded, beside the same of a {@code ConcurrentHashMap}. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@NullUnmarked // JMH fills the fields
public class MapReadBenchmark {

    /** How many keys there are. */
    @Param({"1000", "100000"})
    public int entries;

    private final ConcurrentHashMap<String, String> plain = new ConcurrentHashMap<>();
    private ReplicatedMap<String, String> replicated;
    private String[] keys;
    private int next;

    /** Fills both maps with the same, and reads all once. */
    @Setup
    public void fill() {
        ReplicatedObjects objects = LoopbackRing.open();
        replicated = objects.map("map", Codec.strings(), Codec.strings());
        keys = new String[entries];
        for (int i = 0; i < entries; i++) {
            keys[i] = "key-" + i;
            String value = "value-" + i;
            plain.put(keys[i], value);
            CompletableFuture<String> put = replicated.putAsync(keys[i], value);
            LoopbackRing.deliver(objects);
            if (!put.isDone() || !value.equals(replicated.get(keys[i]))) {
                throw new IllegalStateException("the map does not hold " + keys[i]);
            }
        }
    }

    private String key() {
        next = next + 1 < entries ? next + 1 : 0;
        return keys[next];
    }

    /** From a {@code ConcurrentHashMap}. */
    @Benchmark
    public String concurrentHashMap() {
        return plain.get(key());
    }

    /** From a replicated map. */
    @Benchmark
    public String replicatedMap() {
        return replicated.get(key());
    }
}
