package io.vsring.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.vsring.replicated.Codec;
import java.lang.reflect.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ObjectCodecsTest {

    private final ObjectCodecs codecs = new ObjectCodecs(new PayloadCodecs(List.of()));

    enum Colour {
        RED,
        GREEN
    }

    record Key(String name, Colour colour, Map<String, Integer> sizes) {}

    @Test
    void membersWithoutSpringReadTheSameBytes() {
        UUID uuid = UUID.randomUUID();

        assertThat(codecs.of(String.class).encode("ü"))
                .isEqualTo(Codec.strings().encode("ü"));
        assertThat(codecs.of(Long.class).encode(-7L)).isEqualTo(Codec.longs().encode(-7L));
        assertThat(codecs.of(UUID.class).encode(uuid)).isEqualTo(Codec.uuids().encode(uuid));
        assertThat(codecs.of(byte[].class).encode(new byte[] {1, 2})).containsExactly(1, 2);
    }

    @Test
    void equalKeysHaveEqualBytes() {
        Map<String, Integer> sizes = new LinkedHashMap<>();
        sizes.put("a", 1);
        sizes.put("b", 2);
        Map<String, Integer> sameSizes = new LinkedHashMap<>();
        sameSizes.put("b", 2);
        sameSizes.put("a", 1);
        Key key = new Key("n", Colour.RED, sizes);
        Key equal = new Key("n", Colour.RED, sameSizes);
        Codec<Key> codec = codecs.of(Key.class);

        assertThat(codec.encode(equal)).isEqualTo(codec.encode(key));
        assertThat(codec.decode(codec.encode(key))).isEqualTo(key);
        assertThat(codec.encode(new Key("n", Colour.GREEN, sizes))).isNotEqualTo(codec.encode(key));
    }

    @Test
    void codecsOfTheApplicationGetBytesOfTheirOwn() {
        byte[] stored = {42};
        PayloadCodec zeroing = new PayloadCodec() {
            @Override
            public boolean supports(Type type) {
                return type == Colour.class;
            }

            @Override
            public byte[] encode(Object payload) {
                return new byte[] {(byte) ((Colour) payload).ordinal()};
            }

            @Override
            public Object decode(byte[] bytes, Type type) {
                bytes[0] = 0;
                return Colour.GREEN;
            }
        };

        assertThat(new ObjectCodecs(new PayloadCodecs(List.of(zeroing)))
                        .of(Colour.class)
                        .decode(stored))
                .isEqualTo(Colour.GREEN);
        assertThat(stored).containsExactly(42);
    }

    @Test
    void refusesATypeThatNothingCanBeReadAs() {
        assertThatExceptionOfType(PayloadCodecException.class).isThrownBy(() -> codecs.of(Runnable.class));
    }
}
