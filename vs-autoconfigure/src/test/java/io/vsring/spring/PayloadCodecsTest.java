package io.vsring.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

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
    void refusesAPayloadOfWhichNothingIsLeft() {
        byte[] unknown = codecs.encode(Colour.GREEN);

        assertThat(codecs.forType(FewerColours.class).decode(codecs.encode(Colour.RED), FewerColours.class))
                .isEqualTo(FewerColours.RED);
        assertThatExceptionOfType(PayloadCodecException.class)
                .isThrownBy(() -> codecs.forType(FewerColours.class).decode(unknown, FewerColours.class))
                .withMessageContaining("of " + unknown.length + " bytes")
                .withMessageContaining("no value of " + FewerColours.class.getName());
    }

    @Test
    void refusesBytesThatAreNoText() {
        assertThatExceptionOfType(PayloadCodecException.class)
                .isThrownBy(() -> codecs.forType(String.class).decode(new byte[] {(byte) 0xC3}, String.class))
                .withMessageContaining("1 bytes is not UTF-8 text");
    }

    @Test
    void textThatSaysThatSomethingWasUnreadableIsRead() {
        byte[] bytes = codecs.encode("\uFFFD");

        assertThat(codecs.forType(String.class).decode(bytes, String.class)).isEqualTo("\uFFFD");
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

    /** A wrong number in the order is worse than an error: nobody notices, and all members have it. */
    @Test
    void neverReadsOneKindOfValueAsAnother() {
        assertThat(misread("5", int.class)).hasMessageContaining("was not sent as CBOR");
        assertThat(misread(new byte[] {5}, Integer.class)).hasMessageContaining("was not sent as CBOR");
        assertThat(misread("{}", Order.class)).hasMessageContaining("was not sent as CBOR");
        assertThat(misread(5, String.class)).hasMessageContaining("is not UTF-8 text");
        assertThat(misread(order, String.class)).hasMessageContaining("is not UTF-8 text");
        assertThat(misread(5, boolean.class)).isNotNull();
        assertThat(misread(true, int.class)).isNotNull();
        assertThat(misread(5.7, int.class)).isNotNull();
        assertThat(misread(1L << 40, int.class)).isNotNull();
        assertThat(misread(1, Colour.class)).isNotNull();
        assertThat(misread(new String[] {"5"}, int[].class)).isNotNull();
        assertThat(misread(new int[] {5}, String[].class)).isNotNull();
    }

    @Test
    void readsAWiderNumberThanTheOneThatWasSent() {
        assertThat(decoded(codecs.encode(5), long.class)).isEqualTo(5L);
        assertThat(decoded(codecs.encode(5), double.class)).isEqualTo(5.0);
        assertThat(decoded(codecs.encode(5L), int.class)).isEqualTo(5);
    }

    @Test
    void refusesBytesThatAreNotTheType() {
        byte[] noise = cbor(0xFF, 3, 9);

        assertThatExceptionOfType(PayloadCodecException.class)
                .isThrownBy(() -> decoded(noise, Order.class))
                .withMessageStartingWith("the message of 6 bytes is not a " + Order.class.getTypeName() + " in CBOR");
        assertThatExceptionOfType(PayloadCodecException.class).isThrownBy(() -> decoded(new byte[0], Order.class));
        for (Class<?> type : List.of(Order.class, int.class)) {
            assertThatExceptionOfType(PayloadCodecException.class)
                    .isThrownBy(() -> decoded(cbor(0xF6), type))
                    .withMessageContaining("is a CBOR null");
        }
    }

    @Test
    void refusesNestingThatWouldExhaustTheStack() {
        int[] nesting = new int[10_000];
        Arrays.fill(nesting, 0x81);
        byte[] nested = cbor(nesting);

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

    private Throwable misread(Object sent, Type type) {
        return catchThrowableOfType(PayloadCodecException.class, () -> decoded(codecs.encode(sent), type));
    }

    /** Behind the three bytes with which CBOR describes itself. */
    private static byte[] cbor(int... bytes) {
        byte[] all = {(byte) 0xD9, (byte) 0xD9, (byte) 0xF7};
        byte[] message = Arrays.copyOf(all, all.length + bytes.length);
        for (int index = 0; index < bytes.length; index++) {
            message[all.length + index] = (byte) bytes[index];
        }
        return message;
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
