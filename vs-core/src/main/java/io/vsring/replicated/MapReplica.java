package io.vsring.replicated;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a map. The delivery thread changes them, any thread reads them.
 *
 * <p>The version of an entry is the position of the command that set it, plus one: it grows with each change, and is
 * never 0.
 */
final class MapReplica implements Replica {

    static final String KIND = "map";

    private static final int PIECE_BYTES = 32 * 1024;
    private static final int PIECE_OF_LIMITS = 0;
    private static final int PIECE_OF_ENTRIES = 1;

    /** What is left waits for the next time: nobody is to stand still for it. */
    private static final int EXPIRED_AT_ONCE_MAX = 10_000;

    private final MapOperations operations;
    private final ConcurrentHashMap<Key, MapEntry> entries = new ConcurrentHashMap<>();
    private volatile boolean current = true;
    private volatile @Nullable MapLimits limits; // null: nobody has set any

    // Delivery thread:
    private final MapDepartures departures = new MapDepartures();
    private final List<MapView> views = new ArrayList<>();
    private final List<MapChange> changes = new ArrayList<>(); // of the command that is being applied
    private long newest; // the version of the entry that was written last
    private @Nullable MapListeners listeners; // once it is shown
    private boolean isNew = true; // made by the commands that have been applied, and not shown yet

    MapReplica(MapOperations operations) {
        this.operations = operations;
    }

    /** Whether it is a part of the state, and not of one that another has taken the place of. */
    boolean isCurrent() {
        return current;
    }

    /**
     * It is what this member shows from now on.
     *
     * @param to is told what this changes: of a new map its commands' changes, else the differences
     */
    void shown(MapListeners to, @Nullable MapReplica before) {
        List<MapChange> made = List.copyOf(changes);
        boolean knowsAll = isNew && before == null;
        changes.clear();
        isNew = false;
        listeners = to;
        current = true;
        to.tell(() -> knowsAll ? made : MapChange.between(before, this));
    }

    @Override
    public void onReplaced() {
        current = false;
        isNew = false;
        listeners = null;
        changes.clear();
    }

    @Nullable
    MapEntry get(Key key) {
        return entries.get(key);
    }

    int size() {
        return entries.size();
    }

    /** Null if nobody has set any. Any thread. */
    @Nullable
    MapLimits limits() {
        return limits;
    }

    /** The entries one by one while the map goes on, each as it is when its turn comes. Any thread. */
    Iterator<MapView.Seen> iterator() {
        Iterator<Map.Entry<Key, MapEntry>> source = entries.entrySet().iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return source.hasNext();
            }

