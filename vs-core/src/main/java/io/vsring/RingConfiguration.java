package io.vsring;

import org.jspecify.annotations.Nullable;

/**
 * Who is together, as told to the application between two messages.
 *
 * <p>A regular configuration is a ring at work. A transitional configuration comes between two regular ones: its
 * members are those that go together from the one to the other, and what is delivered in it is known to be held by
 * those only (Moser et al., Extended Virtual Synchrony, 1994).
 *
 * @param ringId the ring that ordered what is delivered in this configuration; of a transitional configuration the ring
 *     that has ended
 * @param next of a transitional configuration, the ring that follows; null if this one is regular
 * @param members who is in it
 */
public record RingConfiguration(RingId ringId, @Nullable RingId next, MemberSet members) {

    public static RingConfiguration regular(RingId ringId, MemberSet members) {
        return new RingConfiguration(ringId, null, members);
    }

    public static RingConfiguration transitional(RingId previous, RingId next, MemberSet members) {
        return new RingConfiguration(previous, next, members);
    }

    public boolean isTransitional() {
        return next != null;
    }

    /** The name of the configuration: that of its ring, or {@code previous>next} if transitional. */
    public String id() {
        return isTransitional() ? ringId + ">" + next : ringId.toString();
    }

    /** {@code regular 1.42.9f2c… [1#9f2c…, 2#…]}. */
    @Override
    public String toString() {
        return (isTransitional() ? "transitional " : "regular ") + id() + " " + members;
    }
}
