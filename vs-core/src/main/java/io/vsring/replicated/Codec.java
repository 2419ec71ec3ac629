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

    /** Text as UTF-8. */
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

    /** UUIDs, sixteen bytes. */
    static Codec<UUID> uuids() {
        return Codecs.UUIDS;
    }
}
