package io.vsring.spring;

import io.vsring.Guarantee;
import io.vsring.RingConfiguration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Which listeners want what; looked up once a message, therefore worked out beforehand. Immutable. */
final class Routes {

    private final Map<Guarantee, Map<String, RingListener[]>> named = new EnumMap<>(Guarantee.class);
    private final Map<Guarantee, RingListener[]> unnamed = new EnumMap<>(Guarantee.class);
    private final RingListener[] all;

    Routes(Collection<RingListener> listeners) {
        all = listeners.toArray(RingListener[]::new);
        Set<String> groups = new HashSet<>();
        listeners.forEach(listener -> groups.addAll(listener.groups()));
        for (Guarantee guarantee : Guarantee.values()) {
            Map<String, RingListener[]> byGroup = new HashMap<>();
            for (String group : groups) {
                byGroup.put(group, wanting(listeners, group, guarantee));
            }
            named.put(guarantee, byGroup);
            // Who wants the group "*" wants any group that nobody names.
            unnamed.put(guarantee, wanting(listeners, OnDeliver.ALL_GROUPS, guarantee));
        }
    }

    /** Empty if nobody wants messages like this. */
    RingListener[] forMessage(String group, Guarantee guarantee) {
        RingListener[] wanting = named.get(guarantee).get(group);
        return wanting != null ? wanting : unnamed.get(guarantee);
    }

    /** Hands the change to all who want it. */
    void offer(ListenerEvent.Change event) {
        RingConfiguration configuration = event.change().configuration();
        for (RingListener listener : all) {
            if (listener.wants(configuration)) {
                listener.offer(event);
            }
        }
    }

    private static RingListener[] wanting(Collection<RingListener> listeners, String group, Guarantee guarantee) {
        return listeners.stream()
                .filter(listener -> listener.wants(group, guarantee))
                .toArray(RingListener[]::new);
    }
}
