package io.vsring.replicated;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the keys and values of one map are made of, and who is to be told where they cannot be read. Any thread.
 *
 * @param name of the map
 */
record MapCodecs<K, V>(String name, Codec<K> keys, Codec<V> values) {

    private static final int SHOWN_BYTES = 64;

    byte[] encodeKey(K key) {
        return keys.encode(Objects.requireNonNull(key, "key"));
    }

    byte[] encodeValue(V value) {
        return values.encode(Objects.requireNonNull(value, "value"));
    }

    K key(Key key) {
        try {
            return keys.decode(key.bytes());
        } catch (RuntimeException thrown) {
            throw undecodable("a key", key, keys, thrown);
        }
    }

    /** The value of an entry of the map, decoded once. */
    V value(Key key, MapEntry entry) {
        try {
            return entry.decoded(values);
        } catch (RuntimeException thrown) {
            throw undecodable("the value of", key, values, thrown);
        }
    }

    /** As {@link #value(Key, MapEntry)}, where the key has not been encoded. */
    V valueAt(K key, MapEntry entry) {
        try {
            return entry.decoded(values);
        } catch (RuntimeException thrown) {
            throw undecodable("the value of", new Key(encodeKey(key)), values, thrown);
        }
    }

    /** What was there before a call that has been carried out. */
    @Nullable
    V previous(K key, MapCommand.Result result) {
        byte[] bytes = result.previous();
        if (bytes == null) {
            return null;
        }
        try {
            return values.decode(bytes);
        } catch (RuntimeException thrown) {
            throw undecodable(
                    "the call has been carried out, but what it gives back, a value of",
                    new Key(encodeKey(key)),
                    values,
                    thrown);
        }
    }

    private UndecodableException undecodable(String what, Key key, Codec<?> codec, RuntimeException why) {
        byte[] bytes = key.bytes();
        String text = new String(bytes, 0, Math.min(bytes.length, SHOWN_BYTES), StandardCharsets.UTF_8)
                .replaceAll("\\p{Cntrl}", "\uFFFD");
        return new UndecodableException(
                what + " '" + text + "' (" + bytes.length + " bytes) of the map '" + name
                        + "' cannot be decoded by " + codec.getClass().getName()
                        + ": this member keeps and forwards the bytes as they are. Give it the code that wrote them, or"
                        + " read the map with Codec.bytes()",
                why);
    }
}
