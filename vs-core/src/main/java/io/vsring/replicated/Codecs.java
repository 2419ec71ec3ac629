package io.vsring.replicated;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.function.Function;

/** The codecs that come with vs. */
final class Codecs {

    static final Codec<String> STRINGS =
            of(text -> text.getBytes(StandardCharsets.UTF_8), bytes -> new String(bytes, StandardCharsets.UTF_8));

    static final Codec<byte[]> BYTES = of(byte[]::clone, byte[]::clone);

    static final Codec<Long> LONGS =
            of(number -> new ByteWriter(Long.BYTES).putLong(number).toBytes(), bytes -> whole(new ByteReader(bytes)));

    static final Codec<UUID> UUIDS = of(
            uuid -> new ByteWriter(16)
                    .putLong(uuid.getMostSignificantBits())
                    .putLong(uuid.getLeastSignificantBits())
                    .toBytes(),
            Codecs::uuid);

    private Codecs() {}

    private static Long whole(ByteReader in) {
        long number = in.getLong();
        in.end();
        return number;
    }

    private static UUID uuid(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        UUID uuid = new UUID(in.getLong(), in.getLong());
        in.end();
        return uuid;
    }

    private static <T> Codec<T> of(Function<T, byte[]> encoder, Function<byte[], T> decoder) {
        return new Codec<>() {
            @Override
            public byte[] encode(T object) {
                return encoder.apply(object);
            }

            @Override
            public T decode(byte[] bytes) {
                return decoder.apply(bytes);
            }
        };
    }
}
