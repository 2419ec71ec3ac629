package io.vsring.test.simulation;

import io.vsring.test.check.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs many seeds on several threads, each thread its own schedules. */
public final class SimulatorCliCampaign {
    private static final long PROGRESS_NANOS = 10_000_000_000L;

    private final long from;
    private final long end;
    private final Setting setting;
    private final Consumer<String> out;
    private final AtomicLong next;
    private final Tally tally = new Tally();
    private final long began = System.nanoTime();
    private long told = began;
    private long answers;
    private long components;
    private long losses;
    private long locks;
    private long inOrder;
    private long judged;

    /**
     * @param from the first seed
     * @param seeds how many
     * @param setting what the members have
     * @param out takes lines: progress, and each violation with the command that repeats it
     */
    public SimulatorCliCampaign(long from, int seeds, Setting setting, Consumer<String> out) {
        this.from = from;
        this.end = from + seeds;
        this.setting = setting;
        this.out = out;
        this.next = new AtomicLong(from);
    }

    /** Runs all of them, and returns what came out. */
    public Tally run(int threads) throws InterruptedException {
        List<Thread> workers = new ArrayList<>();
        for (int index = 0; index < threads; index++) {
            Thread worker = new Thread(this::work, "simulator-" + index);
            worker.start();
            workers.add(worker);
        }
        for (Thread worker : workers) {
            worker.join();
        }
        return tally;
    }

    private void work() {
        for (long seed = next.getAndIncrement(); seed < end; seed = next.getAndIncrement()) {
            ScheduleRun run = setting.run(new Seed(seed));
            add(run.run(), run.objects());
        }
    }

    private synchronized void add(RunResult result, @Nullable ObjectClients clients) {
        if (clients != null) {
            answers += clients.claims().answers();
            components += clients.claims().components();
            losses += clients.claims().losses();
            locks += clients.locksGranted();
            inOrder += clients.mapsAndCounters().judged();
            judged += clients.claims().isJudged() ? 1 : 0;
        }
        tally.add(result);
        Violation violation = result.violation();
        if (violation != null) {
            long seed = result.schedule().seed().value();
            out.accept("seed " + seed + ": " + violation);
            out.accept("again: java -jar vs-test/target/simulator.jar --seed " + seed + " "
                    + String.join(" ", setting.words()) + " --trace   (or --shrink)");
        }
        long now = System.nanoTime();
        if (now - told > PROGRESS_NANOS) {
            told = now;
            if (setting.objects()) {
                out.accept("... " + objectsLine());
            }
            out.accept("... seeds " + from + " to " + (next.get() - 1) + ": " + lastLine());
        }
    }

    /** Answers of replicated objects that were judged. */
    public synchronized long answers() {
        return answers;
    }

    /** Answers of maps and counters that were put into an order. */
    public synchronized long inOrder() {
        return inOrder;
    }

    /** Locks that were granted. */
    public synchronized long locks() {
        return locks;
    }

    /** Primary components that were established. */
    public synchronized long components() {
        return components;
    }

    /** Runs with one history and one process for each slot, whose answers were judged to the end. */
    public synchronized long judged() {
        return judged;
    }

    /** What was judged of replicated objects, in one line. */
    public synchronized String objectsLine() {
        return answers + " answers of ledgers and " + inOrder + " of maps and counters judged, " + locks
                + " locks granted, " + components + " primary components, " + losses + " times all was lost, " + judged
                + " runs judged to the end";
    }

    /** All of it in one line. */
    public synchronized String lastLine() {
        double seconds = (System.nanoTime() - began) / 1e9;
        return String.format(
                java.util.Locale.ROOT,
                "%d schedules, %d violations, %d events, %.1f schedules/s",
                tally.schedules(),
                tally.violations(),
                tally.events(),
                tally.schedules() / seconds);
    }
}
