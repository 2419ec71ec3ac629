package io.vsring.test.campaign;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Brings one fault after the other over members in namespaces, sometimes two at a time, lets them recover, and looks
 * how long that takes. A member that was ended starts while others come. One thread.
 */
final class Nemesis {

    private static final int REST_MILLIS_MIN = 500;
    private static final int REST_MILLIS_MAX = 2_500;

    /**
     * What may come while a member starts. Only one is ended at a time, since state is in memory; and what concerns one
     * or two members only would not be proven if one of them says nothing yet.
     */
    private static final Set<FaultKind> MEET_WHO_STARTS = EnumSet.of(
            FaultKind.STOP,
            FaultKind.HALVES,
            FaultKind.OVERLAP,
            FaultKind.LOSS,
            FaultKind.DUPLICATE,
            FaultKind.DELAY,
            FaultKind.REORDER,
            FaultKind.CORRUPT);

    private final List<MemberSlot> members;
    private final Faults faults;
    private final FaultDeck deck;
    private final FaultLog log;
    private final Recovery recovery;
    private final List<MemberSlot> starting = new ArrayList<>();

    Nemesis(List<MemberSlot> members, Faults faults, FaultDeck deck, FaultLog log, Recovery recovery) {
        this.members = members;
        this.faults = faults;
        this.deck = deck;
        this.log = log;
        this.recovery = recovery;
    }

    /**
     * Goes on until the time is over; then all are primary and nothing is left of any fault.
     *
     * @throws IllegalStateException if members do not recover
     */
    @Nullable
    Void injure(Random dice, long deadlineNanos) throws InterruptedException {
        while (System.nanoTime() - deadlineNanos < 0) {
            Thread.sleep(dice.nextInt(REST_MILLIS_MIN, REST_MILLIS_MAX));
            cycle(next(), dice);
        }
        awaitAll();
        return null;
    }

    /** What no starting member minds comes first; for the rest it is waited for. */
    private List<FaultKind> next() throws InterruptedException {
        if (recovery.isOver(starting)) {
            starting.clear();
        }
        List<FaultKind> kinds = deck.deal(kind -> starting.isEmpty() || MEET_WHO_STARTS.contains(kind));
        if (kinds.isEmpty()) {
            awaitAll();
            kinds = deck.deal(kind -> true);
        }
        return kinds;
    }

    private void cycle(List<FaultKind> kinds, Random dice) throws InterruptedException {
        List<Fault> begun = new ArrayList<>();
        long begunNanos;
        try {
            for (FaultKind kind : kinds) {
                if (!begun.isEmpty()) {
                    Thread.sleep(dice.nextInt(REST_MILLIS_MIN, REST_MILLIS_MAX)); // or the first might meet nothing
                }
                Fault fault = faults.make(kind);
                log.begun(fault);
                begun.add(fault);
                fault.begin();
            }
            begunNanos = System.nanoTime();
            last(kinds, begun);
        } finally {
            Collections.reverse(begun);
            // Who was ended comes back last: the others have to be able to go on without.
            for (Fault each : begun) {
                if (each.ended().isEmpty()) {
                    each.end();
                    log.ended(each);
                }
            }
        }
        if (!areAllEnding(begun)) {
            measure(kinds.get(0), survivors(begun), System.nanoTime());
        }
        for (Fault each : begun) {
            if (!each.ended().isEmpty()) {
                each.end();
                log.ended(each);
            }
        }
        if (kinds.get(0) == FaultKind.RESTART) {
            measure(kinds.get(0), survivors(begun), begunNanos);
        }
        begun.forEach(each -> starting.addAll(each.ended()));
    }

    private void awaitAll() throws InterruptedException {
        recovery.await(members);
        starting.clear();
    }

    private static boolean areAllEnding(List<Fault> begun) {
        return begun.stream().noneMatch(each -> each.ended().isEmpty());
    }

    /** Lets the faults last; if nothing else is wrong, those who live have to get over a death meanwhile. */
    private void last(List<FaultKind> kinds, List<Fault> begun) throws InterruptedException {
        long sinceNanos = System.nanoTime();
        if (areAllEnding(begun) && kinds.get(0) != FaultKind.RESTART) {
            measure(kinds.get(0), survivors(begun), sinceNanos);
        }
        long leftMillis = faults.lastsMillis(kinds.get(0)) - (System.nanoTime() - sinceNanos) / 1_000_000;
        Thread.sleep(Math.max(0, leftMillis));
    }

    private List<MemberSlot> survivors(List<Fault> begun) {
        List<MemberSlot> survivors = new ArrayList<>(members);
        survivors.removeAll(starting);
        begun.forEach(each -> survivors.removeAll(each.ended()));
        return survivors;
    }

    private void measure(FaultKind kind, List<MemberSlot> waitedFor, long sinceNanos) throws InterruptedException {
        recovery.await(waitedFor);
        log.recovered(kind, System.nanoTime() - sinceNanos);
    }
}
