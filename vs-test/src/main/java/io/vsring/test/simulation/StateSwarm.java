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
    private static final double IN_ACTS = 0.4; // of the others
    private static final int ALL = 0;
    private static final int STORIES_MAX = 5;
    private static final int OPERATIONS_KEPT = 10;

    private final Schedule base;
    private final Dice dice;
    private final long tokenLoss;
    private final List<Fault> faults = new ArrayList<>();
    private long end;

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
        if (dice.chance(IN_ACTS)) {
            act(dice.between(3 * tokenLoss, 6 * tokenLoss));
        } else {
            int stories = dice.between(1, STORIES_MAX);
            for (int story = 0; story < stories; story++) {
                tell(dice.between(2 * tokenLoss, Math.max(3 * tokenLoss, base.chaosNanos() * 3 / 4)));
            }
        }
        faults.sort(Comparator.comparingLong(Fault::atNanos));
        long delay = base.weather().profile().delayNanos();
        LinkProfile calm = new LinkProfile(delay, delay / 5, 0, 0, 0, 0, 0);
        List<Operation> few = base.operations()
                .subList(0, Math.min(OPERATIONS_KEPT, base.operations().size()));
        return base.withWeather(new Weather(calm, 0, 0, 0, 0))
                .withFaults(faults)
                .withOperations(few)
                .withChaosOfAtLeast(end)
                .withoutLasting();
    }

    /** Tells one story in which each act needs what came of the one before. */
    private void act(long at) {
        switch (dice.weighted(3, 3, 2, 3, 2)) {
            case 0 -> partsAndOtherParts(at);
            case 1 -> whoWasAwayMeetsWhoForgot(at);
            case 2 -> whoWasBehindIsNeeded(at);
            case 3 -> somebodyChangesSides(at);
            default -> somebodyComesAndTheyPart(at);
        }
    }

    /**
     * A few are cut off. When the others say that they hold the state, one of these is on the side of the few: whether
     * the others go on without it, it cannot know.
     */
    private void somebodyChangesSides(long at) {
        List<Integer> slots = shuffled();
        int few = Math.max(1, (slots.size() - 1) / 2);
        int many = slots.size() - few;
        add(at, Kind.PARTS, 0, bits(slots.subList(0, few)), 0);
        Trigger trigger = new Trigger(Moment.READY_SENT, dice.between(1, many));
        faults.add(new Fault(at + tokenLoss / 2, Kind.PARTS, 0, bits(slots.subList(0, few + 1)), 0, trigger));
        together(at + dice.between(8 * tokenLoss, 12 * tokenLoss));
    }

    /**
     * One forgets, and is given the state; when it says that it has it, half of the others are cut off from it and the
     * rest. The lowest is among that half, so that each side alone could take itself for the ones to go on.
     */
    private void somebodyComesAndTheyPart(long at) {
        List<Integer> slots = shuffled();
        slots.remove(Integer.valueOf(1));
        slots.add(1);
        add(at, Kind.CRASH, slots.get(0), dice.below(2), tokenLoss + soon());
        int all = slots.size();
        Trigger trigger = dice.chance(0.7)
                ? new Trigger(Moment.READY_SENT, dice.chance(0.5) ? all : 2 * all - 1)
                : new Trigger(Moment.READY_DELIVERED, dice.between(1, all * all));
        long half = bits(slots.subList(0, 1 + all / 2));
        faults.add(new Fault(at + tokenLoss, Kind.PARTS, 0, half, 0, trigger));
        together(at + dice.between(8 * tokenLoss, 12 * tokenLoss));
    }

    /** Parts; then, while they compare their states or send them, other parts, and so on. */
    private void partsAndOtherParts(long at) {
        long time = at;
        add(time, Kind.PARTS, 0, some(), 0);
        int times = dice.between(1, 3);
        for (int i = 0; i < times; i++) {
            time += dice.between(tokenLoss / 4, 4 * tokenLoss);
            Moment moment = dice.oneOf(List.of(
                    Moment.OPERATIONAL_ENTERED,
                    Moment.STANDING_DELIVERED,
                    Moment.PACK_DELIVERED,
                    Moment.READY_SENT,
                    Moment.READY_DELIVERED));
            Trigger trigger =
                    new Trigger(moment, dice.between(1, 2 * base.shape().slots()));
            if (dice.chance(0.3)) {
                faults.add(new Fault(time, Kind.CRASH, 0, dice.below(2), soon(), trigger));
            }
            faults.add(new Fault(time, Kind.PARTS, 0, dice.chance(0.3) ? ALL : some(), 0, trigger));
        }
        together(time + dice.between(4 * tokenLoss, 8 * tokenLoss));
    }

    /**
     * A few are cut off. The others go on; then most of these forget what they had, and come to the few, while those
     * that remember are cut off. Somebody sleeps, so that they compare their states once more.
     */
    private void whoWasAwayMeetsWhoForgot(long at) {
        List<Integer> slots = shuffled();
        int few = Math.max(1, (slots.size() - 1) / 2);
        int remember = dice.between(1, Math.max(1, slots.size() - few - 1));
        List<Integer> remembering = slots.subList(few, few + remember);
        add(at, Kind.PARTS, 0, bits(slots.subList(0, few)), 0);
        long time = at + dice.between(4 * tokenLoss, 7 * tokenLoss);
        for (int slot : slots.subList(few + remember, slots.size())) {
            add(time + dice.between(0, tokenLoss / 2), Kind.CRASH, slot, dice.below(2), soon());
        }
        add(time, Kind.PARTS, 0, bits(remembering), 0);
        time += dice.between(3 * tokenLoss, 6 * tokenLoss);
        add(time, Kind.PAUSE, slots.get(dice.chance(0.5) ? 0 : slots.size() - 1), 0, 3 * tokenLoss / 2);
        together(time + dice.between(6 * tokenLoss, 9 * tokenLoss));
    }

    /**
     * One is cut off, and somebody of the others forgets and is given the state. Then all meet; while the state comes
     * to the one it is cut off again, the others all forget, and what it had is all that is left.
     */
    private void whoWasBehindIsNeeded(long at) {
        List<Integer> slots = shuffled();
        long one = bits(slots.subList(0, 1));
        add(at, Kind.PARTS, 0, one, 0);
        List<Integer> others = slots.subList(1, slots.size());
        add(
                at + 3 * tokenLoss,
                Kind.CRASH,
                others.stream().min(Integer::compare).orElseThrow(),
                0,
                soon());
        long time = at + dice.between(7 * tokenLoss, 9 * tokenLoss);
        add(time, Kind.PARTS, 0, ALL, 0);
        Trigger trigger = new Trigger(
                Moment.PACK_DELIVERED, dice.between(1, 2 * base.shape().slots()));
        faults.add(new Fault(time + 1, Kind.PARTS, 0, one, 0, trigger));
        time += dice.between(4 * tokenLoss, 6 * tokenLoss);
        for (int slot : others) {
            add(time, Kind.CRASH, slot, dice.below(2), soon());
        }
        together(time + dice.between(tokenLoss, 3 * tokenLoss));
    }

    private void together(long time) {
        add(time, Kind.PARTS, 0, ALL, 0);
        end = time + dice.between(2 * tokenLoss, 5 * tokenLoss);
    }

    private List<Integer> shuffled() {
        List<Integer> slots = new ArrayList<>();
        for (int slot = 1; slot <= base.shape().slots(); slot++) {
            slots.add(dice.below(slots.size() + 1), slot);
        }
        return slots;
    }

    private static long bits(List<Integer> slots) {
        return slots.stream().mapToLong(slot -> 1L << slot).sum();
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
            default -> add(at, Kind.PAUSE, slot(), 0, lasting()); // may be for longer than its locks are kept for it
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
