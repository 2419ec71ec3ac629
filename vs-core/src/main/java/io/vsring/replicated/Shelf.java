package io.vsring.replicated;

import io.vsring.MemberSet;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The replicated objects of a history, by their keys. Delivery thread only. */
final class Shelf {

    /** An object on the shelf. */
    static final class Item {

        private final long key;
        private final Command.Creation creation;
        private final Replica replica;
        private long digest; // of all its answers
        private long calledAt; // position of the last call
        private boolean stopped;

        private Item(long key, Command.Creation creation, Replica replica) {
            this.key = key;
            this.creation = creation;
            this.replica = replica;
        }

        /** See {@link Shelf#key}. */
        long key() {
            return key;
        }

        /** Its name and kind. */
        Command.Creation creation() {
            return creation;
        }

        Replica replica() {
            return replica;
        }

        /** It has answered a call. */
        void answered(long position, long digestOfAnswer) {
            calledAt = position;
            digest = Journal.mix(digest ^ digestOfAnswer);
        }

        /** Whether it turned out not to be the same on all members. */
        boolean isStopped() {
            return stopped;
        }
    }

    /** Objects that can be made; what there is many of belongs into a map. */
    static final int OBJECTS_MAX = 1 << 16;

    private static final int OBJECT = 1;
    private static final int PIECE = 2;
    private static final long FNV_OFFSET = 0xcbf2_9ce4_8422_2325L;
    private static final long FNV_PRIME = 0x100_0000_01b3L;

    private final Map<String, Supplier<Replica>> kinds;
    private final TreeMap<Long, Item> items = new TreeMap<>();
    private final TreeSet<Long> waiting = new TreeSet<>(); // keys of those for which time is to pass
    private final ArrayDeque<Item> made = new ArrayDeque<>();
    private @Nullable Item restoring;

    /** @param kinds the code for each kind of object */
    Shelf(Map<String, Supplier<Replica>> kinds) {
        this.kinds = kinds;
    }

    /** What stands for a name in commands: the same on all members and in all histories (FNV-1a, 64 bits). */
    static long key(Command.Creation creation) {
        long hash = FNV_OFFSET;
        String text = creation.kind() + "/" + creation.name();
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * FNV_PRIME;
        }
        return hash;
    }

    @Nullable
    Replica find(long key) {
        Item item = items.get(key);
        return item == null ? null : item.replica;
    }

    @Nullable
    Item item(long key) {
        return items.get(key);
    }

    /** This object is not the same on all members: from here on it refuses all calls. */
    void stop(long key) {
        Item item = items.get(key);
        if (item != null) {
            item.stopped = true;
        }
    }

    /** What has become of those that were called at this position or later, by their keys. */
    SortedMap<Long, Long> digestsOfThoseCalledSince(long position) {
        SortedMap<Long, Long> digests = new TreeMap<>();
        for (Item item : items.values()) {
            if (item.calledAt >= position && !item.stopped) {
                digests.put(item.key, Journal.mix(item.digest ^ item.replica.digest()));
            }
        }
        return digests;
    }

    /** Whether no more can be made. */
    boolean isFull() {
        return items.size() >= OBJECTS_MAX;
    }

    Collection<Item> items() {
        return Collections.unmodifiableCollection(items.values());
    }

    /**
     * The object of this key, made if need be.
     *
     * @return the object, or another one with this key
     * @throws IllegalStateException if nothing here can keep that kind
     */
    Item findOrCreate(long key, Command.Creation creation) {
        Item item = items.get(key);
        if (item == null) {
            item = new Item(key, creation, make(creation));
            items.put(key, item);
            made.add(item);
        }
        return item;
    }

    /** An object that has been made since the last call; null if there is none. */
    @Nullable
    Item takeNew() {
        return made.poll();
    }

    private Replica make(Command.Creation creation) {
        Supplier<Replica> code = kinds.get(creation.kind());
        if (code == null) {
            throw new IllegalStateException("this member has no code for objects of kind '" + creation.kind()
                    + "', of which '" + creation.name() + "' is one: register it (ReplicationOptions.kinds)");
        }
        return code.get();
    }

    /** Has an object apply a command; what it throws is an answer too. */
    byte[] apply(Item item, byte[] command, Replica.Circumstances circumstances) {
        try {
            return item.replica.apply(command, circumstances);
        } finally {
            askWhetherItWaits(item);
        }
    }

    void members(MemberSet members, Replica.Circumstances circumstances) {
        for (Item item : items.values()) {
            item.replica.onMembers(members, circumstances);
            askWhetherItWaits(item);
        }
    }

    void timePassed(Replica.Circumstances circumstances) {
        for (Item item : items.values()) {
            item.replica.onTime(circumstances);
            askWhetherItWaits(item);
        }
    }

    private void askWhetherItWaits(Item item) {
        if (item.replica.waitsForTime()) {
            waiting.add(item.key);
        } else if (!waiting.isEmpty()) {
            waiting.remove(item.key);
        }
    }

    /** Whether an object waits for time to pass. */
    boolean waitsForTime() {
        return !waiting.isEmpty();
    }

    /** All of it as of now, in pieces. */
    StateSnapshot snapshot() {
        List<Pieces> all = new ArrayList<>();
        for (Item item : items.values()) {
            all.add(new Pieces(item, told(item), item.replica.snapshot())); // now, all of them
        }
        Iterator<Pieces> objects = all.iterator();
        return new StateSnapshot() {
            private Iterator<byte[]> current = Collections.emptyIterator();

            @Override
            public boolean hasNext() {
                return current.hasNext() || objects.hasNext();
            }

            @Override
            public byte[] next() {
                if (current.hasNext()) {
                    byte[] piece = current.next();
                    return new ByteWriter(piece.length + 1)
                            .putByte(PIECE)
                            .putRaw(piece)
                            .toBytes();
                }
                Pieces next = objects.next();
                current = next.pieces;
                return new ByteWriter(64)
                        .putByte(OBJECT)
                        .putLong(next.item.key)
                        .putText(next.item.creation.name())
                        .putText(next.item.creation.kind())
                        .putRaw(next.told)
                        .toBytes();
            }

            @Override
            public void close() {
                all.forEach(each -> each.pieces.close());
            }
        };
    }

    private record Pieces(Item item, byte[] told, StateSnapshot pieces) {}

    private static byte[] told(Item item) {
        return new ByteWriter(24)
                .putLong(item.digest)
                .putNumber(item.calledAt)
                .putBoolean(item.stopped)
                .toBytes();
    }

    void restore(byte[] piece) {
        ByteReader in = new ByteReader(piece);
        int kind = in.getByte();
        if (kind == OBJECT) {
            Item item = findOrCreate(in.getLong(), new Command.Creation(in.getText(), in.getText()));
            item.digest = in.getLong();
            item.calledAt = in.getNumber();
            item.stopped = in.getBoolean();
            in.end();
            restoring = item;
        } else if (kind == PIECE && restoring != null) {
            restoring.replica.restore(in.getRest());
            askWhetherItWaits(restoring);
        } else {
            throw new MalformedCommandException("neither an object nor a piece of one: " + kind);
        }
    }
}
