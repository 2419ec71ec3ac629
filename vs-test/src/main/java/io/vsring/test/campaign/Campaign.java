package io.vsring.test.campaign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Real processes under load, injured, and judged by what their clients were answered; in namespaces also by their
 * traces. See docs/campaign.md; {@link CampaignCli} is the program.
 *
 * <p>A run is not repeated by its seed, so every history is kept in a file: what was judged once can be judged again.
 */
public final class Campaign {

    private static final long READ_BACK_NANOS = 60_000_000_000L;
    private static final long PROGRESS_NANOS = 60_000_000_000L;
    private static final long REST_MILLIS = 2_000;
    private static final int RESTS_MAX = 10;

    private final CampaignOptions options;
    private final List<MemberSlot> members = new ArrayList<>();
    private final HttpCalls calls = new HttpCalls();
    private final CampaignTally tally = new CampaignTally();
    private final Generations generations = new Generations();
    private final KeyDirectory keys;
    private final CampaignJudge judge;
    private final FaultLog faultLog;
    private final FaultDeck deck;
    private final Consumer<String> progress;
    private ResourceTrend trend = ResourceTrend.NONE;
    private Sealing sealing = new Sealing(KeyDirectory.SUITE, Map.of());

    /**
     * A campaign that has not begun.
     *
     * @param progress is told each minute how far it has come, on the thread that runs it
     */
    public Campaign(CampaignOptions options, Consumer<String> progress) {
        this(options, progress, new FaultDeck(options.faults(), new Random(options.seed())));
    }

    /** A round of a longer one, with the cards that are left from the last. */
    Campaign(CampaignOptions options, Consumer<String> progress, FaultDeck deck) {
        this.options = options;
        this.progress = progress;
        this.deck = deck;
        this.keys = new KeyDirectory(options);
        this.judge = new CampaignJudge(options.folder());
        this.faultLog = new FaultLog(options.folder().resolve("faults.log"), tally);
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
        keys.make();
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            makeDisks();
            members.forEach(MemberSlot::start);
            Recovery recovery = new Recovery(calls, threads);
            recovery.await(members);
            injure(threads, recovery);
            if (options.isNamespaced()) {
                judgeMembers(recovery);
            }
        } catch (IllegalStateException stuck) {
            judge.wrong(String.valueOf(stuck.getMessage()));
        } finally {
            threads.shutdownNow();
            endMembers();
            removeDisks();
        }
        LogScan.wrongs(MemberSlot.logs(members)).forEach(judge::wrong);
        return judge.wrongs();
    }

    private void makeDisks() throws InterruptedException {
        if (options.isNamespaced()) {
            ClockJump.set(MemberCommand.clockFile(options), Duration.ZERO);
            for (MemberSlot member : members) {
                UnwritableDisk.mount(MemberCommand.state(options, member.number()));
            }
        }
    }

    private void removeDisks() throws InterruptedException {
        if (options.isNamespaced()) {
            for (MemberSlot member : members) {
                UnwritableDisk.unmount(MemberCommand.state(options, member.number()));
            }
        }
    }

    private void injure(ExecutorService threads, Recovery recovery) throws InterruptedException, IOException {
        MemberSlot veteran = members.get(Roles.of(options).veteran() - 1);
        trend = ResourceTrend.begin(veteran);
        long deadline = System.nanoTime() + options.time().toNanos();
        List<Future<?>> load = new ArrayList<>();
        for (int number = 0; number < options.clients(); number++) {
            CampaignClient client = client(number);
            load.add(threads.submit(() -> act(client, deadline)));
        }
        List<Future<?>> faults = new ArrayList<>();
        for (Callable<?> each : faults(recovery, deadline)) {
            faults.add(threads.submit(each));
        }
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
        load.forEach(client -> await(client, judge::wrong));
        faults.forEach(fault -> await(fault, judge::wrong));
        generations.close();
        for (Generation last = generations.finished().poll();
                last != null;
                last = generations.finished().poll()) {
            readBackAndJudge(reader, last);
        }
        trend = trend.end(veteran);
        for (MemberSlot member : members) {
            Map<String, Long> rejected = calls.rejected(member);
            sealing = sealing.plus(new Sealing(KeyDirectory.SUITE, rejected == null ? Map.of() : rejected));
        }
    }

    private List<Callable<?>> faults(Recovery recovery, long deadline) {
        Random dice = new Random(options.seed());
        if (options.isNamespaced()) {
            Faults made = new Faults(options, members, calls, keys, dice);
            Nemesis nemesis = new Nemesis(members, made, deck, faultLog, recovery);
            return List.of(() -> nemesis.injure(dice, deadline));
        }
        Injurer injurer = new Injurer(members, recovery, tally, options.faults());
        return List.of(
                () -> injurer.endAndStart(dice, deadline),
                () -> injurer.stopAndGoOn(new Random(~options.seed()), deadline),
                () -> injurer.rotateKeys(() -> new KeyRotation(keys, members, calls), deadline));
    }

    private CampaignClient client(int number) {
        return new CampaignClient(number, members, calls, tally, options);
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

    /** When all have come to rest: what their traces say, and whether one has died of itself. */
    private void judgeMembers(Recovery recovery) throws InterruptedException, IOException {
        recovery.await(members);
        Thread.sleep(REST_MILLIS);
        for (MemberSlot member : members) {
            if (member.hasEndedByItself()) {
                judge.wrong(member + " has ended although nobody ended it");
            }
        }
        List<Path> traces = new ArrayList<>();
        for (MemberSlot member : members) {
            traces.add(MemberCommand.trace(options, member.number()));
        }
        for (int times = 1; !judge.traces(traces); times++) {
            if (times == RESTS_MAX) {
                throw new IllegalStateException("members did not come to rest: they change their ring all the time");
            }
            recovery.await(members);
            Thread.sleep(REST_MILLIS);
        }
        for (String fault : faultLog.unproven()) {
            judge.wrong("the run is invalid, a fault is not proven: " + fault);
        }
    }

    /** Waits for it to end, and says if it did so by a failure. */
    static void await(Future<?> work, Consumer<String> wrong) {
        try {
            work.get();
        } catch (ExecutionException failed) {
            wrong.accept(String.valueOf(failed.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            wrong.accept("interrupted");
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
        return options + "\nsealed with " + sealing + "\n" + tally.page() + judge.page();
    }

    /** What is added to the results. */
    RoundResult result() {
        return new RoundResult(options, new RoundResult.Load(tally.calls(), trend, sealing), faultLog, judge);
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
