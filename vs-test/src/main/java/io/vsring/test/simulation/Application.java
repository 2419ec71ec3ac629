package io.vsring.test.simulation;

import io.vsring.ConfigurationChange;
import io.vsring.Delivery;

/** What runs on top of the members. Called on their delivery threads, after the trace has taken the event in. */
public interface Application {
    /** An application that takes everything and says nothing. */
    Application SILENT = new Application() {};

    /** A message reached this member's application. */
    default void onMessage(SimulatedMember member, Delivery delivery) {}

    /** A configuration reached this member's application. */
    default void onConfigurationChange(SimulatedMember member, ConfigurationChange change) {}
}
