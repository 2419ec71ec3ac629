package io.vsring.spring;

import io.vsring.ConfigurationChange;
import io.vsring.MemberSet;
import io.vsring.RingConfiguration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The configuration that the ring told of last, for listeners that begin in it. Not for several threads. */
final class ToldConfigurations {

    private @Nullable RingConfiguration regular;
    private @Nullable RingConfiguration current; // that, or the transitional one behind it

    /** The ring starts anew. */
    void forget() {
        regular = null;
        current = null;
    }

    void told(RingConfiguration configuration) {
        current = configuration;
        regular = configuration.isTransitional() ? regular : configuration;
    }

    /** Null before the first. */
    @Nullable
    RingConfiguration current() {
        return current;
    }

    /** What a listener has to know that begins now: who is there, and who has left since. */
    List<ListenerEvent.Change> beginning() {
        List<ListenerEvent.Change> changes = new ArrayList<>();
        MemberSet before = MemberSet.of();
        if (regular != null && !regular.equals(current)) {
            changes.add(event(ConfigurationChange.between(before, regular)));
            before = regular.members();
        }
        if (current != null) {
            changes.add(event(ConfigurationChange.between(before, current)));
        }
        return changes;
    }

    private static ListenerEvent.Change event(ConfigurationChange change) {
        return new ListenerEvent.Change(change, change);
    }
}
