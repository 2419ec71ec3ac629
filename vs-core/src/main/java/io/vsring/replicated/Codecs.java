package io.vsring.replicated;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;

/** The codecs that come with vs. */
final class Codecs {

    static final Codec<String> STRINGS = of(Codecs::utf8, Codecs::text);

    static final Codec<byte[]> BYTES = of(byte[]::clone, byte[]::clone);

    static final Codec<Long> LONGS =
            of(number -> new ByteWriter(Long.BYTES).putLong(number).toBytes(), bytes -> whole(new ByteReader(bytes)));

    static final Codec<Integer> INTS = of(
            number -> new ByteWriter(Integer.BYTES).putInt(number).toBytes(), bytes -> wholeInt(new ByteReader(bytes)));

    static final Codec<Boolean> BOOLEANS =
            of(truth -> new ByteWriter(1).putBoolean(truth).toBytes(), bytes -> wholeTruth(new ByteReader(bytes)));

    static final Codec<UUID> UUIDS = of(
            uuid -> new ByteWriter(16)
                    .putLong(uuid.getMostSignificantBits())
                    .putLong(uuid.getLeastSignificantBits())
                    .toBytes(),
            Codecs::uuid);

    private static final char REPLACEMENT = '\uFFFD';

    private Codecs() {}

    private static Long whole(ByteReader in) {
        long number = in.getLong();
        in.end();
        return number;
    }

    private static Integer wholeInt(ByteReader in) {
        int number = in.getInt();
        in.end();
        return number;
    }

    private static Boolean wholeTruth(ByteReader in) {
        boolean truth = in.getBoolean();
        in.end();
        return truth;
    }

    /** Half a surrogate pair would become a question mark, and two keys one. */
    private static byte[] utf8(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (!Character.isSurrogatePair(text.charAt(i), i + 1 < text.length() ? text.charAt(i + 1) : 0)) {
                    throw new IllegalArgumentException(
                            "half a surrogate pair at " + i + " of a text of " + text.length() + ": it has no UTF-8");
                }
                i++;
            }
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (text.indexOf(REPLACEMENT) >= 0 && !Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes)) {
            throw new IllegalArgumentException(bytes.length + " bytes are not UTF-8 text");
        }
        return text;
    }

    static <E extends Enum<E>> Codec<E> enums(Class<E> type) {
        TreeMap<String, E> constants = new TreeMap<>();
        for (E constant : type.getEnumConstants()) {
            constants.put(constant.name(), constant);
        }
        return of(constant -> utf8(constant.name()), bytes -> {
            String name = text(bytes);
            E constant = constants.get(name);
            if (constant == null) {
                throw new IllegalArgumentException("'" + name + "' is no constant of " + type.getName()
                        + " on this member: another release of the application has written it");
            }
            return constant;
        });
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
