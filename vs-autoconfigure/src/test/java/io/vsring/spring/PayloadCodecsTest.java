package io.vsring.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PayloadCodecsTest {

    enum Colour {
        RED,
        GREEN
    }

    enum FewerColours {
        RED
    }

    record Order(String id, int quantity, Instant at, Colour colour) {}

    record OlderOrder(String id) {}

    record NewerOrder(String id, int quantity, Instant at, Colour colour, long price, List<String> tags) {}

    record OrderWithFewerColours(String id, FewerColours colour) {}

    private final PayloadCodecs codecs = new PayloadCodecs(List.of());
    private final Order order = new Order("a-1", 7, Instant.parse("2026-11-23T10:00:00Z"), Colour.GREEN);

    @Test
    void sendsBytesAsTheyAre() {
        byte[] bytes = {1, 0, -1};

        assertThat(codecs.encode(bytes)).isEqualTo(bytes);
        assertThat(codecs.forType(byte[].class).decode(bytes, byte[].class)).isEqualTo(bytes);
    }

    @Test
    void sendsTextAsUtf8() {
        byte[] bytes = codecs.encode("größer");

        assertThat(bytes).isEqualTo("größer".getBytes(StandardCharsets.UTF_8));
        assertThat(codecs.forType(String.class).decode(bytes, String.class)).isEqualTo("größer");
    }

    @Test
    void refusesBytesThatAreNoText() {
        assertThatExceptionOfType(PayloadCodecException.class)
                .isThrownBy(() -> codecs.forType(String.class).decode(new byte[] {(byte) 0xC3}, String.class))
                .withMessageContaining("1 bytes is not UTF-8 text");
    }

    @Test
    void bringsARecordBackAsItWas() {
        assertThat(decoded(codecs.encode(order), Order.class)).isEqualTo(order);
    }

    @Test
    void namesNoClassOnTheWire() {
        assertThat(new String(codecs.encode(order), StandardCharsets.ISO_8859_1))
                .doesNotContain("Order", "vsring");
    }

    @Test
    void readsWhatOtherReleasesWrite() {
        byte[] bytes = codecs.encode(order);

        assertThat(decoded(bytes, OlderOrder.class)).isEqualTo(new OlderOrder("a-1"));
        assertThat(decoded(bytes, NewerOrder.class))
                .isEqualTo(new NewerOrder("a-1", 7, order.at(), Colour.GREEN, 0, null));
        assertThat(decoded(bytes, OrderWithFewerColours.class)).isEqualTo(new OrderWithFewerColours("a-1", null));
    }

    @Test
    void readsNumbersAndOtherPlainValues() {
        UUID id = UUID.fromString("6e2b0d1c-7b0e-4b5e-9d59-6f1d5a3f7b11");

        assertThat(decoded(codecs.encode(42L), long.class)).isEqualTo(42L);
        assertThat(decoded(codecs.encode(id), UUID.class)).isEqualTo(id);
    }

    @Test
    void refusesBytesThatAreNotTheType() {
        byte[] noise = {(byte) 0xFF, 3, 9};

        assertThatExceptionOfType(PayloadCodecException.class)
                .isThrownBy(() -> decoded(noise, Order.class))
                .withMessageStartingWith("the message of 3 bytes is not a " + Order.class.getTypeName() + " in CBOR");
        assertThatExceptionOfType(PayloadCodecException.class).isThrownBy(() -> decoded(new byte[0], Order.class));
        assertThatExceptionOfType(PayloadCodecException.class)
                .isThrownBy(() -> decoded(new byte[] {(byte) 0xF6}, Order.class))
                .withMessageContaining("is a CBOR null");
    }

    @Test
    void refusesNestingThatWouldExhaustTheStack() {
        byte[] nested = new byte[10_000];
        Arrays.fill(nested, (byte) 0x81);

        assertThatExceptionOfType(PayloadCodecException.class)
                .isThrownBy(() -> decoded(nested, List.class))
                .withMessageContaining("nesting depth");
    }

    @Test
    void saysWhichPayloadCannotBeWritten() {
        List<Object> endless = new ArrayList<>();
        endless.add(endless);

        assertThatExceptionOfType(PayloadCodecException.class)
                .isThrownBy(() -> codecs.encode(endless))
                .withMessageContaining("java.util.ArrayList cannot be written as CBOR");
    }

    @Test
    void asksTheCodecsOfTheApplicationFirst() {
        PayloadCodecs withOwn = new PayloadCodecs(List.of(new ReversedText()));

        byte[] bytes = withOwn.encode("abc");

        assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo("cba");
        assertThat(withOwn.forType(String.class).decode(bytes, String.class)).isEqualTo("abc");
        assertThat(withOwn.encode(new byte[] {1})).containsExactly(1);
    }

    private Object decoded(byte[] bytes, Type type) {
        return codecs.forType(type).decode(bytes, type);
    }

    private static final class ReversedText implements PayloadCodec {

        @Override
        public boolean supports(Type type) {
            return type == String.class;
        }

        @Override
        public byte[] encode(Object payload) {
            return new StringBuilder((String) payload).reverse().toString().getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public Object decode(byte[] bytes, Type type) {
            return new StringBuilder(new String(bytes, StandardCharsets.UTF_8))
                    .reverse()
                    .toString();
        }
    }
}
