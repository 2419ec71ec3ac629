package io.vsring.benchmarks;

import io.vsring.benchmarks.peer.Work;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * As many callers as there are calls in flight: each makes its next call when the last one has been answered, on the
 * thread on which it was. With vs that is one thread, with others many.
 */
final class CallLoad {

    private static final long HIGHEST_NANOS = 60_000_000_000L;

    private final Plan plan;
    private final Schedule schedule;
    private final Work work;
    private final CountDownLatch running;
    private final Histogram latencies = new ConcurrentHistogram(HIGHEST_NANOS, 3);

    private final LongAdder answered = new LongAdder(); // in the window
    private final AtomicLong lastAnswer = new AtomicLong();
    private final LongAccumulator longestSilence = new LongAccumulator(Math::max, 0);
    private volatile boolean stopped;
    private volatile @Nullable Throwable failure;

    CallLoad(Plan plan, Schedule schedule, Work work) {
        this.plan = plan;
        this.schedule = schedule;
        this.work = work;
        this.running = new CountDownLatch(plan.inFlight());
    }

    /** Waits for its beginning, and has all callers call from then on. */
    void start() throws InterruptedException {
        Schedule.await(schedule.start());
        work.execute(() -> {
            lastAnswer.set(System.nanoTime());
            for (int slot = 0; slot < plan.inFlight(); slot++) {
                next(slot);
            }
        });
    }

    private void next(int slot) {
        long begun = System.nanoTime();
        if (stopped || begun - schedule.until() >= 0) {
            running.countDown();
            return;
        }
        CompletionStage<?> call;
        try {
            call = work.call(slot);
        } catch (RuntimeException refused) {
            fail(refused);
            return;
        }
        CompletionStage<?> unused = call.whenComplete((answer, thrown) -> {
            if (thrown != null) {
                fail(thrown);
                return;
            }
            record(begun);
            next(slot);
        });
    }

    private void record(long begun) {
        long now = System.nanoTime();
        long before = lastAnswer.getAndSet(now);
        if (schedule.isMeasured(now) && !stopped) {
            answered.increment();
            latencies.recordValue(Math.min(HIGHEST_NANOS, now - begun));
            longestSilence.accumulate(now - before);
        }
    }

    private void fail(Throwable thrown) {
        failure = thrown;
        running.countDown();
    }

    /** No calls are made any more, and what is answered is not measured. */
    void stop() {
        stopped = true;
    }

    /** Waits until the last calls have been answered; returns what went wrong, or null. */
    @Nullable
    String awaitEnd(long secondsMax) throws InterruptedException {
        if (!running.await(secondsMax, TimeUnit.SECONDS)) {
            return running.getCount() + " calls were not answered within " + secondsMax + "s";
        }
        Throwable thrown = failure;
        return thrown == null ? null : "a call failed: " + thrown;
    }

    /** Calls that were answered in the window. After the run. */
    long answered() {
        return answered.sum();
    }

    /** From call to answer, in nanoseconds, in the window. After the run. */
    Histogram latencies() {
        return latencies;
    }

    /** The longest time in the window in which nothing was answered. After the run. */
    long longestSilenceNanos() {
        return longestSilence.get();
    }
}
