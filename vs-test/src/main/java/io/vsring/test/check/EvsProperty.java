package io.vsring.test.check;

import io.vsring.ConfigurationChange;
import io.vsring.MemberSet;
import java.util.List;

/**
 * One group of the claims of extended virtual synchrony (Moser et al., 1994), judged while a history grows.
 *
 * <p>A property keeps nothing itself: it is told before the history takes an event in, and finds in the history all
 * that was before. What it finds wrong it tells to {@link History#violated}.
 */
public interface EvsProperty {
    /** All properties, those first whose findings explain the others'. */
    static List<EvsProperty> all() {
        return List.of(
                new BasicDelivery(),
                new ConfigurationDelivery(),
                new SelfDelivery(),
                new FailureAtomicity(),
                new AgreedDelivery(),
                new CausalDelivery(),
                new SafeDelivery(),
                new Progress());
    }

    /** A member gives a message its place; the ring does not know of it yet. */
    default void onSent(History history, MemberTrace member, Sending sending) {}

    /** A member delivers a message that somebody sent at this place; its stay does not count it yet. */
    default void onDelivered(History history, Stay stay, int rank) {}

    /** A member installs a configuration; the member's trace still shows the one before. */
    default void onInstalled(History history, MemberTrace member, ConfigurationChange change) {}

    /** The run is over. */
    default void onEnd(History history, Ending ending) {}

    /**
     * A message at the moment when it gets its place.
     *
     * @param ring the ring that orders it
     * @param number which of its sender's messages it is
     * @param position its place, as {@link RingTrace#position} puts it into one number
     */
    record Sending(RingTrace ring, long number, long position) {}

    /**
     * How a run ended.
     *
     * @param components who could still talk to whom when nothing more was to happen; empty if the run was cut off in
     *     the middle, so that nothing can be said about what should have happened yet
     */
    record Ending(List<MemberSet> components) {
        /** Whether the run ended at rest. */
        public boolean isQuiet() {
            return !components.isEmpty();
        }
    }
}