            @Override
            public MapView.Seen next() {
                Map.Entry<Key, MapEntry> next = source.next();
                return new MapView.Seen(next.getKey(), next.getValue());
            }
        };
    }

    /** The entries as of now, whatever is changed later. Delivery thread; others may read what it gives. */
    MapView view() {
        views.removeIf(MapView::isClosed);
        MapView view = new MapView(entries, newest);
        views.add(view);
        return view;
    }

    /** What is about one key, while no listener hears of it and no code of the application's is in it. */
    @Override
    public boolean isQuick(byte[] command) {
        return !isHeard() && command.length > 0 && MapCommand.isOfOneKey(command[0]);
    }

    @Override
    public byte[] apply(byte[] command, Circumstances circumstances) {
        byte[] answer = change(new ByteReader(command), circumstances);
        evict();
        tellChanges();
        return answer;
    }

    private byte[] change(ByteReader in, Circumstances circumstances) {
        MapCommand.Kind kind = MapCommand.kind(in);
        switch (kind) {
            case SIZE -> {
                in.end();
                return new ByteWriter(5).putNumber(entries.size()).toBytes();
            }
            case CLEAR -> {
                in.end();
                clear();
                return Answer.NOTHING;
            }
            case PUT_ALL -> {
                List<MapView.Seen> all = MapCommand.readAll(in, circumstances.position() + 1, expiry(0, circumstances));
                in.end();
                all.forEach(each -> set(each.key(), each.entry()));
                return Answer.NOTHING;
            }
            case LIMIT -> {
                MapLimits before = limits;
                MapLimits now = MapLimits.read(in);
                in.end();
                limit(now);
                return MapCommand.limits(before);
            }
            case EXECUTE -> {
                return execute(new Key(in.getBytes()), in, circumstances);
            }
            default -> {
                Key key = new Key(in.getBytes());
                return one(kind, key, in, circumstances).toBytes();
            }
        }
    }

    private void clear() {
        views.forEach(view -> entries.forEach(view::changes));
        if (isHeard()) {
            changes.addAll(MapChange.ofClear(this));
        }
        entries.values().forEach(MapEntry::replace);
        entries.clear();
        departures.clear();
    }

    private byte[] execute(Key key, ByteReader in, Circumstances circumstances) {
        MapOperation<?, ?, ?> operation = operations.find(in.getText(), in.getNumber(), circumstances.common());
        MapEntry before = entries.get(key);
        // Decoded for this call alone: what readers share somebody may have changed.
        MapOperation.Encoded outcome = operation.apply(before == null ? null : before.value(), in.getRest());
        switch (outcome.effect()) {
            case SET -> set(key, entry(outcome.value(), 0, circumstances));
            case REMOVE -> take(MapEvent.Kind.REMOVED, key);
            case KEEP -> {}
        }
        return outcome.answer();
    }

    private MapCommand.Result one(MapCommand.Kind kind, Key key, ByteReader in, Circumstances circumstances) {
        MapEntry before = entries.get(key);
        boolean present = before != null;
        switch (kind) {
            case GET -> {
                in.end();
                return MapCommand.Result.of(present, before);
            }
            case REMOVE -> {
                in.end();
                return removeIf(present, key, before);
            }
            case REMOVE_IF_EQUAL -> {
                byte[] expected = in.getBytes();
                in.end();
                return removeIf(isEqual(before, expected), key, before);
            }
            case REMOVE_IF_VERSION -> {
                long version = in.getNumber();
                in.end();
                return removeIf(before != null && before.version() == version, key, before);
            }
            default -> {
                byte[] value = in.getBytes();
                boolean fits = switch (kind) {
                    case PUT -> true;
                    case PUT_IF_ABSENT -> !present;
                    case REPLACE -> present;
                    case REPLACE_IF_EQUAL -> isEqual(before, in.getBytes());
                    case REPLACE_IF_VERSION -> (before == null ? 0 : before.version()) == in.getNumber();
                    default -> throw new MalformedCommandException("not a command about one key: " + kind);
                };
                long timeToLiveMillis = in.remaining() > 0 ? in.getNumber(MapLimits.MILLIS_MAX) : 0;
                in.end();
                if (fits) {
                    set(key, entry(value, timeToLiveMillis, circumstances));
                }
                return MapCommand.Result.of(fits, before);
            }
        }
    }

    private MapEntry entry(byte[] value, long timeToLiveMillis, Circumstances circumstances) {
        return new MapEntry(value, circumstances.position() + 1, expiry(timeToLiveMillis, circumstances));
    }

    /** When an entry that is written now is to go; 0: never. */
    private long expiry(long timeToLiveMillis, Circumstances circumstances) {
        MapLimits now = limits;
        long millis = timeToLiveMillis > 0 || now == null ? timeToLiveMillis : now.timeToLiveMillis();
        if (millis == 0 || millis > Long.MAX_VALUE - circumstances.millis()) {
            return 0;
        }
        return circumstances.millis() + millis;
    }

    private void limit(MapLimits now) {
        limits = now;
        if (now.entriesMax() == 0) {
            departures.stopCounting();
        } else if (!departures.isCounting()) {
            departures.count();
            entries.forEach(departures::added);
        }
    }

    /** Lets those go that were written longest ago, if there are too many. */
    private void evict() {
        MapLimits now = limits;
        if (departures.isCounting() && now != null) {
            for (int excess = entries.size() - now.entriesMax(); excess > 0; excess--) {
                take(MapEvent.Kind.EVICTED, departures.oldest());
            }
        }
    }

    @Override
    public boolean waitsForTime() {
        return departures.waitsForTime();
    }

    @Override
    public void onTime(Circumstances circumstances) {
        Key next = departures.expired(circumstances.millis());
        for (int i = 0; next != null && i < EXPIRED_AT_ONCE_MAX; i++) {
            take(MapEvent.Kind.EXPIRED, next);
            next = departures.expired(circumstances.millis());
        }
        tellChanges();
    }

    private static boolean isEqual(@Nullable MapEntry entry, byte[] value) {
        return entry != null && Arrays.equals(entry.value(), value);
    }

    private MapCommand.Result removeIf(boolean fits, Key key, @Nullable MapEntry before) {
        if (fits && before != null) {
            take(MapEvent.Kind.REMOVED, key);
        }
        return MapCommand.Result.of(fits, before);
    }

    private void take(MapEvent.Kind why, Key key) {
        MapEntry entry = entries.get(key);
        if (entry != null) {
            views.forEach(view -> view.changes(key, entry));
            entry.replace();
            entries.remove(key);
            departures.removed(key, entry);
            changed(why, key, entry, null);
        }
    }

    private void set(Key key, MapEntry entry) {
        MapEntry before = entries.get(key);
        if (!ReplicaMutant.STATE_OF_LATER) {
            views.forEach(view -> view.changes(key, before));
        }
        if (before != null) {
            before.replace(); // first: who has seen the new one must not find the old one again
            departures.removed(key, before);
        }
        newest = entry.version();
        entries.put(key, entry);
        departures.added(key, entry);
        changed(MapChange.kind(before), key, before, entry);
    }

    private void changed(MapEvent.Kind kind, Key key, @Nullable MapEntry before, @Nullable MapEntry after) {
        if (isHeard()) {
            changes.add(new MapChange(kind, MapChange.Cause.APPLIED, key, before, after));
        }
    }

    /** Whether somebody is told, or will be when the map is shown. */
    private boolean isHeard() {
        return isNew || (listeners != null && !listeners.isEmpty());
    }

    /** Tells what the command has changed, now that it has. */
    private void tellChanges() {
        if (listeners != null && !changes.isEmpty()) {
            List<MapChange> all = List.copyOf(changes);
            changes.clear();
            listeners.tell(() -> all);
        }
    }

    @Override
    public StateSnapshot snapshot() {
        MapView view = view();
        Iterator<MapView.Seen> seen = view.iterator();
        MapLimits now = limits;
        return new StateSnapshot() {
            private boolean begun = now == null;

            @Override
            public void close() {
                view.close();
                views.removeIf(MapView::isClosed);
            }

            @Override
            public boolean hasNext() {
                return !begun || seen.hasNext();
            }

            @Override
            public byte[] next() {
                if (!begun && now != null) {
                    begun = true;
                    ByteWriter out = new ByteWriter(16).putByte(PIECE_OF_LIMITS);
                    now.write(out);
                    return out.toBytes();
                }
                ByteWriter out = new ByteWriter(PIECE_BYTES).putByte(PIECE_OF_ENTRIES);
                do {
                    MapView.Seen next = seen.next();
                    out.putBytes(next.key().bytes());
                    out.putNumber(next.entry().version()).putNumber(next.entry().expiresMillis());
                    out.putBytes(next.entry().value());
                } while (seen.hasNext() && out.length() < PIECE_BYTES);
                return out.toBytes();
            }
        };
    }

    @Override
    public void restore(byte[] piece) {
        isNew = false;
        ByteReader in = new ByteReader(piece);
        int kind = in.getByte();
        if (kind == PIECE_OF_LIMITS) {
            MapLimits told = MapLimits.read(in);
            in.end();
            limit(told);
            return;
        }
        if (kind != PIECE_OF_ENTRIES) {
            throw new MalformedCommandException("no such piece of a map: " + kind);
        }
        while (in.remaining() > 0) {
            Key key = new Key(in.getBytes());
            long version = in.getNumber();
            long expiresMillis = in.getNumber();
            MapEntry entry = new MapEntry(in.getBytes(), version, expiresMillis);
            entries.put(key, entry); // one that has come before was the same
            newest = Math.max(newest, version);
            departures.added(key, entry);
        }
    }
}
