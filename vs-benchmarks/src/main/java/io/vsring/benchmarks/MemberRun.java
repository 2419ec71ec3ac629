package io.vsring.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import io.netty.channel.epoll.Epoll;
import io.vsring.Guarantee;
import io.vsring.Receipt;
import io.vsring.ring.Outcome;
import io.vsring.ring.Ring;
import io.vsring.ring.RingClosedException;
import io.vsring.ring.RingOptions;
import io.vsring.ring.RingOptionsBuilder;
import io.vsring.ring.RingStatistics;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * One member, in a process of its own.
 *
 * <p>It says {@value #READY} when the ring is complete, reads {@value #START} and an instant, says {@value #FAILED} and
 * why if it did, {@value #RESULT} and a JSON line, {@value #ORDER} and a part of the order for each configuration,
 * {@value #DONE}; and ends with its input.
 */
final class MemberRun {

    static final String READY = "ready";
    static final String START = "start";
    static final String FAILED = "failed";
    static final String RESULT = "result";
    static final String ORDER = "order";
    static final String DONE = "done";

    private static final String ENGINE_THREADS = "vs-";
    private static final long FORMATION_SECONDS_MAX = 60;
    private static final long DRAIN_SECONDS_MAX = 30;

    private static final Outcome UNHEARD = new Outcome() {
        @Override
        public void delivered(Receipt receipt) {}

        @Override
        public void unknown(RingClosedException cause) {}
    };

    /** What this process has used and done up to a moment. */
    private record Reading(
            long nanos, long cpuNanos, long engineNanos, long gcMillis, long delivered, RingStatistics ring) {

        /** Per cent of one core that the process has used since then. */
        double cpuPercent(Reading since) {
            return 100.0 * (cpuNanos - since.cpuNanos) / (nanos - since.nanos);
        }

        /** The same of the engine's threads alone, without what the JVM does beside them. */
        double enginePercent(Reading since) {
            return 100.0 * (engineNanos - since.engineNanos) / (nanos - since.nanos);
        }
    }

    private final Plan plan;
    private final int member;
    private final List<Integer> ports;
    private final OrderDigest order;
    private final PrintStream out;
    private final BufferedReader in;

    /** @param arguments the parent's, and which member this is */
    MemberRun(Plan plan, Arguments arguments) {
        this.plan = plan;
        this.member = arguments.number(Option.MEMBER, 1, 0);
        this.ports = new ArrayList<>();
        for (String port : arguments.text(Option.PORTS, "").split(",", -1)) {
            ports.add(Integer.parseInt(port));
        }
        this.order = new OrderDigest(plan.members());
        this.out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        this.in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    }

    /** Takes part in the run; returns the exit code. */
    int run() throws IOException, InterruptedException {
        try (Ring ring = options().open(order)) {
            ring.start().join();
            if (!order.together().await(FORMATION_SECONDS_MAX, TimeUnit.SECONDS)) {
                System.err.println("member " + member + ": no ring of " + plan.members() + " members within "
                        + FORMATION_SECONDS_MAX + "s; this one sees "
                        + ring.status().configuration());
                return 1;
            }
            out.println(READY);
            String line = in.readLine();
            if (line == null || !line.startsWith(START + " ")) {
                return 1; // the parent has given up
            }
            measure(ring, Schedule.of(plan, Long.parseLong(line.substring(START.length() + 1))));
            order.parts().forEach(part -> out.println(ORDER + " " + part.words()));
            out.println(DONE);
            return in.readLine() == null ? 0 : 1;
        }
    }

    private RingOptions options() {
        List<String> seeds = new ArrayList<>();
        for (int each = 0; each < plan.members(); each++) {
            seeds.add(plan.placement().hosts().get(each) + ":" + ports.get(each));
        }
        String host = plan.placement().hosts().get(member - 1);
        RingOptionsBuilder builder = RingOptions.builder()
                .clusterName("vs-benchmarks")
                .memberId(member)
                .bindAddress(host)
                .port(ports.get(member - 1))
                .maxMessageBytes(Math.max(1 << 20, plan.size()))
                .seeds(seeds);
        if (!host.startsWith("127.")) {
            builder.insecurePlaintext();
        }
        return plan.tuning().applyTo(builder).build();
    }

    private void measure(Ring ring, Schedule schedule) throws InterruptedException {
        Load load = new Load(ring, plan, schedule);
        Thread sender = new Thread(load, "load");
        sender.setDaemon(true);
        if (member > plan.members() - plan.senders()) {
            sender.start();
        }
        Reading unused = read(ring); // the first one loads classes, which must not happen in the window
        Schedule.await(schedule.warm());
        Reading warm = read(ring);
        Schedule.await(schedule.from());
        Reading from = read(ring);
        Schedule.await(schedule.until());
        Reading until = read(ring);
        sender.join(TimeUnit.SECONDS.toMillis(DRAIN_SECONDS_MAX));
        while (!load.isLost() && !ring.offer(OrderDigest.END, new byte[0], Guarantee.SAFE, UNHEARD)) {
            Thread.onSpinWait();
        }
        if (!order.complete().await(DRAIN_SECONDS_MAX, TimeUnit.SECONDS)) {
            out.println(FAILED + " after " + DRAIN_SECONDS_MAX + "s not everything was delivered");
        }
        Throwable failure = order.failure();
        if (failure != null) {
            out.println(FAILED + " " + String.valueOf(failure).replaceAll("\\R", " "));
        }
        out.println(RESULT + " " + result(load, plan.mode() == Mode.IDLE ? warm : from, from, until));
    }

    private Reading read(Ring ring) {
        long gcMillis = 0;
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            gcMillis += Math.max(0, collector.getCollectionTime());
        }
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return new Reading(
                System.nanoTime(),
                system.getProcessCpuTime(),
                engineNanos(),
                gcMillis,
                order.delivered(),
                ring.statistics());
    }

    private static long engineNanos() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long nanos = 0;
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().startsWith(ENGINE_THREADS)) {
                nanos += Math.max(0, threads.getThreadCpuTime(thread.getThreadId()));
            }
        }
        return nanos;
    }

    /** @param cost where the counting of CPU time begins; in an idle run it ends where the messages begin */
    private JsonLine result(Load load, Reading cost, Reading from, Reading until) {
        Reading costEnds = plan.mode() == Mode.IDLE ? from : until;
        double seconds = (until.nanos() - from.nanos()) / 1e9;
        double perSecond = (until.delivered() - from.delivered()) / seconds;
        Histogram latencies = load.latencies();
        RingStatistics before = from.ring();
        RingStatistics after = until.ring();
        return plan.describe(new JsonLine())
                .put("member", member)
                .put("msgs_per_s", perSecond)
                .put("mb_per_s", perSecond * plan.size() / 1e6)
                .put("own_msgs_per_s", load.ownInWindow() / (plan.measuredNanos() / 1e9))
                .put("samples", latencies.getTotalCount())
                .put("p50_us", micros(latencies, 50))
                .put("p90_us", micros(latencies, 90))
                .put("p99_us", micros(latencies, 99))
                .put("max_us", micros(latencies, 100))
                .put("rss_mb", rssBytes() / 1e6)
                .put("cpu_s", (costEnds.cpuNanos() - cost.cpuNanos()) / 1e9)
                .put("cpu_percent", costEnds.cpuPercent(cost))
                .put("engine_cpu_percent", costEnds.enginePercent(cost))
                .put("gc_ms", until.gcMillis() - from.gcMillis())
                .put("refused", load.refused())
                .put("rotations_per_s", (after.tokenVisits() - before.tokenVisits()) / seconds)
                .put("frames_sent", after.framesSent() - before.framesSent())
                .put("retransmissions", after.framesRepaired() - before.framesRepaired())
                .put("token_retransmissions", after.tokensRetransmitted() - before.tokensRetransmitted())
                .put("configurations", after.configurations())
                .put("window_frames", after.windowFrames())
                .put("receive_buffer", after.receiveBufferBytes())
                .put("java", System.getProperty("java.version", ""))
                .put("transport", transport());
    }

    private static double micros(Histogram latencies, double percentile) {
        return latencies.getTotalCount() == 0 ? Double.NaN : latencies.getValueAtPercentile(percentile) / 1e3;
    }

    private String transport() {
        boolean epoll = plan.tuning().nativeMode() != RingOptions.NativeMode.NIO && Epoll.isAvailable();
        return (epoll ? "epoll" : "nio") + (plan.tuning().multicastGroup() == null ? "" : "+multicast");
    }

    /** What of this process is in memory; 0 where the system does not tell. */
    private static long rssBytes() {
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
