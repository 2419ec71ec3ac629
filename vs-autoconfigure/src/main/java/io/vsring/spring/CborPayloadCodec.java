package io.vsring.spring;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.lang.reflect.Type;
import java.time.DateTimeException;
import java.util.Arrays;
import java.util.EventObject;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.exc.InvalidDefinitionException;
import tools.jackson.databind.type.LogicalType;
import tools.jackson.dataformat.cbor.CBORFactory;
import tools.jackson.dataformat.cbor.CBORMapper;
import tools.jackson.dataformat.cbor.CBORWriteFeature;

/**
 * Any type as CBOR, with a mapper of our own.
 *
 * <p>Each message begins with the three bytes with which CBOR describes itself (RFC 8949, 3.4.6). No text begins so,
 * and hardly any other bytes: what was sent as something else is refused and not read as a number by accident. For the
 * same reason no value is read as another kind of value.
 *
 * <p>The application's mapper is not used: a release that changes, say, its naming strategy would no longer understand
 * the members that still run the release before. This one forgives what a release in between may add or take away.
 */
final class CborPayloadCodec implements PayloadCodec {

    private static final int DEPTH_MAX = 64;
    private static final int NUMBER_LENGTH_MAX = 200;
    private static final int NAME_LENGTH_MAX = 1024;
    private static final int STRING_LENGTH_MAX = 1 << 24;

    private static final byte[] HEADER = {(byte) 0xD9, (byte) 0xD9, (byte) 0xF7};
    private static final byte[] EMPTY_OBJECT = {HEADER[0], HEADER[1], HEADER[2], (byte) 0xA0};
    private static final int NULL = 0xF6;
    private static final int UNDEFINED = 0xF7;

    private final ObjectMapper mapper;

    CborPayloadCodec() {
        StreamReadConstraints constraints = StreamReadConstraints.builder()
                .maxNestingDepth(DEPTH_MAX)
                .maxNumberLength(NUMBER_LENGTH_MAX)
                .maxNameLength(NAME_LENGTH_MAX)
                .maxStringLength(STRING_LENGTH_MAX)
                .build();
        CBORFactory factory = CBORFactory.builder()
                .streamReadConstraints(constraints)
                .enable(CBORWriteFeature.WRITE_TYPE_HEADER)
                .build();
        this.mapper = CBORMapper.builder(factory)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS) // what is equal has equal bytes
                .disable(SerializationFeature.FAIL_ON_ORDER_MAP_BY_INCOMPARABLE_KEY)
                .enable(EnumFeature.READ_UNKNOWN_ENUM_VALUES_AS_NULL)
                .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .disable(EnumFeature.WRITE_ENUMS_USING_TO_STRING) // which is for people, and may change
                .disable(EnumFeature.READ_ENUMS_USING_TO_STRING)
                .disable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST) // by name alone, however they are declared
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .withCoercionConfig(
                        LogicalType.Textual,
                        text -> text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
                .annotationIntrospector(new SealedTypeNames())
                .addMixIn(EventObject.class, OfOneMember.class)
                .build();
    }

    /**
     * What an {@code ApplicationEvent} knows of itself and others cannot use: they have sources and clocks of their
     * own.
     */
    @JsonIgnoreProperties({"source", "timestamp"})
    interface OfOneMember {}

    @Override
    public boolean supports(Type type) {
        return true;
    }

    @Override
    public byte[] encode(Object payload) {
        try {
            return mapper.writeValueAsBytes(payload);
        } catch (JacksonException e) {
            throw new PayloadCodecException(
                    "a payload of type " + payload.getClass().getName() + " cannot be written as CBOR: "
                            + e.getOriginalMessage() + "; send a record, a class with properties, a String or byte[]",
                    e);
        }
    }

    @Override
    public Object decode(byte[] bytes, Type type) {
        if (bytes.length < HEADER.length || !Arrays.equals(bytes, 0, HEADER.length, HEADER, 0, HEADER.length)) {
            throw new PayloadCodecException("the message of " + bytes.length + " bytes was not sent as CBOR, where a "
                    + type.getTypeName() + " was expected: take byte[] or String in the handler, or send such a type");
        }
        if (bytes.length == HEADER.length + 1 && isNull(bytes[HEADER.length] & 0xFF)) {
            throw new PayloadCodecException("the message of " + bytes.length + " bytes is a CBOR null, where a "
                    + type.getTypeName() + " was expected");
        }
        try {
            Object payload = mapper.readValue(bytes, mapper.constructType(type));
            if (payload == null) {
                throw new PayloadCodecException("the message of " + bytes.length + " bytes is no value of "
                        + type.getTypeName() + " that this member knows: was it sent by one that knows more of them?");
            }
            return payload;
        } catch (JacksonException e) {
            throw notInCbor(bytes, type, e.getOriginalMessage(), e);
        } catch (ClassCastException | IllegalArgumentException | DateTimeException | ArithmeticException e) {
            throw notInCbor(bytes, type, e.getMessage(), e); // a deserializer that trusts what it reads
        }
    }

    private static PayloadCodecException notInCbor(
            byte[] bytes, Type type, @Nullable String why, RuntimeException cause) {
        return new PayloadCodecException(
                "the message of " + bytes.length + " bytes is not a " + type.getTypeName() + " in CBOR: " + why, cause);
    }

    private static boolean isNull(int initialByte) {
        return initialByte == NULL || initialByte == UNDEFINED;
    }

    /**
     * Looks for the reason, if there is one, why no message at all can be read as the type.
     *
     * @throws PayloadCodecException if it has neither a constructor nor anything else that says how it is made
     */
    void check(Type type) {
        try {
            mapper.readValue(EMPTY_OBJECT, mapper.constructType(type));
        } catch (InvalidDefinitionException e) {
            throw new PayloadCodecException(
                    "no message can be read as " + type.getTypeName() + ": " + e.getOriginalMessage()
                            + ". Take a record, a class with a constructor, or byte[]; or declare a PayloadCodec bean",
                    e);
        } catch (JacksonException someOtherMessageCan) {
            return;
        }
    }
}
