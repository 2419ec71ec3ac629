package io.vsring.spring;

import io.vsring.RingConfiguration;

/** The two kinds of configuration, as an {@link OnConfigurationChange} method asks for them. */
public enum ConfigurationKind {

    /** A ring at work. */
    REGULAR,

    /**
     * Those who go together from one ring to the next, between two regular configurations. What is delivered in it is
     * known to be held by its members only.
     */
    TRANSITIONAL;

    /** Of this configuration. */
    public static ConfigurationKind of(RingConfiguration configuration) {
        return configuration.isTransitional() ? TRANSITIONAL : REGULAR;
    }
}
