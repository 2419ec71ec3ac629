package io.vsring.benchmarks;

import io.vsring.benchmarks.peer.JGroupsChannel;
import io.vsring.benchmarks.peer.MessageChannel;
import io.vsring.benchmarks.peer.Mode;
import io.vsring.benchmarks.peer.Peer;
import io.vsring.ring.RingStatistics;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** One member that sends messages, of our ring or of a peer, in a process of its own. */
final class MemberRun {

    static final long FORMATION_SECONDS_MAX = 60;
    static final long DRAIN_SECONDS_MAX = 30;

    private final Plan plan;
    private final MemberSeat seat;
    private final OrderDigest order;
    private final ParentTalk parent = new ParentTalk();
    private double startMillis;

    MemberRun(MemberSeat seat) {
        this.plan = seat.plan();
        this.seat = seat;
        this.order = new OrderDigest(plan.members(), plan.reporters());
    }

    /** Takes part in the run; returns the exit code. */
    int run() throws IOException, InterruptedException {
        long begin = System.nanoTime();
        try (MessageChannel channel = open()) {
            if (!order.together().await(FORMATION_SECONDS_MAX, TimeUnit.SECONDS)) {
                System.err.println("member " + seat.member() + ": no ring of " + plan.members() + " members within "
                        + FORMATION_SECONDS_MAX + "s; this one sees " + channel.view());
                return 1;
            }
            startMillis = (System.nanoTime() - begin) / 1e6;
            Schedule schedule = parent.ready(plan);
            if (plan.isLost(seat.member())) {
                return beLost(channel, schedule);
            }
            measure(channel, schedule);
            order.parts().forEach(part -> parent.order(part.words()));
            return parent.done();
        }
    }

    /** Sends as the others do until it leaves, or the parent sees to its end. */
    private int beLost(MessageChannel channel, Schedule schedule) throws IOException, InterruptedException {
        send(channel, schedule);
        if (plan.loss().way() == Loss.Way.LEAVE) {
            Schedule.await(schedule.from());
            channel.close();
        }
        return parent.done();
    }

    private MessageChannel open() throws IOException {
        return plan.peer() == Peer.VS
                ? RingChannel.open(seat, order)
                : JGroupsChannel.open(plan.peer(), seat.place(), plan.size(), order);
    }

    private void measure(MessageChannel channel, Schedule schedule) throws InterruptedException {
        Sending sending = send(channel, schedule);
        Load load = sending.load();
        if (plan.mode() == Mode.FAILOVER) {
            order.silence().countFrom(schedule.from());
        }
        Reading unused = read(channel); // the first one loads classes, which must not happen in the window
        Schedule.await(schedule.warm());
        Reading warm = read(channel);
        Schedule.await(schedule.from());
        Reading from = read(channel);
        Schedule.await(schedule.until());
        Reading until = read(channel);
        sending.thread().join(TimeUnit.SECONDS.toMillis(DRAIN_SECONDS_MAX));
        while (!load.isLost() && !channel.end()) {
            Thread.onSpinWait();
        }
        if (!order.complete().await(DRAIN_SECONDS_MAX, TimeUnit.SECONDS)) {
            parent.failed("after " + DRAIN_SECONDS_MAX + "s not everything was delivered");
        }
        Throwable failure = order.failure();
        if (failure != null) {
            parent.failed(String.valueOf(failure));
        }
        JsonLine line = result(load, plan.mode() == Mode.IDLE ? warm : from, from, until);
        if (plan.mode() == Mode.FAILOVER) {
            line.put("silence_ms", order.silence().longestMillis());
        }
        parent.result(line);
    }

    /** What sends, and the thread that it sends on. */
    private record Sending(Load load, Thread thread) {}

    private Sending send(MessageChannel channel, Schedule schedule) {
        Load load = new Load(channel, plan, schedule);
        Thread sender = new Thread(load, "load");
        sender.setDaemon(true);
        if (seat.member() > plan.members() - plan.senders()) {
            sender.start();
        }
        return new Sending(load, sender);
    }

    private Reading read(MessageChannel channel) {
        return Reading.of(order.delivered(), channel.statistics());
    }

    /** @param cost where the counting of CPU time begins; in an idle run it ends where the messages begin */
    private JsonLine result(Load load, Reading cost, Reading from, Reading until) {
        double seconds = until.secondsSince(from);
        double perSecond = (until.delivered() - from.delivered()) / seconds;
        Histogram latencies = load.latencies();
        JsonLine line = plan.describe(new JsonLine())
                .put("member", seat.member())
                .put("start_ms", startMillis)
                .put("msgs_per_s", perSecond)
                .put("mb_per_s", perSecond * plan.size() / 1e6)
                .put("own_msgs_per_s", load.ownInWindow() / (plan.measuredNanos() / 1e9))
                .put("samples", latencies.getTotalCount())
                .put("p50_us", micros(latencies, 50))
                .put("p90_us", micros(latencies, 90))
                .put("p99_us", micros(latencies, 99))
                .put("p999_us", micros(latencies, 99.9))
                .put("max_us", micros(latencies, 100));
        JsonLine rest = (plan.mode() == Mode.IDLE ? from : until)
                .cost(line, cost)
                .put("gc_ms", until.gcMillis() - from.gcMillis())
                .put("refused", load.refused());
        RingStatistics before = from.ring();
        RingStatistics after = until.ring();
        if (before != null && after != null) {
            rest.put("rotations_per_s", (after.tokenVisits() - before.tokenVisits()) / seconds)
                    .put("frames_sent", after.framesSent() - before.framesSent())
                    .put("retransmissions", after.framesRepaired() - before.framesRepaired())
                    .put("token_retransmissions", after.tokensRetransmitted() - before.tokensRetransmitted())
                    .put("configurations", after.configurations())
                    .put("window_frames", after.windowFrames())
                    .put("receive_buffer", after.receiveBufferBytes());
        }
        return rest.put("java", System.getProperty("java.version", "")).put("transport", seat.transport());
    }

    /** A percentile in microseconds; not a number if nothing was measured. */
    static double micros(Histogram latencies, double percentile) {
        return latencies.getTotalCount() == 0 ? Double.NaN : latencies.getValueAtPercentile(percentile) / 1e3;
    }
}
