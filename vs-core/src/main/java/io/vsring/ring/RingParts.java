package io.vsring.ring;

import io.vsring.MemberAddress;
import java.util.List;

/**
 * What a member is made of, apart from its options.
 *
 * @param outside what carries, runs and remembers it
 * @param seeds where to look for others, this member not among them
 * @param observers see what it does
 * @param board shows how it is
 * @param counters show how much it has done
 */
record RingParts(
        RingAssembly.Surroundings outside,
        List<MemberAddress> seeds,
        List<RingObserver> observers,
        RingBoard board,
        RingCounters counters) {}
