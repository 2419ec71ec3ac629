package io.vsring.spring;

import io.vsring.ConfigurationChange;
import org.springframework.context.ApplicationEvent;

/**
 * A regular configuration has begun: who is together now, who came, and who has left since the one before.
 *
 * <p>Published by a thread of its own, in the order of the ring, but not at a place between the messages that an
 * {@link OnDeliver} method sees; {@link OnConfigurationChange} is.
 */
public final class RingConfigurationChangedEvent extends ApplicationEvent {

    private static final long serialVersionUID = 1;

    private final transient ConfigurationChange change;

    /** An event about this change. */
    public RingConfigurationChangedEvent(Object source, ConfigurationChange change) {
        super(source);
        this.change = change;
    }

    /** What has changed. */
    public ConfigurationChange getChange() {
        return change;
    }

    @Override
    public String toString() {
        return "RingConfigurationChangedEvent[" + change + "]";
    }
}
