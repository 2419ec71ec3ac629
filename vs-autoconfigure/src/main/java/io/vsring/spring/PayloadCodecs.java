package io.vsring.spring;

import java.lang.reflect.Type;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.springframework.util.ClassUtils;

/**
 * All codecs of an application, in the order in which they are asked: its own, bytes, text, and CBOR where Jackson's is
 * on the class path.
 */
public final class PayloadCodecs {

    private static final String CBOR = "tools.jackson.dataformat.cbor.CBORMapper";

    private final List<PayloadCodec> codecs;

    /**
     * The built-in codecs, behind those of the application.
     *
     * @param own what the application brings; asked first, in this order
     */
    public PayloadCodecs(List<PayloadCodec> own) {
        List<PayloadCodec> all = new ArrayList<>(own);
        all.add(new BytesCodec());
        all.add(new TextCodec());
        if (ClassUtils.isPresent(CBOR, PayloadCodecs.class.getClassLoader())) {
            all.add(new CborPayloadCodec());
        }
        this.codecs = List.copyOf(all);
    }

    /**
     * The bytes of a payload.
     *
     * @throws PayloadCodecException if it cannot be written, or no codec is for its type
     */
    public byte[] encode(Object payload) {
        return forType(payload.getClass()).encode(payload);
    }

    /**
     * The codec for payloads of this type; CBOR if no other one wants it.
     *
     * @throws PayloadCodecException if there is none, since CBOR is not on the class path
     */
    public PayloadCodec forType(Type type) {
        for (PayloadCodec codec : codecs) {
            if (codec.supports(type)) {
                return codec;
            }
        }
        throw new PayloadCodecException("no codec for payloads of type " + type.getTypeName()
                + ": add tools.jackson.dataformat:jackson-dataformat-cbor to the class path, or a bean of type"
                + " PayloadCodec; String and byte[] need neither");
    }

    /**
     * The codec for a handler's parameter.
     *
     * @throws PayloadCodecException if no message can be read as this type
     */
    PayloadCodec forParameter(Type type) {
        PayloadCodec codec = forType(type);
        if (codec instanceof CborPayloadCodec cbor) {
            cbor.check(type);
        }
        return codec;
    }

    private static final class BytesCodec implements PayloadCodec {

        @Override
        public boolean supports(Type type) {
            return type == byte[].class;
        }

        @Override
        public byte[] encode(Object payload) {
            return (byte[]) payload;
        }

        @Override
        public Object decode(byte[] bytes, Type type) {
            return bytes;
        }
    }

    private static final class TextCodec implements PayloadCodec {

        @Override
        public boolean supports(Type type) {
            return type == String.class;
        }

        @Override
        public byte[] encode(Object payload) {
            return ((String) payload).getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public Object decode(byte[] bytes, Type type) {
            try {
                return StrictText.read(bytes, 0, bytes.length);
            } catch (CharacterCodingException e) {
                throw new PayloadCodecException(
                        "the message of " + bytes.length + " bytes is not UTF-8 text: take byte[] in the handler, or"
                                + " send a String",
                        e);
            }
        }
    }
}
