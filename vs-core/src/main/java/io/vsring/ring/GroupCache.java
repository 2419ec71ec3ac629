package io.vsring.ring;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentHashMap;

/** Names of groups in UTF-8, checked once and then remembered. Any thread. */
final class GroupCache {

    static final int REMEMBERED_MAX = 1024;

    private final ConcurrentHashMap<String, byte[]> remembered = new ConcurrentHashMap<>();

    /** @throws IllegalArgumentException if it is not the name of a group */
    byte[] encode(String group) {
        byte[] known = remembered.get(group);
        if (known != null) {
            return known;
        }
        byte[] bytes = checked(group);
        if (remembered.size() < REMEMBERED_MAX) {
            remember(group, bytes);
        }
        return bytes;
    }

    private synchronized void remember(String group, byte[] bytes) {
        if (remembered.size() < REMEMBERED_MAX) { // others may have come in between
            remembered.put(group, bytes);
        }
    }

    /** How many are remembered. */
    int remembered() {
        return remembered.size();
    }

    private static byte[] checked(String group) {
        try {
            ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(group));
            if (encoded.remaining() >= 1 && encoded.remaining() <= RingOptions.GROUP_BYTES_MAX) {
                byte[] bytes = new byte[encoded.remaining()];
                encoded.get(bytes);
                return bytes;
            }
            throw new IllegalArgumentException("the name of a group has 1 to " + RingOptions.GROUP_BYTES_MAX
                    + " bytes of UTF-8, and '" + group + "' has " + encoded.remaining());
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(
                    "the name of a group is text; '" + group + "' has half of a surrogate pair", e);
        }
    }
}
