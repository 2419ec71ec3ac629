package io.vsring.test.hostile;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends members that were started again what had been recorded before: each to whom it was for, and then in another
 * order to anybody.
 */
final class ReplayRun {

    private static final int SHUFFLED_TOGETHER = 50_000;
    private static final int STEP = 50;
    private static final long SETTLE_MILLIS = 1_000;
    private static final String WORD = "kept";

    private final HostileOptions options;
    private final Findings findings;
    private final Random dice;

    ReplayRun(HostileOptions options, Findings findings) {
        this.options = options;
        this.findings = findings;
        this.dice = new Random(options.seed());
    }

    void run(HostileRing ring, Path capture) throws IOException, InterruptedException {
        ring.askAll("fill " + WORD);
        Thread.sleep(SETTLE_MILLIS);
        findings.line("replay: all that was recorded before the members were started again");
        List<MemberSnapshot> before = ring.snapshots();
        long[] greetings = new long[HostileRing.MEMBERS + 1];
        long begin = System.nanoTime();
        try (Attack attack = new Attack()) {
            send(capture, attack, greetings, false);
            Thread.sleep(SETTLE_MILLIS);
            unchanged("each to whom it was for", before, ring.snapshots());
            send(capture, attack, greetings, true);
            Thread.sleep(SETTLE_MILLIS);
            List<MemberSnapshot> after = ring.snapshots();
            unchanged("in another order and to anybody", before, after);
            for (int member = 1; member <= HostileRing.MEMBERS; member++) {
                account(member, attack.sentTo(member), greetings[member], before, after);
            }
        }
        findings.line("  it took " + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin) + " s");
        ring.askAll("fill alive");
    }

    private void send(Path file, Attack attack, long[] greetings, boolean isShuffled)
            throws IOException, InterruptedException {
        int perSecond = options.replay().replayedPerSecond();
        long begin = System.nanoTime();
        long count = 0;
        List<Captured> some = new ArrayList<>();
        try (Capture.Reader reader = new Capture.Reader(file)) {
            for (Captured next = reader.next(); next != null; next = reader.next()) {
                some.add(next);
                if (some.size() < (isShuffled ? SHUFFLED_TOGETHER : STEP)) {
                    continue;
                }
                count = sendSome(some, attack, greetings, isShuffled, new Pace(begin, count, perSecond));
            }
            long unused = sendSome(some, attack, greetings, isShuffled, new Pace(begin, count, perSecond));
        }
    }

    private record Pace(long beginNanos, long count, int perSecond) {

        void await(long sent) {
            if (perSecond > 0 && sent % STEP == 0) {
                long due = beginNanos + TimeUnit.SECONDS.toNanos(1) * sent / perSecond;
                for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
            }
        }
    }

    private long sendSome(List<Captured> some, Attack attack, long[] greetings, boolean isShuffled, Pace pace) {
        if (isShuffled) {
            Collections.shuffle(some, dice);
        }
        long count = pace.count();
        for (Captured captured : some) {
            int to = isShuffled ? 1 + dice.nextInt(HostileRing.MEMBERS) : captured.to();
            greetings[to] += captured.isGreeting() ? 1 : 0;
            attack.send(captured, to);
            pace.await(++count);
        }
        some.clear();
        return count;
    }

    private void unchanged(String how, List<MemberSnapshot> before, List<MemberSnapshot> after) {
        for (int index = 0; index < before.size(); index++) {
            String was = before.get(index).standing();
            String is = after.get(index).standing();
            findings.claim(
                    "member " + (index + 1) + ", sent all of it " + how + ", is as before: " + was
                            + (was.equals(is) ? "" : " but now " + is),
                    was.equals(is));
        }
    }

    private void account(
            int member, long sent, long greetings, List<MemberSnapshot> before, List<MemberSnapshot> after) {
        MemberSnapshot first = before.get(member - 1);
        MemberSnapshot last = after.get(member - 1);
        var rejected = last.rejectedSince(first);
        long counted = rejected.values().stream().mapToLong(Long::longValue).sum() + last.since(first, "oversized");
        long drops = last.kernelDrops() - first.kernelDrops();
        findings.claim(
                "member " + member + " was sent " + sent + " and rejected " + counted + " " + rejected
                        + "; recorded greetings: " + greetings + ", dropped by the system: " + drops,
                sent > 0 && counted <= sent && counted >= sent - greetings - drops);
    }
}
