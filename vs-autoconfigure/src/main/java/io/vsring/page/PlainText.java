package io.vsring.page;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.cbor.CBORMapper;

/** Bytes of which nobody here knows the type, as well as a human can read them: text, CBOR, or how many there are. */
final class PlainText {

    private static final int BYTES_MAX = 4096;
    private static final int SHOWN_MAX = 120;
    private static final CBORMapper CBOR = CBORMapper.builder().build();

    private PlainText() {}

    static String text(byte[] bytes) {
        if (bytes.length > BYTES_MAX) {
            return size(bytes);
        }
        // CBOR that says so (RFC 8949, 3.4.6), as our payload codec writes it.
        if (bytes.length > 2 && bytes[0] == (byte) 0xD9 && bytes[1] == (byte) 0xD9 && bytes[2] == (byte) 0xF7) {
            return cbor(bytes);
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.chars().anyMatch(Character::isISOControl) ? size(bytes) : cut(text);
        } catch (CharacterCodingException none) {
            return size(bytes);
        }
    }

    private static String cbor(byte[] bytes) {
        try {
            JsonNode tree = CBOR.readTree(bytes);
            return cut(tree.toString());
        } catch (JacksonException broken) {
            return size(bytes);
        }
    }

    private static String cut(String text) {
        return text.codePointCount(0, text.length()) <= SHOWN_MAX
                ? text
                : text.substring(0, text.offsetByCodePoints(0, SHOWN_MAX)) + "…";
    }

    private static String size(byte[] bytes) {
        return bytes.length + " bytes";
    }
}
