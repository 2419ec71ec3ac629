package io.vsring.test.simulation;

import io.vsring.test.simulation.Fault.Kind;
import io.vsring.test.simulation.Fault.Trigger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes a hostile world out of a schedule: its members have keys, somebody without them forges datagrams, and in half
 * of the schedules the keys are changed meanwhile, in good order or in none.
 */
final class HostileSwarm {
    private HostileSwarm() {}

    /** The same schedule in such a world; the seed of the schedule says in which. */
    static Schedule schedule(Schedule base) {
        Dice dice = base.seed().stream("hostile swarm");
        List<Fault> faults = new ArrayList<>(base.faults());
        if (dice.chance(0.5)) {
            if (dice.chance(0.7)) {
                inOrder(base, dice, faults);
            } else {
                anyhow(base, dice, faults);
            }
        }
        faults.sort(Comparator.comparingLong(Fault::atNanos));
        double forgery = dice.chance(0.7) ? dice.spread(0.001, 0.3) : 0;
        return base.withFaults(faults).sealed(forgery);
    }

    /** As docs/operations.md asks for: each step on all members before the next one on any. */
    private static void inOrder(Schedule base, Dice dice, List<Fault> faults) {
        long stepNanos = base.chaosNanos() / SimulatedKeys.LAST_STEP;
        for (int step = 1; step <= SimulatedKeys.LAST_STEP; step++) {
            long from = (step - 1) * stepNanos;
            for (int slot = 1; slot <= base.shape().slots(); slot++) {
                faults.add(keys(dice.between(from, from + stepNanos - 1), slot, step, null));
            }
            if (dice.chance(0.5)) { // somebody at the worst moment
                faults.add(keys(from, 0, step, new Trigger(Moment.RECOVERY_ENTERED, dice.between(1, 6))));
            }
        }
    }

    /** Members lose each other for a while, since one is ahead of another. */
    private static void anyhow(Schedule base, Dice dice, List<Fault> faults) {
        for (int slot = 1; slot <= base.shape().slots(); slot++) {
            for (int step = 1; step <= SimulatedKeys.LAST_STEP; step++) {
                if (dice.chance(0.7)) {
                    faults.add(keys(dice.between(0, base.chaosNanos()), slot, step, null));
                }
            }
        }
    }

    private static Fault keys(long at, int slot, int step, @Nullable Trigger trigger) {
        return new Fault(at, Kind.KEYS, slot, step, 0, trigger);
    }
}
