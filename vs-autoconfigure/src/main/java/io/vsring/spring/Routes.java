package io.vsring.spring;

import io.vsring.Guarantee;
import io.vsring.RingConfiguration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Which listeners want what; looked up once a message, therefore worked out beforehand. Immutable. */
final class Routes {

    /** Who wants messages of one guarantee: of the groups that somebody names, and of all others. */
    private record ByGroup(Map<String, RingListener[]> named, RingListener[] unnamed) {}

    private static final RingListener[] NOBODY = {};

    private final ByGroup agreed;
    private final ByGroup safe;
    private final RingListener[] all;

    Routes(Collection<RingListener> listeners) {
        all = listeners.toArray(RingListener[]::new);
        Set<String> groups = new HashSet<>();
        listeners.forEach(listener -> groups.addAll(listener.groups()));
        agreed = byGroup(groups, Guarantee.AGREED);
        safe = byGroup(groups, Guarantee.SAFE);
    }

    /** Empty if nobody wants messages like this. */
    RingListener[] forMessage(String group, Guarantee guarantee) {
        ByGroup byGroup = guarantee == Guarantee.SAFE ? safe : agreed;
        RingListener[] named = byGroup.named.get(group);
        return named != null ? named : ReservedGroups.contains(group) ? NOBODY : byGroup.unnamed;
    }

    /** Hands the change to all who want it. */
    void offer(ListenerEvent.Change event) {
        RingConfiguration configuration = event.change().configuration();
        for (RingListener listener : all) {
            if (listener.wants(configuration)) {
                listener.offerChange(event);
            }
        }
    }

    private ByGroup byGroup(Set<String> groups, Guarantee guarantee) {
        Map<String, RingListener[]> named = new HashMap<>();
        for (String group : groups) {
            named.put(group, wanting(group, guarantee));
        }
        // Who wants the group "*" wants any group that nobody names.
        return new ByGroup(named, wanting(OnDeliver.ALL_GROUPS, guarantee));
    }

    private RingListener[] wanting(String group, Guarantee guarantee) {
        return Arrays.stream(all)
                .filter(listener -> listener.wants(group, guarantee))
                .toArray(RingListener[]::new);
    }
}
