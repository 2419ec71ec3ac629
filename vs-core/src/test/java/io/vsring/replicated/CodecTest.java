package io.vsring.replicated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is on the wire, byte by byte: members of different releases read each other, and equal keys are one key. */
class CodecTest {

    private enum Colour {
        RED,
        GREEN
    }

    private enum Fewer {
        RED
    }

    @Test
    void theBytesAreTheseAndStayTheseInEachRelease() {
        assertWire(Codec.strings(), "grün \uD83D\uDE80", "6772c3bc6e20f09f9a80");
        assertWire(Codec.strings(), "", "");
        assertWire(Codec.bytes(), new byte[] {1, 0, -1}, "0100ff");
        assertWire(Codec.longs(), -2L, "fffffffffffffffe");
        assertWire(Codec.ints(), 0x01020304, "01020304");
        assertWire(Codec.booleans(), true, "01");
        assertWire(Codec.booleans(), false, "00");
        assertWire(Codec.enums(Colour.class), Colour.GREEN, "475245454e");
        assertWire(
                Codec.uuids(),
                UUID.fromString("6e2b0d1c-7b0e-4b5e-9d59-6f1d5a3f7b11"),
                "6e2b0d1c7b0e4b5e9d596f1d5a3f7b11");
    }

    @Test
    void twoTextsAreNeverOneKey() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Codec.strings().encode("a\uD800"))
                .withMessageContaining("at 1");
        assertThatIllegalArgumentException().isThrownBy(() -> Codec.strings().encode("\uDC00\uD800b"));
        assertWire(Codec.strings(), "\uFFFD?", "efbfbd3f");
    }

    @Test
    void whatIsNoSuchValueIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Codec.strings().decode(new byte[] {(byte) 0xC3}));
        assertThatThrownBy(() -> Codec.ints().decode(new byte[8])).isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> Codec.longs().decode(new byte[4])).isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> Codec.uuids().decode(new byte[17])).isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> Codec.booleans().decode(new byte[] {2})).isInstanceOf(RuntimeException.class);
    }

    @Test
    void aConstantThatThisReleaseDoesNotKnowIsNamedInTheError() {
        byte[] green = Codec.enums(Colour.class).encode(Colour.GREEN);

        assertThat(Codec.enums(Fewer.class).decode(Codec.enums(Colour.class).encode(Colour.RED)))
                .isEqualTo(Fewer.RED);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Codec.enums(Fewer.class).decode(green))
                .withMessageContaining("'GREEN' is no constant of " + Fewer.class.getName());
    }

    private static <T> void assertWire(Codec<T> codec, T object, String hex) {
        assertThat(HexFormat.of().formatHex(codec.encode(object))).isEqualTo(hex);
        assertThat(codec.decode(HexFormat.of().parseHex(hex))).isEqualTo(object);
    }
}
