package io.vsring.spring;

import io.vsring.Delivery;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Headers in front of a payload, for messages that have any.
 *
 * <p>The block is {@code 0xFF}, its length in two bytes, then for each header the length of its name in one byte, the
 * name, the length of its value in two bytes, the value; lengths are in bytes, most significant first, texts are UTF-8.
 * No text and no CBOR begins with {@code 0xFF}; bytes that do are sent behind an empty block, so that whatever is sent
 * is read as what it was. A message without headers is its payload and nothing else.
 */
final class HeaderBlock {

    /** All headers of a message together, in bytes. */
    static final int BYTES_MAX = 8192;

    private static final byte MARK = (byte) 0xFF;
    private static final int FRONT = 3;
    private static final int NAME_MAX = 255;

    private HeaderBlock() {}

    /**
     * The message of this payload and these headers; the payload itself if it needs nothing in front.
     *
     * @throws IllegalArgumentException if the headers are too long, or one has no name
     */
    static byte[] inFrontOf(byte[] payload, Map<String, String> headers) {
        if (headers.isEmpty() && (payload.length == 0 || payload[0] != MARK)) {
            return payload;
        }
        ByteBuffer block = ByteBuffer.allocate(BYTES_MAX);
        headers.forEach((name, value) -> put(block, name, value));
        block.flip();
        return ByteBuffer.allocate(FRONT + block.limit() + payload.length)
                .put(MARK)
                .putShort((short) block.limit())
                .put(block)
                .put(payload)
                .array();
    }

    private static void put(ByteBuffer block, String name, String value) {
        byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
        byte[] valueBytes = value.getBytes(StandardCharsets.UTF_8);
        if (nameBytes.length == 0 || nameBytes.length > NAME_MAX) {
            throw new IllegalArgumentException(
                    "the name of a header has 1 to " + NAME_MAX + " bytes of UTF-8, not " + nameBytes.length);
        }
        if (1 + nameBytes.length + 2 + valueBytes.length > block.remaining()) {
            throw new IllegalArgumentException("the headers of a message have at most " + BYTES_MAX
                    + " bytes together, and '" + name + "' is one too many");
        }
        block.put((byte) nameBytes.length).put(nameBytes);
        block.putShort((short) valueBytes.length).put(valueBytes);
    }

    /**
     * The delivery of the payload alone, which knows its headers; the same one if there is nothing in front of it.
     *
     * @param kept a delivery that stays valid
     */
    static Delivery open(Delivery kept) {
        int length = kept.length();
        if (length == 0) {
            return kept;
        }
        ByteBuffer bytes = kept.bytes();
        if (bytes.get(bytes.position()) != MARK) {
            return kept;
        }
        Map<String, String> headers = readFront(bytes);
        return headers == null ? kept : new HeadedDelivery(kept, headers, length - bytes.remaining());
    }

    /** The headers of the delivery, in the order in which they were sent. */
    static Map<String, String> of(Delivery delivery) {
        return delivery instanceof HeadedDelivery headed ? headed.headers() : Map.of();
    }

    /** Reads the block and stops behind it; null if it is none of ours, and the bytes are what was sent. */
    private static @Nullable Map<String, String> readFront(ByteBuffer bytes) {
        if (bytes.remaining() < FRONT) {
            return null;
        }
        bytes.get();
        int length = Short.toUnsignedInt(bytes.getShort());
        if (length > bytes.remaining() || length > BYTES_MAX) {
            return null;
        }
        byte[] texts = new byte[length];
        bytes.get(texts);
        boolean needless = length == 0 && (!bytes.hasRemaining() || bytes.get(bytes.position()) != MARK);
        try {
            return needless ? null : read(texts);
        } catch (CharacterCodingException | BufferUnderflowException e) {
            return null;
        }
    }

    /** Null if a header is there twice, or has no name: nobody writes that. */
    private static @Nullable Map<String, String> read(byte[] texts) throws CharacterCodingException {
        ByteBuffer block = ByteBuffer.wrap(texts);
        Map<String, String> headers = new LinkedHashMap<>();
        while (block.hasRemaining()) {
            String name = text(texts, block, Byte.toUnsignedInt(block.get()));
            String value = text(texts, block, Short.toUnsignedInt(block.getShort()));
            if (name.isEmpty() || headers.put(name, value) != null) {
                return null;
            }
        }
        return Collections.unmodifiableMap(headers);
    }

    private static String text(byte[] texts, ByteBuffer block, int length) throws CharacterCodingException {
        if (length > block.remaining()) {
            throw new BufferUnderflowException();
        }
        String text = StrictText.read(texts, block.position(), length);
        block.position(block.position() + length);
        return text;
    }
}
