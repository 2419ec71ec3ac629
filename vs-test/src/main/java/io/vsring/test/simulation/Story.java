package io.vsring.test.simulation;

import io.vsring.ConfigurationChange;
import io.vsring.Delivery;
import io.vsring.RingId;
import org.jspecify.annotations.Nullable;

/** Is told everything that happens in a simulated cluster, in order: for those who want to read it. */
public interface Story extends NetworkWatcher {
    /** Nobody reads it. */
    Story UNTOLD = (fate, packet, to) -> {};

    /** Something was done to the cluster. */
    default void done(String what) {}

    /** A member gave a message its place. */
    default void sent(SimulatedMember member, long number, RingId ringId, long sequence, int index) {}

    /** A message reached a member's application. */
    default void delivered(SimulatedMember member, Delivery message) {}

    /** A configuration reached a member's application. */
    default void installed(SimulatedMember member, ConfigurationChange change) {}

    /** A member's ring ended by itself. */
    default void closed(SimulatedMember member, @Nullable Throwable failure) {}
}
