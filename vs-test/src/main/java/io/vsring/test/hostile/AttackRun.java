package io.vsring.test.hostile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Measures a ring under load, with and without somebody who attacks it, in turn. */
final class AttackRun {

    private static final int RECENT = 4_096;
    private static final int HEARD_PER_SECOND = 1_000;
    private static final int IN_FLIGHT = 500;
    private static final int MESSAGE_BYTES = 256;
    private static final long SETTLE_MILLIS = 500;

    private final HostileOptions options;
    private final Findings findings;
    private final Set<Captured> formerGreetings;
    private final List<Window> undisturbed = new ArrayList<>();
    private final List<Window> disturbed = new ArrayList<>();

    /**
     * What was measured.
     *
     * @param before how members stood
     * @param after how they stood when it was over and nothing was on its way any more
     * @param perSecond messages delivered to a member
     * @param backlogDrops datagrams that the system dropped before it knew for whom they were
     */
    private record Window(
            List<MemberSnapshot> before, List<MemberSnapshot> after, double perSecond, long backlogDrops) {}

    /** @param formerGreetings what of the former incarnations may be answered, once */
    AttackRun(HostileOptions options, Findings findings, Set<Captured> formerGreetings) {
        this.options = options;
        this.findings = findings;
        this.formerGreetings = formerGreetings;
    }

    /**
     * Attacks a ring that nothing else is done to.
     *
     * @param former what was recorded of its members before they were started again
     * @param secret of the ring
     */
    void run(HostileRing ring, Wiretap tap, Recent former, byte[] secret) throws IOException, InterruptedException {
        HostileOptions.Attack plan = options.attack();
        Recent recent = new Recent(RECENT);
        Forger forger = new Forger(recent, former, secret, new Random(options.seed()));
        tap.to(recent::add);
        TapRules.hear(HostileRing.MEMBERS, HostileRing.RING_PORT, HEARD_PER_SECOND);
        try (Attack attack = new Attack()) {
            long heardBack = attack.provePathBack();
            ring.askAll("load " + IN_FLIGHT + " " + MESSAGE_BYTES);
            Thread.sleep(plan.warmUp().toMillis());
            long replies = TapRules.replies();
            for (int window = 0; window < plan.windows(); window++) {
                undisturbed.add(measure(
                        ring, () -> TimeUnit.NANOSECONDS.sleep(plan.window().toNanos())));
                disturbed.add(measure(
                        ring,
                        () -> attack.run(forger, plan.perSecond(), plan.window().toNanos())));
            }
            replies = TapRules.replies() - replies;
            ring.askAll("stop");
            judge(attack, heardBack, replies);
        } finally {
            tap.to(heard -> {});
        }
    }

    /** What takes time, and may be interrupted. */
    private interface Work {
        void run() throws InterruptedException;
    }

    private static Window measure(HostileRing ring, Work work) throws InterruptedException, IOException {
        long backlog = backlogDrops();
        List<MemberSnapshot> before = ring.snapshots();
        long begin = System.nanoTime();
        work.run();
        List<MemberSnapshot> end = ring.snapshots();
        long nanos = System.nanoTime() - begin;
        Thread.sleep(SETTLE_MILLIS);
        double delivered = 0;
        for (int index = 0; index < before.size(); index++) {
            delivered += end.get(index).since(before.get(index), "delivered");
        }
        double perSecond = delivered / before.size() * TimeUnit.SECONDS.toNanos(1) / nanos;
        return new Window(before, ring.snapshots(), perSecond, backlogDrops() - backlog);
    }

    /** The second column of each line, in hexadecimal. */
    private static long backlogDrops() throws IOException {
        long drops = 0;
        for (String line : Files.readAllLines(Path.of("/proc/net/softnet_stat"))) {
            drops += Long.parseLong(line.split(" ", -1)[1], 16);
        }
        return drops;
    }

