package io.vsring.spring;

import io.vsring.replicated.Codec;
import java.util.UUID;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.ResolvableType;

/**
 * The codecs of the keys and values of replicated maps: {@code String}, {@code byte[]}, {@code Long}, {@code Integer},
 * {@code Boolean}, {@code UUID} and enums in the bytes that members without Spring use, all else as
 * {@link PayloadCodecs} has it: the application's own {@link PayloadCodec} beans, or CBOR.
 *
 * <p>Equal keys must have equal bytes. Records, classes with properties, enums, numbers and maps of these have, when
 * their parts have; sets and other things without an order have not.
 */
public final class ObjectCodecs {

    private final PayloadCodecs payloads;

    /** On top of the codecs of messages. */
    public ObjectCodecs(PayloadCodecs payloads) {
        this.payloads = payloads;
    }

    /**
     * The codec of a class.
     *
     * @throws PayloadCodecException if no bytes can be read as this type
     */
    public <T> Codec<T> of(Class<T> type) {
        return of(ResolvableType.forClass(type));
    }

    /**
     * The codec of a type with generics.
     *
     * @throws PayloadCodecException if no bytes can be read as this type
     */
    public <T> Codec<T> of(ParameterizedTypeReference<T> type) {
        return of(ResolvableType.forType(type));
    }

    /**
     * The codec of a type of keys: equal keys must have equal bytes.
     *
     * @throws PayloadCodecException if no bytes can be read as this type, or a part of it has no order
     */
    <T> Codec<T> ofKeys(ResolvableType type) {
        KeyTypes.check(type);
        return of(type);
    }

    /** The one place in which a type becomes a codec. */
    @SuppressWarnings("unchecked") // each codec is that of the type it is asked for
    <T> Codec<T> of(ResolvableType type) {
        Class<?> raw = type.toClass();
        Codec<?> codec;
        if (raw == String.class) {
            codec = Codec.strings();
        } else if (raw == byte[].class) {
            codec = Codec.bytes();
        } else if (raw == Long.class) {
            codec = Codec.longs();
        } else if (raw == Integer.class) {
            codec = Codec.ints();
        } else if (raw == Boolean.class) {
            codec = Codec.booleans();
        } else if (raw == UUID.class) {
            codec = Codec.uuids();
        } else {
            PayloadCodec payload = payloads.forParameter(type.getType());
            codec = raw.isEnum() && payload instanceof CborPayloadCodec
                    ? enums(raw)
                    : new PayloadsAsObjects(payload, type);
        }
        return (Codec<T>) codec;
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // its caller has seen that it is an enum
    private static Codec<?> enums(Class<?> type) {
        return Codec.enums((Class) type);
    }

    private record PayloadsAsObjects(PayloadCodec codec, ResolvableType type) implements Codec<Object> {

        @Override
        public byte[] encode(Object object) {
            return codec.encode(object);
        }

        @Override
        public Object decode(byte[] bytes) {
            // Codecs of the application may keep what they are given.
            return codec.decode(codec instanceof CborPayloadCodec ? bytes : bytes.clone(), type.getType());
        }
    }
}
