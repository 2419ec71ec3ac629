package io.vsring.benchmarks;

import io.vsring.benchmarks.peer.Work;
import io.vsring.ring.RingStatistics;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Measures what one member, or one client of the server, has called. */
final class CallMeasurement {

    private final MemberSeat seat;
    private final Supplier<@Nullable RingStatistics> statistics;

    /** @param statistics of the member's ring, if it is on one */
    CallMeasurement(MemberSeat seat, Supplier<@Nullable RingStatistics> statistics) {
        this.seat = seat;
        this.statistics = statistics;
    }

    /** Carries out the work as the schedule says; returns what came of it. */
    JsonLine of(Work work, Schedule schedule, ParentTalk parent) throws InterruptedException {
        CallLoad load = new CallLoad(seat.plan(), schedule, work);
        Reading unused = read(); // the first one loads classes, which must not happen in the window
        load.start();
        Schedule.await(schedule.from());
        Reading from = read();
        Schedule.await(schedule.until());
        Reading until = read();
        String wrong = load.awaitEnd(MemberRun.DRAIN_SECONDS_MAX);
        if (wrong != null) {
            parent.failed(wrong);
        }
        return result(load, from, until);
    }

    private Reading read() {
        return Reading.of(0, statistics.get());
    }

    private JsonLine result(CallLoad load, Reading from, Reading until) {
        Histogram latencies = load.latencies();
        Plan plan = seat.plan();
        JsonLine line = plan.describe(new JsonLine())
                .put("member", seat.member())
                .put(plan.rate(), load.answered() / (plan.measuredNanos() / 1e9))
                .put("samples", latencies.getTotalCount())
                .put("p50_us", MemberRun.micros(latencies, 50))
                .put("p90_us", MemberRun.micros(latencies, 90))
                .put("p99_us", MemberRun.micros(latencies, 99))
                .put("p999_us", MemberRun.micros(latencies, 99.9))
                .put("max_us", MemberRun.micros(latencies, 100));
        JsonLine rest = until.cost(line, from).put("gc_ms", until.gcMillis() - from.gcMillis());
        RingStatistics before = from.ring();
        RingStatistics after = until.ring();
        if (before != null && after != null) {
            rest.put("rotations_per_s", (after.tokenVisits() - before.tokenVisits()) / until.secondsSince(from))
                    .put("retransmissions", after.framesRepaired() - before.framesRepaired())
                    .put("configurations", after.configurations());
        }
        return rest.put("java", System.getProperty("java.version", "")).put("transport", seat.transport());
    }
}
