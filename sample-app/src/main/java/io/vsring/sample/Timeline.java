package io.vsring.sample;

import io.vsring.Delivery;
import io.vsring.RingConfiguration;
import io.vsring.spring.ConfigurationKind;
import io.vsring.spring.OnConfigurationChange;
import io.vsring.spring.OnDeliver;
import java.util.ArrayDeque;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * The last messages and configurations that this member was told of, in order.
 *
 * <p>Members that were together have the same timeline: nothing in it is about the member itself. How they found each
 * other is each one's own story, therefore it begins with the configuration in which the first message was delivered.
 */
@Component
class Timeline {

    private static final int ENTRIES_MAX = 1000;

    private final ArrayDeque<TimelineEntry> entries = new ArrayDeque<>();
    private boolean hasMessages;

    @OnDeliver(OnDeliver.ALL_GROUPS)
    synchronized void onMessage(Delivery delivery) {
        hasMessages = true;
        add(TimelineEntry.Message.of(delivery));
    }

    @OnConfigurationChange({ConfigurationKind.REGULAR, ConfigurationKind.TRANSITIONAL})
    synchronized void onConfiguration(RingConfiguration configuration) {
        if (!hasMessages) {
            entries.clear();
        }
        add(TimelineEntry.Configuration.of(configuration));
    }

    /** From the oldest to the newest. */
    synchronized List<TimelineEntry> entries() {
        return List.copyOf(entries);
    }

    private void add(TimelineEntry entry) {
        if (entries.size() == ENTRIES_MAX) {
            entries.remove();
        }
        entries.add(entry);
    }
}
