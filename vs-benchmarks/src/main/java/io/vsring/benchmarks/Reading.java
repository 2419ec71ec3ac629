package io.vsring.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import io.vsring.ring.RingStatistics;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What this process has used and done up to a moment.
 *
 * @param nanos the moment
 * @param cpuNanos CPU time of the process
 * @param engine what the ring's own threads took, without what the JVM does beside them
 * @param gcMillis what its collectors took
 * @param delivered messages, as far as somebody counts them
 * @param ring counters of its ring; null if it is on none
 */
record Reading(
        long nanos,
        long cpuNanos,
        Engine engine,
        long gcMillis,
        long delivered,
        @Nullable RingStatistics ring) {

    private static final String ENGINE_THREADS = "vs-";

    static Reading of(long delivered, @Nullable RingStatistics ring) {
        long gcMillis = 0;
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            gcMillis += Math.max(0, collector.getCollectionTime());
        }
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return new Reading(System.nanoTime(), system.getProcessCpuTime(), Engine.now(), gcMillis, delivered, ring);
    }

    /**
     * @param nanos CPU time
     * @param bytes allocated, whether they live or not
     */
    record Engine(long nanos, long bytes) {

        static Engine now() {
            ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
            long nanos = 0;
            long bytes = 0;
            for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
                if (thread != null && thread.getThreadName().startsWith(ENGINE_THREADS)) {
                    nanos += Math.max(0, threads.getThreadCpuTime(thread.getThreadId()));
                    bytes += Math.max(0, threads.getThreadAllocatedBytes(thread.getThreadId()));
                }
            }
            return new Engine(nanos, bytes);
        }
    }

    double secondsSince(Reading since) {
        return (nanos - since.nanos) / 1e9;
    }

    /**
     * Adds what was used since then: CPU time, in per cent of one core too, what is in memory, and what the ring's own
     * threads allocated for each message that was delivered, the handler's part of it included.
     */
    JsonLine cost(JsonLine line, Reading since) {
        if (delivered > since.delivered) {
            line.put(
                    "engine_bytes_per_msg",
                    (double) (engine.bytes - since.engine.bytes) / (delivered - since.delivered));
        }
        return line.put("rss_mb", residentBytes() / 1e6)
                .put("cpu_s", (cpuNanos - since.cpuNanos) / 1e9)
                .put("cpu_percent", 100.0 * (cpuNanos - since.cpuNanos) / (nanos - since.nanos))
                .put("engine_cpu_percent", 100.0 * (engine.nanos - since.engine.nanos) / (nanos - since.nanos));
    }

    /** What of this process is in memory; 0 where the system does not tell. */
    private static long residentBytes() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith("VmRSS:")) {
                    return 1024 * Long.parseLong(line.replaceAll("[^0-9]", ""));
                }
            }
        } catch (IOException elsewhere) {
            return 0;
        }
        return 0;
    }
}