    private void judge(Attack attack, long heardBack, long replies) {
        HostileOptions.Attack plan = options.attack();
        long seconds = plan.window().toSeconds();
        findings.line("attack: " + plan.windows() + " x " + seconds + " s undisturbed, then with " + plan.perSecond()
                + " hostile datagrams a second, load of " + IN_FLIGHT + " messages of " + MESSAGE_BYTES
                + " bytes in flight at each of " + HostileRing.MEMBERS + " members, seed " + options.seed());
        findings.line("  " + attack.kinds());
        long sent = 0;
        for (int member = 1; member <= HostileRing.MEMBERS; member++) {
            sent += attack.sentTo(member);
        }
        long wanted = plan.windows() * seconds * plan.perSecond();
        findings.claim("sent " + sent + " of " + wanted, sent >= wanted * 98 / 100);
        judgeThroughput();
        long changes = 0;
        List<Window> all = new ArrayList<>(undisturbed);
        all.addAll(disturbed);
        for (Window window : all) {
            for (int index = 0; index < HostileRing.MEMBERS; index++) {
                MemberSnapshot before = window.before().get(index);
                MemberSnapshot after = window.after().get(index);
                changes += after.since(before, "configurations") + after.since(before, "gathers");
            }
        }
        findings.claim("configuration changes and attempts at one: " + changes, changes == 0);
        findings.claim(
                "replies to the sender's own address: " + replies + " (the systems of " + heardBack
                        + " members were heard there before)",
                replies == 0 && heardBack >= HostileRing.MEMBERS);
        for (int member = 1; member <= HostileRing.MEMBERS; member++) {
            account(member, attack.sentTo(member));
        }
    }

    private void judgeThroughput() {
        double quiet = undisturbed.stream().mapToDouble(Window::perSecond).sum();
        double loud = disturbed.stream().mapToDouble(Window::perSecond).sum();
        for (int index = 0; index < undisturbed.size(); index++) {
            findings.line(String.format(
                    Locale.ROOT,
                    "  messages a second, undisturbed and disturbed: %.0f %.0f",
                    undisturbed.get(index).perSecond(),
                    disturbed.get(index).perSecond()));
        }
        int percentMin = options.attack().percentMin();
        findings.claim(
                String.format(
                        Locale.ROOT,
                        "throughput is %.1f %% of the undisturbed one, and has to be %d %%",
                        100 * loud / quiet,
                        percentMin),
                loud * 100 >= quiet * percentMin);
    }

    /** Each hostile datagram is in a counter of the member, or in one of the system. */
    private void account(int member, long sent) {
        Map<String, Long> rejected = new TreeMap<>();
        long oversized = 0;
        long drops = 0;
        long malformed = 0;
        for (Window window : disturbed) {
            MemberSnapshot before = window.before().get(member - 1);
            MemberSnapshot after = window.after().get(member - 1);
            after.rejectedSince(before).forEach((reason, count) -> rejected.merge(reason, count, Long::sum));
            oversized += after.since(before, "oversized");
            malformed += after.since(before, "malformed");
            drops += after.kernelDrops() - before.kernelDrops() + window.backlogDrops();
        }
        Map<String, Long> usually = new TreeMap<>();
        for (Window window : undisturbed) {
            window.after()
                    .get(member - 1)
                    .rejectedSince(window.before().get(member - 1))
                    .forEach((reason, count) -> usually.merge(reason, count, Long::sum));
        }
        long counted = oversized
                + rejected.values().stream().mapToLong(Long::longValue).sum();
        long greetings =
                formerGreetings.stream().filter(each -> each.to() == member).count();
        findings.line("  member " + member + ": rejected " + rejected + ", oversized " + oversized
                + "; in the undisturbed windows " + usually);
        // A greeting of a former incarnation is authentic: it is heard once, and changes nothing.
        findings.claim(
                "member " + member + " was sent " + sent + " and counted " + counted + "; dropped by the system: "
                        + drops + ", former greetings: at most " + greetings + ", malformed: " + malformed,
                malformed == 0 && counted <= sent && counted >= sent - drops - greetings);
    }
}
