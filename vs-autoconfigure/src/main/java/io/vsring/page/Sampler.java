package io.vsring.page;

import io.vsring.actuate.RingDescription;
import io.vsring.actuate.RingDescriptor;
import io.vsring.actuate.RingHistory;
import io.vsring.replicated.ReplicatedObjects;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Looks at the member, and says what it sees as server-sent events. One thread at a time. */
final class Sampler {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int LOOKS_PER_WATCH = 8;
    private static final int LOOKS_PER_OBJECTS = 2;

    private final RingDescription description;
    private final MemberReports reports;
    private final ObjectsView objectsView;
    private final InstantSource clock;
    private ObjectsView.Found objects = new ObjectsView.Found(List.of(), List.of(), List.of());
    private List<RingHistory.Entry> history = List.of();
    private byte @Nullable [] historyEvent;
    private int looks;

    Sampler(
            PageSettings settings,
            RingDescription description,
            MemberReports reports,
            ReplicatedObjects objects,
            InstantSource clock) {
        this.description = description;
        this.reports = reports;
        this.objectsView = new ObjectsView(objects, settings.showsEntries());
        this.clock = clock;
    }

    /**
     * What is sent to whoever watches.
     *
     * @param history the last configurations: the same object until there are others
     */
    record Sample(byte[] history, byte[] snapshot) {}

    /** Somebody has begun to watch: the others are asked to tell of themselves with the next look. */
    void begin() {
        looks = 0;
    }

    Sample look() {
        if (looks % LOOKS_PER_WATCH == 0) {
            reports.watch();
        }
        if (looks % LOOKS_PER_OBJECTS == 0) {
            objects = objectsView.look();
        }
        looks++;
        RingDescriptor ring = description.describe();
        byte[] told = historyEvent;
        if (told == null || !ring.history().equals(history)) {
            history = ring.history();
            told = event("history", history);
            historyEvent = told;
        }
        return new Sample(told, event("snapshot", snapshot(ring)));
    }

    private PageSnapshot snapshot(RingDescriptor ring) {
        long now = reports.nanoTime();
        List<PageSnapshot.MemberRow> rows = reports.heard().entrySet().stream()
                .map(each -> new PageSnapshot.MemberRow(
                        each.getKey().toString(),
                        TimeUnit.NANOSECONDS.toMillis(now - each.getValue().atNanos()),
                        each.getValue().sequence(),
                        each.getValue().report()))
                .sorted(Comparator.comparing(PageSnapshot.MemberRow::member))
                .toList();
        return new PageSnapshot(clock.millis(), ring, rows, objects, reports.malformed());
    }

    private static byte[] event(String name, Object data) {
        String json = JSON.writeValueAsString(data);
        return ("event: " + name + "\ndata: " + json + "\n\n").getBytes(StandardCharsets.UTF_8);
    }
}
