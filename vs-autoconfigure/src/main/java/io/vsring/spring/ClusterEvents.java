package io.vsring.spring;

import io.vsring.Guarantee;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.event.ApplicationEventMulticaster;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.util.ClassUtils;

/** Sends events with {@link ClusterEvent}, and publishes on this member what all have sent. */
public final class ClusterEvents {

    private static final Logger log = LoggerFactory.getLogger(ClusterEvents.class);
    private static final String NAME = "event";

    private final ClusterEventTypes types;
    private final PayloadCodecs codecs;
    private final RingTemplate ring;
    private final ApplicationContext context;
    private final ClusterEventMulticaster multicaster;

    /**
     * Of the classes of these names: generated code cannot name a class that is not public.
     *
     * @param multicaster of the application
     * @throws IllegalArgumentException if it is not ours, or the classes cannot be what they are to be
     */
    public ClusterEvents(
            List<String> types,
            PayloadCodecs codecs,
            RingTemplate ring,
            ApplicationContext context,
            ApplicationEventMulticaster multicaster) {
        this.types = new ClusterEventTypes(classes(types, context), codecs);
        this.codecs = codecs;
        this.ring = ring;
        this.context = context;
        if (!(multicaster instanceof ClusterEventMulticaster ours)) {
            throw new IllegalArgumentException("the bean applicationEventMulticaster is a "
                    + multicaster.getClass().getName() + ", which publishes on this member only, and there are"
                    + " @ClusterEvent classes, such as " + types.get(0) + ": declare a"
                    + " ClusterEventMulticaster in its place, with the same executor and error handler");
        }
        this.multicaster = ours;
    }

    private static List<Class<?>> classes(List<String> names, ApplicationContext context) {
        List<Class<?>> classes = new ArrayList<>();
        names.forEach(name -> classes.add(ClassUtils.resolveClassName(name, context.getClassLoader())));
        return classes;
    }

    void send(Object event) {
        Class<?> type = event.getClass();
        if (!types.contains(type)) {
            throw notFound(type);
        }
        Guarantee guarantee = type.getAnnotation(ClusterEvent.class).guarantee();
        String name = ClusterEventTypes.name(type);
        var unused = ring.sendOurs(ReservedGroups.EVENTS, event, guarantee, Map.of(NAME, name))
                .whenComplete((receipt, failure) -> {
                    if (failure != null) {
                        log.warn(
                                "member={} may not have published event={}",
                                ring.status().local().id(),
                                name,
                                failure);
                    }
                });
    }

    static IllegalArgumentException notFound(Class<?> type) {
        return new IllegalArgumentException(type.getName() + " has @ClusterEvent and is in no package that is scanned"
                + " for it: add its package with @AutoConfigurationPackage");
    }

    /** Publishes an event that was sent by a member. */
    @OnDeliver(groups = ReservedGroups.EVENTS, id = ReservedGroups.EVENTS)
    void on(byte[] bytes, @Header(NAME) String name) {
        Class<?> type = types.named(name);
        Object event = codecs.forType(type).decode(bytes, type);
        multicaster.multicastHere(
                event instanceof ApplicationEvent known ? known : new PayloadApplicationEvent<>(context, event));
    }
}
