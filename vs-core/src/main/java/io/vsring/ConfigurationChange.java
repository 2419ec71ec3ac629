package io.vsring;

/**
 * One step from a configuration to the next, in order with the messages.
 *
 * @param configuration the one that now begins
 * @param joined who is in it and was not in the configuration before; empty in a transitional one
 * @param left who was in the configuration before and is not in it; of a regular configuration that follows a
 *     transitional one always empty, since they have left with the transitional one
 */
public record ConfigurationChange(RingConfiguration configuration, MemberSet joined, MemberSet left) {

    /** The change from one configuration to the one that follows it. */
    public static ConfigurationChange between(MemberSet before, RingConfiguration now) {
        return new ConfigurationChange(now, now.members().minus(before), before.minus(now.members()));
    }
}
