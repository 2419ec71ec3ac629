package io.vsring.test.campaign;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Three processes of the sample application with a key, under mixed load, that are to take no more at the end than
 * after they have warmed up. See docs/campaign.md; {@link SoakCli} is the program.
 */
final class Soak {

    private static final int MEMBERS = 3;
    private static final int WARM_UP_PARTS = 4; // the first of so many parts of the time is not looked at
    private static final int LOOKS_MIN = 8;

    private final Path folder;
    private final Duration time;
    private final Duration every;
    private final int clients;
    private final Consumer<String> progress;
    private final KeyDirectory keys;
    private final List<MemberSlot> members = new ArrayList<>();
    private final HttpCalls calls = new HttpCalls();
    private final AtomicLong done = new AtomicLong();
    private final List<String> wrongs = new ArrayList<>();
    private final StringBuilder page = new StringBuilder();

    /** What all members took at one time. */
    private record Look(long seconds, List<Footprint> footprints) {}

    Soak(SoakOptions options, Consumer<String> progress) {
        this.folder = options.folder();
        this.time = options.time();
        this.every = options.every();
        this.clients = options.clients();
        this.progress = progress;
        CampaignOptions campaign = new CampaignOptions(
                List.of("-jar", options.app()),
                MEMBERS,
                clients,
                time,
                1,
                EnumSet.noneOf(FaultKind.class),
                folder,
                new MemberNetwork.Loopback(options.webPort(), options.ringPort()),
                CampaignOptions.Rounds.ONE);
        this.keys = new KeyDirectory(campaign);
        for (int number = 1; number <= MEMBERS; number++) {
            members.add(MemberSlot.of(campaign, number));
        }
    }

    /** Runs it, once; returns what is wrong. */
    List<String> run() throws InterruptedException, IOException {
        Files.createDirectories(folder);
        keys.make();
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            members.forEach(MemberSlot::start);
            new Recovery(calls, threads).await(members);
            judge(soak(threads));
            for (MemberSlot member : members) {
                if (member.hasEndedByItself()) {
                    wrongs.add(member + " has ended although nobody ended it");
                }
            }
        } catch (IllegalStateException stuck) {
            wrongs.add(String.valueOf(stuck.getMessage()));
        } finally {
            threads.shutdownNow();
            endMembers();
        }
        wrongs.addAll(LogScan.wrongs(MemberSlot.logs(members)));
        return wrongs;
    }

    private List<Look> soak(ExecutorService threads) throws InterruptedException, IOException {
        long begin = System.nanoTime();
        long deadline = begin + time.toNanos();
        List<Future<?>> load = new ArrayList<>();
        for (int number = 0; number < clients; number++) {
            SoakLoad client = new SoakLoad(number, members, calls, done);
            load.add(threads.submit(() -> {
                while (System.nanoTime() - deadline < 0) {
                    client.act();
                }
                return true;
            }));
        }
        List<MemberGauge> gauges = new ArrayList<>();
        List<Look> looks = new ArrayList<>();
        try (BufferedWriter file = Files.newBufferedWriter(folder.resolve("soak.csv"))) {
            for (MemberSlot member : members) {
                ProcessView process = member.view();
                if (process == null) {
                    throw new IllegalStateException(member + " does not run");
                }
                gauges.add(MemberGauge.of(process));
            }
            write(file, Footprint.HEADER);
            while (System.nanoTime() + every.toNanos() - deadline < 0) {
                Thread.sleep(every.toMillis());
                long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin);
                List<Footprint> footprints = new ArrayList<>();
                for (int index = 0; index < gauges.size(); index++) {
                    footprints.add(gauges.get(index).look());
                    write(file, footprints.get(index).row(seconds, index + 1));
                }
                file.flush();
                looks.add(new Look(seconds, footprints));
                progress.accept("... " + seconds + " s, " + done + " calls, " + footprints);
            }
        } finally {
            for (MemberGauge gauge : gauges) {
                gauge.close();
            }
        }
        load.forEach(client -> Campaign.await(client, wrongs::add));
        return looks;
    }

    private static void write(BufferedWriter file, String line) throws IOException {
        file.write(line);
        file.newLine();
    }

    private void judge(List<Look> all) {
        List<Look> looks = all.subList(all.size() / WARM_UP_PARTS, all.size());
        page.append(String.format(Locale.ROOT, "%,d calls were carried out%n", done.get()));
        if (looks.size() < LOOKS_MIN) {
            wrongs.add("looked " + looks.size() + " times after warming up, which says nothing: let it run for longer");
            return;
        }
        if (done.get() < looks.get(looks.size() - 1).seconds()) {
            wrongs.add("not one call in a second was carried out: this was no load");
        }
        double[] times = looks.stream().mapToDouble(Look::seconds).toArray();
        for (int index = 0; index < members.size(); index++) {
            int member = index;
            for (Footprint.Kind kind : Footprint.Kind.values()) {
                double[] values = looks.stream()
                        .mapToDouble(look -> kind.of(look.footprints().get(member)))
                        .toArray();
                judge(members.get(index).number(), kind, times, values);
            }
        }
    }

    private void judge(int member, Footprint.Kind kind, double[] times, double[] values) {
        double median = Slope.median(values);
        double growth = Slope.growth(times, values);
        String line = String.format(
                Locale.ROOT,
                "member %d %s: median %,.0f, grew by %,.0f, may by %,.0f",
                member,
                kind.name().toLowerCase(Locale.ROOT),
                median,
                growth,
                kind.tolerance(median));
        page.append(line).append('\n');
        if (growth > kind.tolerance(median)) {
            wrongs.add(line);
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

    /** What it looked like, for people. */
    String page() {
        return page + (wrongs.isEmpty() ? "nothing grows\n" : "WRONG:\n" + String.join("\n", wrongs) + "\n");
    }
}
