package io.vsring.test.hostile;

import io.vsring.test.campaign.LogScan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The whole of it, within the namespace of the bridge: a ring is recorded, ended, and started again; that one is sent
 * the recording and attacked. One in plain text shows that the recording would have given everything away.
 */
final class HostileRun {

    private static final int SECRET_BYTES = 32;
    private static final int FORMER = 20_000;
    private static final long SETTLE_MILLIS = 1_000;

    private final HostileOptions options;
    private final Findings findings;
    private final Recent former = new Recent(FORMER);
    private final Set<Captured> formerGreetings = new HashSet<>(); // by the thread of the tap, then by ours

    HostileRun(HostileOptions options, Findings findings) {
        this.options = options;
        this.findings = findings;
    }

    void run() throws IOException, InterruptedException {
        Files.createDirectories(options.folder());
        TapRules.lay();
        try (Wiretap tap = new Wiretap(HostileRing.MEMBERS)) {
            TapRules.hear(HostileRing.MEMBERS, HostileRing.RING_PORT, 0);
            Path given = options.replay().given();
            Path secret = options.replay().secret();
            Path capture = options.folder().resolve("capture.bin");
            if (given == null || secret == null) {
                secret = newSecret();
                record(tap, capture, secret);
            } else {
                capture = given;
                read(capture);
            }
            restart(tap, capture, secret);
            if (options.has("markers")) {
                speakPlainly(tap);
            }
        } catch (IllegalStateException stuck) {
            findings.claim(String.valueOf(stuck.getMessage()), false);
        }
        List<Path> logs = logs();
        List<String> leaks = LogScan.wrongs(logs);
        findings.claim(
                "no log of " + logs.size() + " members tells of a leak " + leaks, !logs.isEmpty() && leaks.isEmpty());
    }

    /** Of all members, those of a ring that never came together too. */
    private List<Path> logs() throws IOException {
        try (Stream<Path> files = Files.list(options.folder())) {
            return files.filter(file -> file.toString().endsWith(".log")).toList();
        }
    }

    private HostileRing start(String name, @Nullable Path secret) throws IOException, InterruptedException {
        return new HostileRing(options, name, secret);
    }

    private Path newSecret() throws IOException {
        Path file = options.folder().resolve("secret");
        byte[] drawn = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(drawn);
        return Files.write(file, drawn);
    }

    /** From the first greeting on. */
    private void record(Wiretap tap, Path file, Path secret) throws IOException, InterruptedException {
        HostileOptions.Replay plan = options.replay();
        MarkerSearch search = new MarkerSearch();
        Capture.Writer writer = new Capture.Writer(file, plan.bytesMax());
        tap.to(heard -> {
            writer.add(heard);
            keep(heard);
            search.in(heard);
        });
        try (HostileRing ring = start("recorded", secret)) {
            ring.askAll("fill " + MarkerSearch.WORD);
            ring.askAll("pace " + plan.perSecond());
            TimeUnit.NANOSECONDS.sleep(plan.captured().toNanos());
            ring.askAll("stop");
            Thread.sleep(SETTLE_MILLIS);
        }
        tap.to(heard -> {});
        Thread.sleep(SETTLE_MILLIS); // the thread of the tap may be with the last one
        writer.close();
        findings.line("recorded: " + plan.captured().toSeconds() + " s, " + plan.perSecond()
                + " messages and calls a second of each member: " + writer);
        findings.claim("no marker was seen of the sealed ring " + search, search.hasFoundNothing());
    }

    private void keep(Captured heard) {
        former.add(heard);
        if (heard.isGreeting()) {
            formerGreetings.add(heard);
        }
    }

    private void read(Path file) throws IOException {
        try (Capture.Reader reader = new Capture.Reader(file)) {
            for (Captured next = reader.next(); next != null; next = reader.next()) {
                keep(next);
            }
        }
    }

    private void restart(Wiretap tap, Path capture, Path secret) throws IOException, InterruptedException {
        if (!options.has("replay") && !options.has("attack")) {
            return;
        }
        try (HostileRing ring = start("restarted", secret)) {
            if (options.has("replay")) {
                new ReplayRun(options, findings).run(ring, capture);
            }
            if (options.has("attack")) {
                new AttackRun(options, findings, formerGreetings).run(ring, tap, former, Files.readAllBytes(secret));
            }
            for (int member = 1; member <= HostileRing.MEMBERS; member++) {
                LogPace pace = LogPace.of(ring.log(member));
                findings.claim(
                        "member " + member + " logged at most one line in ten seconds for a reason: " + pace.lines(),
                        pace.tooOften().isEmpty());
            }
        }
    }

    private void speakPlainly(Wiretap tap) throws IOException, InterruptedException {
        TapRules.hear(HostileRing.MEMBERS, HostileRing.RING_PORT, 0);
        MarkerSearch search = new MarkerSearch();
        tap.to(search::in);
        try (HostileRing ring = start("plain", null)) {
            ring.askAll("fill " + MarkerSearch.WORD);
            Thread.sleep(SETTLE_MILLIS);
        }
        findings.claim("every marker was seen of a ring in plain text " + search, search.hasFoundAll());
    }
}
