package io.vsring.spring;

import java.lang.reflect.Type;

/**
 * Turns payloads of some types into bytes and back. A bean of this type is asked before the built-in codecs.
 *
 * <p>No type is named on the wire: the bytes are read as what the handler's parameter says; where that is a sealed
 * type, CBOR carries the {@link ReplicatedType} name of what it is. All members must therefore agree on what is sent to
 * a group, and old and new releases of an application must read each other's bytes.
 *
 * <p><b>Threading.</b> Encoding happens on the sender's thread, decoding on that of the listener: any number of threads
 * at once.
 */
public interface PayloadCodec {

    /**
     * Whether this codec is for the type: the class of a payload that is sent, the full type of a handler's parameter.
     */
    boolean supports(Type type);

    /**
     * The bytes of the payload.
     *
     * @throws PayloadCodecException if the payload cannot be written; nothing has been sent then
     */
    byte[] encode(Object payload);

    /**
     * The payload that these bytes are.
     *
     * @param bytes the whole message; the codec's own from now on
     * @param type what the handler's parameter is declared as
     * @throws PayloadCodecException if the bytes are no such payload
     */
    Object decode(byte[] bytes, Type type);
}
