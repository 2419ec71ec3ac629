package io.vsring.autoconfigure;

import io.vsring.ConfigurationChange;
import io.vsring.spring.OnConfigurationChange;
import io.vsring.spring.RingConfigurationChangedEvent;
import org.springframework.context.ApplicationEventPublisher;

/** Publishes configuration changes as events. A listener like any other, so that a slow receiver harms nobody. */
final class ConfigurationChangeEvents {

    /** The listener that this is, and the group of the events of all members, which it tells as well. */
    static final String LISTENER = "vs.events";

    private final ApplicationEventPublisher publisher;

    ConfigurationChangeEvents(ApplicationEventPublisher publisher) {
        this.publisher = publisher;
    }

    @OnConfigurationChange(id = LISTENER)
    void publish(ConfigurationChange change) {
        publisher.publishEvent(new RingConfigurationChangedEvent(this, change));
    }
}
