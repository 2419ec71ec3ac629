package io.vsring.test.campaign;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Real processes under load, injured, and judged by what their clients were answered. See docs/linearizability.md;
 * {@link CampaignCli} is the program.
 *
 * <p>A run is not repeated by its seed, so every history is kept in a file: what was judged once can be judged again.
 */
public final class Campaign {

    private static final long READ_BACK_NANOS = 60_000_000_000L;
    private static final long PROGRESS_NANOS = 60_000_000_000L;

    private final CampaignOptions options;
    private final List<MemberSlot> members = new ArrayList<>();
    private final HttpCalls calls = new HttpCalls();
    private final CampaignTally tally = new CampaignTally();
    private final Generations generations = new Generations();
    private final CampaignJudge judge;
    private final Consumer<String> progress;

    /**
     * A campaign that has not begun.
     *
     * @param progress is told each minute how far it has come, on the thread that runs it
     */
    public Campaign(CampaignOptions options, Consumer<String> progress) {
        this.options = options;
        this.progress = progress;
        this.judge = new CampaignJudge(options.folder());
        for (int number = 1; number <= options.members(); number++) {
            members.add(MemberSlot.of(options, number));
        }
    }

    /**
     * Starts members, loads and injures them for the time of the options, ends them. To be called once.
     *
     * @return what is wrong; nothing if every claim held
     */
    public List<String> run() throws InterruptedException, IOException {
        Files.createDirectories(options.folder());
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            members.forEach(MemberSlot::start);
            Injurer injurer = new Injurer(members, calls, tally, options.faults());
            injurer.awaitPrimary();
            injure(threads, injurer);
        } finally {
            threads.shutdownNow();
            endMembers();
        }
        return judge.wrongs();
    }

    private void injure(ExecutorService threads, Injurer injurer) throws InterruptedException, IOException {
        long deadline = System.nanoTime() + options.time().toNanos();
        List<Future<?>> load = new ArrayList<>();
        for (int number = 0; number < options.clients(); number++) {
            CampaignClient client = client(number);
            load.add(threads.submit(() -> act(client, deadline)));
        }
        List<Future<?>> faults = List.of(
                threads.submit(() -> injurer.endAndStart(new Random(options.seed()), deadline)),
                threads.submit(() -> injurer.stopAndGoOn(new Random(~options.seed()), deadline)));
        CampaignClient reader = client(options.clients());
        long told = System.nanoTime();
        while (!load.stream().allMatch(Future::isDone)) {
            if (System.nanoTime() - told >= PROGRESS_NANOS) {
                told += PROGRESS_NANOS;
                long left = Math.max(0, TimeUnit.NANOSECONDS.toSeconds(deadline - System.nanoTime()));
                progress.accept("... " + left + " s to go: " + tally.line() + ", "
                        + judge.wrongs().size() + " violations");
            }
            Generation generation = generations.finished().poll(1, TimeUnit.SECONDS);
            if (generation != null) {
                readBackAndJudge(reader, generation);
            }
        }
        load.forEach(this::result);
        faults.forEach(this::result);
        generations.close();
        for (Generation last = generations.finished().poll();
                last != null;
                last = generations.finished().poll()) {
            readBackAndJudge(reader, last);
        }
    }

    private CampaignClient client(int number) {
        return new CampaignClient(number, members, calls, tally, options.seed() * 1_000 + number);
    }

    private boolean act(CampaignClient client, long deadline) throws InterruptedException {
        while (System.nanoTime() - deadline < 0) {
            Generation generation = generations.enter();
            try {
                client.act(generation);
            } finally {
                generations.leave(generation);
            }
        }
        return true;
    }

    /** Whatever was acknowledged has to be there afterwards, so it is read once more. */
    private void readBackAndJudge(CampaignClient reader, Generation generation)
            throws InterruptedException, IOException {
        if (!reader.readBack(generation, System.nanoTime() + READ_BACK_NANOS)) {
            judge.wrong("objects of generation " + generation.number() + " could not be read back in 60 s");
        }
        judge.judge(generation);
    }

    private void result(Future<?> future) {
        try {
            future.get();
        } catch (ExecutionException failed) {
            judge.wrong(String.valueOf(failed.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            judge.wrong("interrupted");
        }
    }

    /** Kills all members, whatever goes on. */
    void endMembers() {
        try {
            for (MemberSlot member : members) {
                member.kill();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What was done and what came of it, for people. */
    public String page() {
        return options + "\n" + tally.page() + judge.page();
    }

    /** How many faults of this kind there were. */
    public long faults(FaultKind kind) {
        return tally.faults(kind);
    }

    /** How many calls clients made. */
    public long calls() {
        return tally.calls();
    }
}
