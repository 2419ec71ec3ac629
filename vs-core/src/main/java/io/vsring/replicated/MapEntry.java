package io.vsring.replicated;

import org.jspecify.annotations.Nullable;

/**
 * A value of a map with its version. The delivery thread makes and replaces it, any thread reads it; what it decodes to
 * is kept by the first who asks.
 *
 * <p>Two threads may both decode; either result is as good.
 */
final class MapEntry {

    private record Decoded(Codec<?> codec, Object value) {}

    private final byte[] value;
    private final long version;
    private final long expiresMillis;
    private volatile @Nullable Decoded decoded;
    private volatile boolean replaced;

    /**
     * @param value the encoded value, not written to any more
     * @param version the position of the command that set it, plus one
     * @param expiresMillis when it is to go, in the time of the order; 0: never
     */
    MapEntry(byte[] value, long version, long expiresMillis) {
        this.value = value;
        this.version = version;
        this.expiresMillis = expiresMillis;
    }

    byte[] value() {
        return value;
    }

    long version() {
        return version;
    }

    /** Whether it goes by itself. */
    boolean expires() {
        return expiresMillis != 0;
    }

    long expiresMillis() {
        return expiresMillis;
    }

    /** Whether it is in the map no more. */
    boolean isReplaced() {
        return replaced;
    }

    /** It leaves the map. Delivery thread. */
    void replace() {
        replaced = true;
    }

    /** The value as this codec decodes it, once if always the same one asks. */
    @SuppressWarnings("unchecked") // what a codec has decoded is of its type
    <V> V decoded(Codec<V> codec) {
        Decoded known = decoded;
        if (known == null || known.codec != codec) {
            known = new Decoded(codec, codec.decode(value));
            decoded = known;
        }
        return (V) known.value;
    }
}
