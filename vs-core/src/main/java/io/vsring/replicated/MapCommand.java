package io.vsring.replicated;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The commands of a map as bytes; {@link MapReplica} carries them out. */
final class MapCommand {

    enum Kind {
        GET,
        SIZE,
        PUT,
        PUT_IF_ABSENT,
        REPLACE,
        REPLACE_IF_EQUAL,
        REPLACE_IF_VERSION,
        REMOVE,
        REMOVE_IF_EQUAL,
        REMOVE_IF_VERSION,
        PUT_ALL,
        CLEAR,
        LIMIT,
        EXECUTE
    }

    private static final Kind[] KINDS = Kind.values();

    private MapCommand() {}

    static Kind kind(ByteReader in) {
        int kind = in.getByte();
        if (kind >= KINDS.length) {
            throw new MalformedCommandException("not a command of a map: " + kind);
        }
        return KINDS[kind];
    }

    /** Whether a command that begins with this byte reads or changes one key, by our own code alone. */
    static boolean isOfOneKey(int kind) {
        return kind >= 0
                && kind < KINDS.length
                && switch (KINDS[kind]) {
                    case SIZE, PUT_ALL, CLEAR, LIMIT, EXECUTE -> false;
                    default -> true;
                };
    }

    static byte[] of(Kind kind) {
        return begin(kind, 0).toBytes();
    }

    static byte[] of(Kind kind, byte[] key) {
        return begin(kind, key.length).putBytes(key).toBytes();
    }

    static byte[] of(Kind kind, byte[] key, byte[] value) {
        return begin(kind, key.length + value.length)
                .putBytes(key)
                .putBytes(value)
                .toBytes();
    }

    /** @param timeToLiveMillis how long the entry stays; 0: as long as the map says */
    static byte[] of(Kind kind, byte[] key, byte[] value, long timeToLiveMillis) {
        return begin(kind, key.length + value.length + Long.BYTES)
                .putBytes(key)
                .putBytes(value)
                .putNumber(timeToLiveMillis)
                .toBytes();
    }

    static byte[] limit(MapLimits limits) {
        ByteWriter out = begin(Kind.LIMIT, 16);
        limits.write(out);
        return out.toBytes();
    }

    static byte[] replaceIfEqual(byte[] key, byte[] expected, byte[] value) {
        return begin(Kind.REPLACE_IF_EQUAL, key.length + expected.length + value.length)
                .putBytes(key)
                .putBytes(value)
                .putBytes(expected)
                .toBytes();
    }

    static byte[] replaceIfVersion(byte[] key, long version, byte[] value) {
        return begin(Kind.REPLACE_IF_VERSION, key.length + value.length + Long.BYTES)
                .putBytes(key)
                .putBytes(value)
                .putNumber(version)
                .toBytes();
    }

    static byte[] removeIfVersion(byte[] key, long version) {
        return begin(Kind.REMOVE_IF_VERSION, key.length + Long.BYTES)
                .putBytes(key)
                .putNumber(version)
                .toBytes();
    }

    /** @param argument encoded */
    static byte[] execute(byte[] key, MapOperation<?, ?, ?> operation, byte[] argument) {
        return begin(Kind.EXECUTE, key.length + 3 * operation.id().length() + argument.length + 16)
                .putBytes(key)
                .putText(operation.id())
                .putNumber(operation.version())
                .putRaw(argument)
                .toBytes();
    }

    /** @param keysAndValues a key, its value, the next key, … */
    static byte[] putAll(List<byte[]> keysAndValues) {
        int bytes = keysAndValues.stream().mapToInt(each -> each.length + 5).sum();
        ByteWriter out = begin(Kind.PUT_ALL, bytes).putNumber(keysAndValues.size() / 2);
        keysAndValues.forEach(out::putBytes);
        return out.toBytes();
    }

    /** All entries of a {@link Kind#PUT_ALL}, before the first of them is set. */
    static List<MapView.Seen> readAll(ByteReader in, long version, long expiresMillis) {
        int count = in.getCount(2);
        List<MapView.Seen> all = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            all.add(new MapView.Seen(new Key(in.getBytes()), new MapEntry(in.getBytes(), version, expiresMillis)));
        }
        return all;
    }

    private static ByteWriter begin(Kind kind, int bytes) {
        return new ByteWriter(bytes + 16).putByte(kind.ordinal());
    }

    // --- answers

    /** What a {@link Kind#LIMIT} answers: what held before. */
    static byte[] limits(@Nullable MapLimits before) {
        ByteWriter out = new ByteWriter(16).putBoolean(before != null);
        if (before != null) {
            before.write(out);
        }
        return out.toBytes();
    }

    static @Nullable MapLimits readLimits(ByteReader in) {
        return in.getBoolean() ? MapLimits.read(in) : null;
    }

    /**
     * What a map answers to most commands.
     *
     * @param done whether the command has changed something; of a read, whether the key is there
     * @param previous what was there before; null if nothing was
     * @param version of what was there before; 0 if nothing was
     */
    record Result(boolean done, byte @Nullable [] previous, long version) {

        byte[] toBytes() {
            ByteWriter out = new ByteWriter(16 + (previous == null ? 0 : previous.length)).putBoolean(done);
            out.putNumber(previous == null ? 0 : version);
            if (previous != null) {
                out.putRaw(previous);
            }
            return out.toBytes();
        }

        static Result read(ByteReader in) {
            boolean done = in.getBoolean();
            long version = in.getNumber();
            return new Result(done, version == 0 ? null : in.getRest(), version);
        }

        static Result of(boolean done, @Nullable MapEntry before) {
            return before == null ? new Result(done, null, 0) : new Result(done, before.value(), before.version());
        }
    }
}
