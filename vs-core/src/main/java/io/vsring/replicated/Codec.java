package io.vsring.replicated;

import java.util.UUID;

/**
 * Objects as bytes and back. Of a key, equal objects must give equal bytes.
 *
 * <p>Any thread may use a codec, several at once. What it throws reaches the caller, and nothing has been sent.
 *
 * @param <T> what the objects are
 */
public interface Codec<T> {

    /** The bytes of this object; not written to any more. */
    byte[] encode(T object);

    /** The object of these bytes, which must not be kept or written to. */
    T decode(byte[] bytes);

    /**
     * Text as UTF-8. Text with half a surrogate pair is no UTF-8 and refused, and so are bytes that are no UTF-8, with
     * {@link IllegalArgumentException}.
     */
    static Codec<String> strings() {
        return Codecs.STRINGS;
    }

    /** Bytes as they are; each call copies them. */
    static Codec<byte[]> bytes() {
        return Codecs.BYTES;
    }

    /** 64-bit numbers, eight bytes. */
    static Codec<Long> longs() {
        return Codecs.LONGS;
    }

    /** 32-bit numbers, four bytes. */
    static Codec<Integer> ints() {
        return Codecs.INTS;
    }

    /** True and false, one byte. */
    static Codec<Boolean> booleans() {
        return Codecs.BOOLEANS;
    }

    /**
     * The constants of an enum by their names: constants may be added and moved, but not renamed, while members of both
     * releases run.
     *
     * <p>A member that does not know a constant throws {@link IllegalArgumentException} when it reads it; it keeps and
     * forwards the bytes.
     */
    static <E extends Enum<E>> Codec<E> enums(Class<E> type) {
        return Codecs.enums(type);
    }

    /** UUIDs, sixteen bytes. */
    static Codec<UUID> uuids() {
        return Codecs.UUIDS;
    }
}
