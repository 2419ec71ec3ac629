package io.vsring.replicated;

import static io.vsring.replicated.MessagesFuzz.require;

import io.vsring.Guarantee;
import java.util.Arrays;
import java.util.List;

/** Fuzzed: the codecs that come with vs. */
public final class CodecsFuzz {

    private static final List<Codec<?>> CODECS = List.of(
            Codec.strings(),
            Codec.bytes(),
            Codec.longs(),
            Codec.ints(),
            Codec.booleans(),
            Codec.uuids(),
            Codec.enums(Guarantee.class));

    private CodecsFuzz() {}

    /** A byte for the codec, and the bytes. */
    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length > 0) {
            tryOut(CODECS.get((input[0] & 0xFF) % CODECS.size()), Arrays.copyOfRange(input, 1, input.length));
        }
    }

    private static <T> void tryOut(Codec<T> codec, byte[] bytes) {
        T object;
        try {
            object = codec.decode(bytes);
        } catch (MalformedCommandException | IllegalArgumentException refused) {
            return;
        }
        require(Arrays.equals(codec.encode(object), bytes), "one encoding of ", object);
    }
}
