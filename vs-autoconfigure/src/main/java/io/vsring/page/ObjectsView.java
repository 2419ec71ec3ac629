package io.vsring.page;

import io.vsring.MemberId;
import io.vsring.replicated.Codec;
import io.vsring.replicated.DistributedLocks;
import io.vsring.replicated.ReplicatedMap;
import io.vsring.replicated.ReplicatedObjects;
import io.vsring.ring.RingException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * The replicated objects as this member has them. Looking takes its turn on the delivery thread, so what is shown is
 * what was found the last time. Of very many objects only the first are shown. One thread looks.
 */
final class ObjectsView {

    private static final int OBJECTS_MAX = 200;
    private static final int LOCKS_MAX = 200;
    private static final int ENTRIES_MAX = 20;

    private static final Looked NONE = new Looked(List.of(), List.of());
    private static final Found NOTHING = new Found(List.of(), List.of(), List.of());

    private final ReplicatedObjects objects;
    private final boolean showsEntries;
    private CompletableFuture<Looked> looking = CompletableFuture.completedFuture(NONE);
    private Found found = NOTHING;

    ObjectsView(ReplicatedObjects objects, boolean showsEntries) {
        this.objects = objects;
        this.showsEntries = showsEntries;
    }

    /** Maps, counters and locks by name. */
    record Found(List<MapView> maps, List<CounterView> counters, List<LockView> locks) {}

    /**
     * A map.
     *
     * @param entries some of them; null if entries are not to be shown
     */
    record MapView(String name, int size, @Nullable List<EntryView> entries) {}

    /** What a key has. */
    record EntryView(String key, String value) {}

    /** A counter; as text, since browsers have no numbers of 64 bits. */
    record CounterView(String name, String value) {}

    /** A lock that somebody holds. */
    record LockView(String name, String owner, String token, List<String> waiting) {}

    private record Looked(List<ReplicatedObjects.Listed> objects, List<DistributedLocks.Held> locks) {}

    /** What was found last; looks anew if it is not looking still. */
    Found look() {
        if (looking.isDone()) {
            try {
                found = found(looking.join());
                looking = objects.listAsync(OBJECTS_MAX)
                        .thenCombine(objects.locks().snapshotAsync(), Looked::new);
            } catch (RingException | CompletionException ended) {
                found = NOTHING; // until another member runs
                looking = CompletableFuture.completedFuture(NONE);
            }
        }
        return found;
    }

    private Found found(Looked looked) {
        List<MapView> maps = new ArrayList<>();
        List<CounterView> counters = new ArrayList<>();
        List<ReplicatedObjects.Listed> sorted = new ArrayList<>(looked.objects());
        sorted.sort(Comparator.comparing(ReplicatedObjects.Listed::name));
        for (ReplicatedObjects.Listed each : sorted) {
            if (each.kind().equals("map")) {
                maps.add(map(each.name()));
            } else if (each.kind().equals("counter")) {
                counters.add(new CounterView(
                        each.name(), Long.toString(objects.counter(each.name()).get())));
            }
        }
        List<LockView> locks =
                looked.locks().stream().limit(LOCKS_MAX).map(ObjectsView::lock).toList();
        return new Found(maps, counters, locks);
    }

    private MapView map(String name) {
        ReplicatedMap<byte[], byte[]> map = objects.map(name, Codec.bytes(), Codec.bytes());
        return new MapView(name, map.size(), showsEntries ? entries(map) : null);
    }

    private static List<EntryView> entries(ReplicatedMap<byte[], byte[]> map) {
        List<EntryView> entries = new ArrayList<>();
        Iterator<Map.Entry<byte[], byte[]>> all =
                map.asConcurrentMap().entrySet().iterator();
        while (all.hasNext() && entries.size() < ENTRIES_MAX) {
            Map.Entry<byte[], byte[]> entry = all.next();
            entries.add(new EntryView(PlainText.text(entry.getKey()), PlainText.text(entry.getValue())));
        }
        entries.sort(Comparator.comparing(EntryView::key));
        return entries;
    }

    private static LockView lock(DistributedLocks.Held held) {
        return new LockView(
                held.name(),
                held.holder().toString(),
                Long.toString(held.fencingToken()),
                held.waiting().stream().map(MemberId::toString).toList());
    }
}
