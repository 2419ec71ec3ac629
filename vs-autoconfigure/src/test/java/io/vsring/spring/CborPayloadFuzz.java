package io.vsring.spring;

import static io.vsring.spring.HeaderBlockFuzz.require;

import io.vsring.Guarantee;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Fuzzed: payloads as CBOR, read as types of several shapes. */
public final class CborPayloadFuzz {

    private static final CborPayloadCodec CODEC = new CborPayloadCodec();
    private static final Type[] TYPES = {
        Order.class, Shape.class, String.class, Long.class, Map.class, List.class, Instant.class, BigDecimal.class
    };
    private static final byte[] HEADER = {(byte) 0xD9, (byte) 0xD9, (byte) 0xF7};

    /** Of all that a record may have. */
    record Order(
            long id,
            @Nullable String customer,
            @Nullable List<Line> lines,
            @Nullable Map<String, Integer> counts,
            @Nullable Guarantee guarantee,
            @Nullable UUID key,
            byte @Nullable [] raw,
            @Nullable Order before) {

        /** Of an order. */
        record Line(
                @Nullable String article,
                int pieces,
                double price,
                @Nullable Boolean gift) {}
    }

    /** One of several. */
    sealed interface Shape {
        /** Round. */
        record Circle(double radius) implements Shape {}

        /** Not round. */
        record Box(int width, int height, @Nullable Shape inside) implements Shape {}
    }

    private CborPayloadFuzz() {}

    /** A byte for the type, and what follows the bytes with which each message begins; or all of it. */
    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length == 0) {
            return;
        }
        int what = input[0] & 0xFF;
        int front = (what & 0x80) == 0 ? HEADER.length : 0;
        byte[] bytes = new byte[front + input.length - 1];
        System.arraycopy(HEADER, 0, bytes, 0, front);
        System.arraycopy(input, 1, bytes, front, input.length - 1);
        Type type = TYPES[what % TYPES.length];
        Object payload;
        try {
            payload = CODEC.decode(bytes, type);
        } catch (PayloadCodecException refused) {
            return;
        }
        byte[] written;
        try {
            written = CODEC.encode(payload);
        } catch (PayloadCodecException halfASurrogatePair) {
            return; // Jackson reads it out of what is no UTF-8, and does not write it
        }
        Object again = CODEC.decode(written, type);
        require(Objects.deepEquals(CODEC.encode(again), written), "what was read is written alike each time");
    }
}
