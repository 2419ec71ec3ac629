package io.vsring.ring;

import io.vsring.security.Envelope;
import java.util.List;

/**
 * What a member is made of, apart from its options.
 *
 * @param outside what carries, runs and remembers it
 * @param seeds finds out where to look for others
 * @param observers see what it does
 * @param board shows how it is
 * @param counters show how much it has done
 * @param envelope is around all that it sends and receives
 * @param groups checks the names of groups
 */
record RingParts(
        RingAssembly.Surroundings outside,
        SeedSearch seeds,
        List<RingObserver> observers,
        RingBoard board,
        RingCounters counters,
        Envelope envelope,
        GroupCache groups) {}
