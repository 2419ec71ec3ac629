package io.vsring.spring;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.event.SimpleApplicationEventMulticaster;
import org.springframework.core.ResolvableType;

/**
 * Sends events with {@link ClusterEvent} to all members in place of calling listeners, which happens when they are
 * delivered; all others it treats as Spring does. The bean {@code applicationEventMulticaster}, unless the application
 * has one: then it must be of this type too, which can be given an executor and an error handler.
 */
public final class ClusterEventMulticaster extends SimpleApplicationEventMulticaster {

    private final ObjectProvider<ClusterEvents> events;

    /** @param events is asked when the first event is published */
    public ClusterEventMulticaster(ObjectProvider<ClusterEvents> events) {
        this.events = events;
    }

    @Override
    public void multicastEvent(ApplicationEvent event, @Nullable ResolvableType eventType) {
        Object published = event instanceof PayloadApplicationEvent<?> wrapper ? wrapper.getPayload() : event;
        if (published.getClass().isAnnotationPresent(ClusterEvent.class)) {
            ClusterEvents known = events.getIfAvailable();
            if (known == null) {
                throw ClusterEvents.notFound(published.getClass());
            }
            known.send(published);
        } else {
            super.multicastEvent(event, eventType);
        }
    }

    /** Calls the listeners of this member. */
    void multicastHere(ApplicationEvent event) {
        super.multicastEvent(event, null);
    }
}
