package io.vsring.replicated;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
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

    private final ConcurrentHashMap<Key, MapEntry> entries = new ConcurrentHashMap<>();
    private volatile boolean current = true;
    private final List<MapView> views = new ArrayList<>(); // delivery thread

    /** Whether it is a part of the state, and not of one that another has taken the place of. */
    boolean isCurrent() {
        return current;
    }

    @Override
    public void onReplaced() {
        current = false;
    }

    @Nullable
    MapEntry get(Key key) {
        return entries.get(key);
    }

    int size() {
        return entries.size();
    }

    void forEach(BiConsumer<Key, MapEntry> taker) {
        entries.forEach(taker);
    }

    /** The entries as of now, whatever is changed later. Delivery thread; others may read what it gives. */
    MapView view() {
        views.removeIf(MapView::isClosed);
        MapView view = new MapView(entries);
        views.add(view);
        return view;
    }

    @Override
    public byte[] apply(byte[] command, Circumstances circumstances) {
        ByteReader in = new ByteReader(command);
        MapCommand.Kind kind = MapCommand.kind(in);
        long version = circumstances.position() + 1;
        switch (kind) {
            case SIZE -> {
                return new ByteWriter(5).putNumber(entries.size()).toBytes();
            }
            case CLEAR -> {
                views.forEach(view -> entries.forEach(view::changes));
                entries.values().forEach(MapEntry::replace);
                entries.clear();
                return Answer.NOTHING;
            }
            case PUT_ALL -> {
                int count = in.getCount(2);
                for (int i = 0; i < count; i++) {
                    set(new Key(in.getBytes()), new MapEntry(in.getBytes(), version));
                }
                return Answer.NOTHING;
            }
            default -> {
                Key key = new Key(in.getBytes());
                return one(kind, key, in, version).toBytes();
            }
        }
    }

    private MapCommand.Result one(MapCommand.Kind kind, Key key, ByteReader in, long version) {
        MapEntry before = entries.get(key);
        boolean present = before != null;
        switch (kind) {
            case GET -> {
                return MapCommand.Result.of(present, before);
            }
            case REMOVE -> {
                return removeIf(present, key, before);
            }
            case REMOVE_IF_EQUAL -> {
                return removeIf(isEqual(before, in.getBytes()), key, before);
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
                if (fits) {
                    set(key, new MapEntry(value, version));
                }
                return MapCommand.Result.of(fits, before);
            }
        }
    }

    private static boolean isEqual(@Nullable MapEntry entry, byte[] value) {
        return entry != null && Arrays.equals(entry.value(), value);
    }

    private MapCommand.Result removeIf(boolean fits, Key key, @Nullable MapEntry before) {
        if (fits && before != null) {
            views.forEach(view -> view.changes(key, before));
            before.replace();
            entries.remove(key);
        }
        return MapCommand.Result.of(fits, before);
    }

    private void set(Key key, MapEntry entry) {
        MapEntry before = entries.get(key);
        if (!ReplicaMutant.STATE_OF_LATER) {
            views.forEach(view -> view.changes(key, before));
        }
        if (before != null) {
            before.replace(); // first: who has seen the new one must not find the old one again
        }
        entries.put(key, entry);
    }

    @Override
    public StateSnapshot snapshot() {
        MapView view = view();
        Iterator<MapView.Seen> seen = view.iterator();
        return new StateSnapshot() {
            @Override
            public void close() {
                view.close();
                views.removeIf(MapView::isClosed);
            }

            @Override
            public boolean hasNext() {
                return seen.hasNext();
            }

            @Override
            public byte[] next() {
                ByteWriter out = new ByteWriter(PIECE_BYTES);
                do {
                    MapView.Seen next = seen.next();
                    out.putBytes(next.key().bytes()).putNumber(next.entry().version());
                    out.putBytes(next.entry().value());
                } while (seen.hasNext() && out.length() < PIECE_BYTES);
                return out.toBytes();
            }
        };
    }

    @Override
    public void restore(byte[] piece) {
        ByteReader in = new ByteReader(piece);
        while (in.remaining() > 0) {
            Key key = new Key(in.getBytes());
            long version = in.getNumber();
            entries.put(key, new MapEntry(in.getBytes(), version));
        }
    }
}
