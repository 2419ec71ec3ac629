package io.vsring.test.simulation;

import io.vsring.test.simulation.Fault.Kind;
import io.vsring.test.simulation.Fault.Trigger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Schedules for replicated objects. Two in five are those of {@link Swarm}; in the others the network is calm, so that
 * components come into being and have something to lose, and what happens are the crashes, cuts and returns after which
 * naive designs have lost acknowledged writes.
 */
final class StateSwarm {
    private static final double AS_THEY_ARE = 0.4;
    private static final int STORIES_MAX = 5;
    private static final int OPERATIONS_KEPT = 10;

    private final Schedule base;
    private final Dice dice;
    private final long tokenLoss;
    private final List<Fault> faults = new ArrayList<>();

    private StateSwarm(Schedule base, Dice dice) {
        this.base = base;
        this.dice = dice;
        this.tokenLoss = base.shape().tokenLossNanos();
    }

    /** The schedule of this seed. */
    static Schedule schedule(Seed seed) {
        Schedule base = Swarm.schedule(seed);
        Dice dice = seed.stream("state swarm");
        return dice.chance(AS_THEY_ARE) || base.shape().slots() == 1 ? base : new StateSwarm(base, dice).schedule();
    }

    private Schedule schedule() {
        int stories = dice.between(1, STORIES_MAX);
        for (int story = 0; story < stories; story++) {
            tell(dice.between(2 * tokenLoss, Math.max(3 * tokenLoss, base.chaosNanos() * 3 / 4)));
        }
        faults.sort(Comparator.comparingLong(Fault::atNanos));
        long delay = base.weather().profile().delayNanos();
        LinkProfile calm = new LinkProfile(delay, delay / 5, 0, 0, 0, 0, 0);
        List<Operation> few = base.operations()
                .subList(0, Math.min(OPERATIONS_KEPT, base.operations().size()));
        return base.withWeather(new Weather(calm, 0, 0, 0, 0))
                .withFaults(faults)
                .withOperations(few)
                .withoutLasting();
    }

    private void tell(long at) {
        switch (dice.weighted(4, 3, 3, 2, 4, 2, 1)) {
            case 0 -> { // one forgets, and one that remembers is cut off
                int forgets = slot();
                add(at, Kind.CRASH, forgets, dice.below(2), soon());
                add(at + dice.between(0, 2 * tokenLoss), Kind.ISOLATE, otherThan(forgets), 0, lasting());
            }
            case 1 -> { // one is cut off, and one of the rest forgets
                int cut = slot();
                add(at, Kind.ISOLATE, cut, 0, lasting());
                add(at + dice.between(tokenLoss, 4 * tokenLoss), Kind.CRASH, otherThan(cut), dice.below(2), soon());
            }
            case 2 -> { // parts, and at once other parts
                long length = lasting();
                add(at, Kind.SPLIT, 0, some(), length);
                add(at + length + dice.between(0, tokenLoss / 2), Kind.SPLIT, 0, some(), lasting());
            }
            case 3 -> { // one after the other
                long time = at;
                for (int slot = 1; slot <= base.shape().slots(); slot++) {
                    add(time, Kind.CRASH, slot, dice.below(2), soon());
                    time += dice.between(tokenLoss / 2, 3 * tokenLoss);
                }
            }
            case 4 -> { // while the states are compared and sent
                Trigger trigger = new Trigger(Moment.OPERATIONAL_ENTERED, dice.between(2, 12));
                Kind kind = dice.oneOf(List.of(Kind.CRASH, Kind.ISOLATE, Kind.PAUSE));
                faults.add(new Fault(at, kind, 0, 0, kind == Kind.CRASH ? soon() : lasting(), trigger));
            }
            case 5 -> { // they leave in good order
                int first = slot();
                add(at, Kind.LEAVE, first, 0, dice.between(tokenLoss, 5 * tokenLoss));
                add(at + dice.between(0, tokenLoss), Kind.LEAVE, otherThan(first), 0, lasting());
            }
            default -> add(at, Kind.PAUSE, slot(), 0, lasting() / 2);
        }
    }

    private void add(long at, Kind kind, int slot, long amount, long length) {
        faults.add(new Fault(at, kind, slot, amount, length, null));
    }

    private int slot() {
        return dice.between(1, base.shape().slots());
    }

    private int otherThan(int slot) {
        int slots = base.shape().slots();
        return 1 + (slot - 1 + dice.between(1, slots - 1)) % slots;
    }

    /** Some slots as bits, neither none nor all. */
    private long some() {
        Set<Integer> chosen = new TreeSet<>();
        int count = dice.between(1, base.shape().slots() - 1);
        while (chosen.size() < count) {
            chosen.add(slot());
        }
        return chosen.stream().mapToLong(slot -> 1L << slot).sum();
    }

    private long soon() {
        return dice.between(tokenLoss / 100, tokenLoss);
    }

    private long lasting() {
        return dice.between(2 * tokenLoss, 10 * tokenLoss);
    }
}
