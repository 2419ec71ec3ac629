package io.vsring.benchmarks;

import io.vsring.benchmarks.peer.Work;
import io.vsring.replicated.Codec;
import io.vsring.replicated.ReplicatedCounter;
import io.vsring.replicated.ReplicatedMap;
import io.vsring.ring.Ring;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One member of a run in which the last member joins: the others have a full map, and write to it all the time. A value
 * begins with its key, so that who has joined can tell whether it has got what it should.
 */
final class JoinRun {

    private static final int FILL_ENTRIES = 1000;
    private static final long JOIN_SECONDS_MAX = 180;
    private static final double MEGA = 1e6;

    private final Plan plan;
    private final MemberSeat seat;
    private final ParentTalk parent = new ParentTalk();
    private final boolean joins;
    private final StateWatch watch;
    private final ReplicatedMap<Long, byte[]> map;
    private final ReplicatedCounter joined;

    JoinRun(MemberSeat seat) {
        this.plan = seat.plan();
        this.seat = seat;
        int founders = plan.members() - 1;
        this.joins = seat.member() == plan.members();
        this.watch = new StateWatch(seat, founders, joins ? plan.members() : founders);
        this.map = watch.objects().map("benchmark", Codec.longs(), Codec.bytes(), plan.guarantee());
        this.joined = watch.objects().counter("joined");
    }

    /** Takes part in the run; returns the exit code. */
    int run() throws IOException, InterruptedException {
        JsonLine line;
        try (Ring ring = watch.objects().ring()) {
            line = joins ? join() : write(ring);
            try {
                parent.order(watch.awaitFinished());
            } catch (TimeoutException late) {
                parent.failed(String.valueOf(late.getMessage()));
            }
        }
        if (joins) {
            line.put("heap_after_mb", HeapWatch.liveBytes() / MEGA); // not before: the others wait for who collects
        }
        parent.result(line);
        return parent.done();
    }

    // --- who is there

    private JsonLine write(Ring ring) throws IOException, InterruptedException {
        watch.awaitPrimary();
        if (seat.member() == 1) {
            fill();
        }
        while (map.getOrdered(plan.objects().entries() - 1L) == null) {
            Thread.onSpinWait();
        }
        long before = HeapWatch.liveBytes();
        HeapWatch heap = new HeapWatch();
        Schedule schedule = parent.ready(plan).withoutEnd();
        CallLoad load = new CallLoad(plan, schedule, work(ring));
        load.start();
        Schedule.await(schedule.from());
        heap.restart();
        Reading from = Reading.of(0, ring.statistics());
        awaitJoined();
        load.stop();
        Reading until = Reading.of(0, ring.statistics());
        String wrong = load.awaitEnd(MemberRun.DRAIN_SECONDS_MAX);
        if (wrong != null) {
            parent.failed(wrong);
        }
        JsonLine line = plan.describe(new JsonLine())
                .put("member", seat.member())
                .put("ops_per_s", load.answered() / until.secondsSince(from))
                .put("p50_us", MemberRun.micros(load.latencies(), 50))
                .put("p99_us", MemberRun.micros(load.latencies(), 99))
                .put("max_us", MemberRun.micros(load.latencies(), 100))
                .put("stall_ms", load.longestSilenceNanos() / MEGA)
                .put("heap_before_mb", before / MEGA)
                .put("heap_peak_mb", heap.peakBytes() / MEGA);
        return until.cost(line, from).put("gc_ms", until.gcMillis() - from.gcMillis());
    }

    private void fill() {
        int entries = plan.objects().entries();
        for (long key = 0; key < entries; ) {
            Map<Long, byte[]> some = new TreeMap<>();
            for (int i = 0; i < fillEntries() && key < entries; i++, key++) {
                some.put(key, value(key));
            }
            map.putAll(some);
        }
    }

    private int fillEntries() {
        return Math.max(1, Math.min(FILL_ENTRIES, (1 << 19) / (plan.objects().valueBytes() + 16)));
    }

    private byte[] value(long key) {
        return ByteBuffer.allocate(Math.max(Long.BYTES, plan.objects().valueBytes()))
                .putLong(key)
                .array();
    }

    private Work work(Ring ring) {
        long[] calls = new long[plan.inFlight()];
        return new Work() {
            @Override
            public void execute(Runnable task) {
                ring.execute(task);
            }

            @Override
            public CompletableFuture<?> call(int slot) {
                // A step that has nothing in common with the number of keys: all of them in turn, in no order.
                long key = Math.floorMod((slot + plan.inFlight() * calls[slot]++) * 7_919L, (long)
                        plan.objects().entries());
                return map.putAsync(key, value(key));
            }
        };
    }

    private void awaitJoined() throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(JOIN_SECONDS_MAX);
        CountDownLatch never = new CountDownLatch(1);
        while (joined.get() == 0) {
            if (System.nanoTime() - until > 0) {
                parent.failed("nobody joined within " + JOIN_SECONDS_MAX + "s");
                return;
            }
            boolean unused = never.await(10, TimeUnit.MILLISECONDS);
        }
    }

    // --- who joins

    private JsonLine join() throws IOException, InterruptedException {
        Schedule schedule = parent.ready(plan);
        Schedule.await(schedule.from());
        HeapWatch heap = new HeapWatch();
        long begun = System.nanoTime();
        watch.awaitPrimary();
        long nanos = System.nanoTime() - begun;
        int size = map.size();
        long[] right = new long[1];
        map.forEach((key, value) -> right[0] += ByteBuffer.wrap(value).getLong() == key ? 1 : 0);
        if (size != plan.objects().entries() || right[0] != size) {
            parent.failed("it was ready with " + size + " of " + plan.objects().entries() + " entries, of which "
                    + right[0] + " were right");
        }
        long unused = joined.incrementAndGet();
        return plan.describe(new JsonLine())
                .put("member", seat.member())
                .put("join_ms", nanos / MEGA)
                .put("found", size)
                .put("heap_peak_mb", heap.peakBytes() / MEGA);
    }
}
