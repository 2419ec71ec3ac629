package io.vsring.replicated;

import org.jspecify.annotations.Nullable;

/**
 * A value of a map with its version. The delivery thread makes and replaces it, any thread reads it; what it decodes to
 * is kept by the first who asks.
 *
 * <p>Two threads may both decode; either result is as good. All that a reader has to look at is in this object.
 */
final class MapEntry {

    private static final Object REPLACED = new Object();

    private final byte[] value;
    private final long version;
    private final long expiresMillis;
    private @Nullable Object decoded; // written once, before decodedBy
    private volatile @Nullable Object decodedBy; // the first codec that was asked; in the end REPLACED

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
        return decodedBy == REPLACED;
    }

    /** It leaves the map. Delivery thread. */
    synchronized void replace() {
        decodedBy = REPLACED;
    }

    /** What this codec has decoded already; null if it has not, or if the entry is in the map no more. */
    @SuppressWarnings("unchecked") // what a codec has decoded is of its type
    <V> @Nullable V decodedHere(Codec<V> codec) {
        return decodedBy == codec ? (V) decoded : null;
    }

    /** The value as this codec decodes it, while it is in the map once for the first codec that asks. */
    <V> V decoded(Codec<V> codec) {
        V known = decodedHere(codec);
        if (known != null) {
            return known;
        }
        V object = codec.decode(value);
        synchronized (this) {
            if (decodedBy == null) {
                decoded = object;
                decodedBy = codec;
            }
        }
        return object;
    }
}
