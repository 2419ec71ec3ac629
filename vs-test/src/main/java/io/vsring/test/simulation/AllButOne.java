package io.vsring.test.simulation;

import io.vsring.Guarantee;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One member does not get well: the others have to be one ring all the same, with it or without it, and to stay at
 * work.
 *
 * <p>L1: they come together. L2: they do not change their configuration all the time. L3: they go on delivering. How
 * much the sick one may cost follows from the timeouts. To take it in, to find that it does not work, and to go on
 * without it is an <em>attempt</em>; after each it is left alone, for longer each time up to the longest back-off.
 */
final class AllButOne {
    /** A pause between two attempts is drawn from this much of the back-off on. */
    private static final double BACKOFF_LEAST = 0.75;

    /** How often the back-off doubles from the merge interval to the longest. */
    private static final int DOUBLINGS = 7;

    private static final int BACKOFFS_WATCHED = 4;
    private static final int OFFERS_PER_TOKEN_LOSS = 2;

    private final SimulatedCluster cluster;
    private final FaultMachine faults;
    private final Fault lasting;
    private final Verdict verdict;
    private final long tokenLoss;
    private final long backoff;
    private final long attempt;

    AllButOne(SimulatedCluster cluster, FaultMachine faults, Fault lasting, long delayNanos, Verdict verdict) {
        this.cluster = cluster;
        this.faults = faults;
        this.lasting = lasting;
        this.verdict = verdict;
        ClusterShape shape = cluster.shape();
        this.tokenLoss = shape.tokenLossNanos();
        this.backoff = shape.backoffMaxNanos();
        this.attempt = shape.patienceNanos(2 * delayNanos) + 2 * (tokenLoss + shape.consensusNanos());
    }

    /**
     * Lets it happen, and heals it at the end. Others are busy for so long; the one that falls ill may be among them,
     * and then it falls ill later. If it never comes back nobody does.
     */
    void happen(long busyNanos) {
        boolean ill = falls();
        cluster.runFor(busyNanos + 2 * tokenLoss);
        ill = ill || falls();
        if (ill && cluster.violation() == null) {
            judge();
            faults.endOf(lasting);
            cluster.runFor(2 * tokenLoss);
        }
    }

    private boolean falls() {
        boolean can = canFallIll(lasting.slot()) && (!lasting.namesAnother() || canFallIll((int) lasting.amount()));
        if (can) {
            cluster.coverage().saw(Sometimes.ONE_STAYED_ILL);
            faults.last(lasting);
        }
        return can;
    }

    private boolean canFallIll(int slot) {
        SimulatedMember member = cluster.member(slot);
        return member != null && !member.isOnItsWayOut();
    }

    private List<SimulatedMember> allBut(long slots) {
        return cluster.living().stream()
                .filter(member -> (slots >> member.slot() & 1) == 0)
                .toList();
    }

    /** Those with whom nothing is wrong, whoever is taken for the sick one. */
    private List<SimulatedMember> others() {
        return allBut(1L << lasting.slot() | (lasting.namesAnother() ? 1L << lasting.amount() : 0));
    }

    /** Of two twins, and of two ends of a link, nobody can say which one is the sick one. */
    private boolean areTogether() {
        return areTogether(allBut(1L << lasting.slot()))
                || (lasting.namesAnother() && areTogether(allBut(1L << lasting.amount())));
    }

    private boolean areTogether(List<SimulatedMember> members) {
        return cluster.areTogether(members) && members.stream().noneMatch(SimulatedMember::isOnItsWayOut);
    }

    private void judge() {
        long bound = cluster.shape().progressBoundNanos() + DOUBLINGS * attempt;
        if (!cluster.runUntil(this::areTogether, bound)) {
            broken("L1", "are not together after " + millis(bound) + ": " + configurations());
        } else if (!others().isEmpty()) {
            watch();
        }
    }

    private void watch() {
        long installed = installed();
        long slice = tokenLoss / OFFERS_PER_TOKEN_LOSS;
        long slices = BACKOFFS_WATCHED * backoff / slice;
        long delivered = delivered();
        long stalled = 0;
        long longest = 0;
        long all = 0;
        for (long index = 0; index < slices && cluster.violation() == null; index++) {
            List<SimulatedMember> others = others();
            others.get((int) (index % others.size())).offer(10, index % 3 == 0 ? Guarantee.SAFE : Guarantee.AGREED);
            cluster.runFor(slice);
            stalled = delivered() == delivered ? stalled + slice : 0;
            longest = Math.max(longest, stalled);
            all += delivered() == delivered ? slice : 0;
            delivered = delivered();
        }
        long changes = (installed() - installed) / others().size();
        if (changes > 2 * attempts() * sick()) {
            broken("L2", "were told of " + changes + " configurations each in " + millis(slices * slice));
        } else if (longest > attempt || all > slices * slice / 2 + attempt) {
            broken(
                    "L3",
                    "delivered nothing for " + millis(all) + " of " + millis(slices * slice) + ", of that "
                            + millis(longest) + " on end");
        } else if (!deliversAll()) {
            broken("L1", "do not deliver all within " + millis(backoff + 2 * attempt) + ": " + configurations());
        }
    }

    /** Until all is quiet; or, where applications go on all the time, until what they have offered by now is there. */
    private boolean deliversAll() {
        Map<SimulatedMember, Long> promised = new HashMap<>();
        others().forEach(member -> promised.put(member, member.accepted()));
        boolean[] kept = new boolean[1];
        boolean quiet = cluster.runUntil(
                () -> {
                    kept[0] = kept[0] || haveDelivered(promised);
                    return areTogether();
                },
                backoff + 2 * attempt);
        return quiet || kept[0];
    }

    private boolean haveDelivered(Map<SimulatedMember, Long> promised) {
        List<SimulatedMember> members = others();
        return cluster.areOnOneRing(members)
                && members.stream()
                        .allMatch(member -> member.trace().ownDelivered() >= promised.getOrDefault(member, 0L));
    }

    /** One after each doubling of the back-off, and then one after each of the longest. */
    private static long attempts() {
        return DOUBLINGS + 1 + (long) (BACKOFFS_WATCHED / BACKOFF_LEAST);
    }

    /** Of twins, and of the ends of a link, each is tried and left alone for itself. */
    private int sick() {
        return lasting.namesAnother() ? 2 : 1;
    }

    private long installed() {
        return others().stream()
                        .mapToLong(member -> member.trace().configurations())
                        .sum()
                / 2;
    }

    private long delivered() {
        return others().stream().mapToLong(SimulatedMember::delivered).min().orElse(0);
    }

    private String configurations() {
        StringBuilder text = new StringBuilder();
        others().forEach(member -> text.append(member)
                .append(" in ")
                .append(member.trace().configuration())
                .append("; "));
        return text.toString();
    }

    private static String millis(long nanos) {
        return nanos / 1_000_000 + " ms";
    }

    private void broken(String predicate, String what) {
        verdict.broken(
                predicate, "all members but slot " + lasting.slot() + ", which has " + lasting.kind() + ", " + what);
    }
}
