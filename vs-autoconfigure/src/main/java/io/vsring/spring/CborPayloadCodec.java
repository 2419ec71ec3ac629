package io.vsring.spring;

import java.lang.reflect.Type;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.dataformat.cbor.CBORFactory;
import tools.jackson.dataformat.cbor.CBORMapper;

/**
 * Any type as CBOR, with a mapper of our own.
 *
 * <p>The application's mapper is not used: a release that changes, say, its naming strategy would no longer understand
 * the members that still run the release before. This one forgives what a release in between may add or take away.
 */
final class CborPayloadCodec implements PayloadCodec {

    private static final int DEPTH_MAX = 64;
    private static final int NUMBER_LENGTH_MAX = 200;
    private static final int NAME_LENGTH_MAX = 1024;

    private final ObjectMapper mapper;

    CborPayloadCodec() {
        StreamReadConstraints constraints = StreamReadConstraints.builder()
                .maxNestingDepth(DEPTH_MAX)
                .maxNumberLength(NUMBER_LENGTH_MAX)
                .maxNameLength(NAME_LENGTH_MAX)
                .build();
        CBORFactory factory =
                CBORFactory.builder().streamReadConstraints(constraints).build();
        this.mapper = CBORMapper.builder(factory)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(EnumFeature.READ_UNKNOWN_ENUM_VALUES_AS_NULL)
                .build();
    }

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
        try {
            Object payload = mapper.readValue(bytes, mapper.constructType(type));
            if (payload == null) {
                throw new PayloadCodecException("the message of " + bytes.length + " bytes is a CBOR null, where a "
                        + type.getTypeName() + " was expected");
            }
            return payload;
        } catch (JacksonException e) {
            throw new PayloadCodecException(
                    "the message of " + bytes.length + " bytes is not a " + type.getTypeName() + " in CBOR: "
                            + e.getOriginalMessage(),
                    e);
        }
    }
}
