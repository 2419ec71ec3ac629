package io.vsring.ring;

import java.util.List;

/**
 * What a member is made of, apart from its options.
 *
 * @param outside what carries, runs and remembers it
 * @param seeds finds out where to look for others
 * @param observers see what it does
 * @param board shows how it is
 * @param counters show how much it has done
 */
record RingParts(
        RingAssembly.Surroundings outside,
        SeedSearch seeds,
        List<RingObserver> observers,
        RingBoard board,
        RingCounters counters) {}
