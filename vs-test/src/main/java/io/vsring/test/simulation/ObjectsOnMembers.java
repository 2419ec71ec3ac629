package io.vsring.test.simulation;

import io.vsring.ring.Fill;
import io.vsring.ring.RingHandler;
import java.util.Map;
import java.util.function.Function;

/** Replicated objects on the members of a simulated cluster, and whoever uses them. */
interface ObjectsOnMembers {

    /** Opens the ring of a member with replicated objects on it. */
    CountedRing open(SimulatedMember member, Function<RingHandler, CountedRing> opener);

    /** Lets a member leave in good order; false if it is to leave just so. */
    boolean leave(SimulatedMember member);

    /** The process has ended, one way or another. */
    void gone(SimulatedMember member);

    /** A member is told that others get a state, and perhaps it too. */
    default void planned(SimulatedMember member) {}

    /** How full is what the objects of a member keep; nothing if it has none. */
    default Map<String, Fill> fills(SimulatedMember member) {
        return Map.of();
    }

    /** A process starts that claims the id of another one. */
    default void twin() {}
}
