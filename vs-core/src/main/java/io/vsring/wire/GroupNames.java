package io.vsring.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The names of groups seen last, so that a known name makes no new String. Direct-mapped, like {@link IdCache}. */
final class GroupNames {

    private static final int PLACES = 256;

    /** The lowest code point that needs so many following bytes. */
    private static final int[] SHORTEST = {0, 0x80, 0x800, 0x10000};

    private final byte[][] encoded = new byte[PLACES][];
    private final @Nullable String[] names = new String[PLACES];

    String name(byte[] bytes, int from, int to) {
        int hash = 0;
        for (int at = from; at < to; at++) {
            hash = hash * 31 + bytes[at];
        }
        int place = (hash ^ (hash >>> 8) ^ (hash >>> 16)) & (PLACES - 1);
        String known = names[place];
        if (known != null && Arrays.equals(encoded[place], 0, encoded[place].length, bytes, from, to)) {
            return known;
        }
        String name = new String(bytes, from, to - from, StandardCharsets.UTF_8);
        encoded[place] = Arrays.copyOfRange(bytes, from, to);
        names[place] = name;
        return name;
    }

    /** Whether these bytes are UTF-8, so that no two different names look alike once they are Strings. */
    static boolean isUtf8(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            int lead = bytes[at++];
            if (lead < 0) {
                int following = Integer.numberOfLeadingZeros(~(lead << 24)) - 1;
                if (following < 1 || following > 3 || to - at < following) {
                    return false;
                }
                int code = lead & (0x3F >> following);
                for (int end = at + following; at < end; at++) {
                    if ((bytes[at] & 0xC0) != 0x80) {
                        return false;
                    }
                    code = (code << 6) | (bytes[at] & 0x3F);
                }
                if (code < SHORTEST[following] || !Character.isValidCodePoint(code) || isSurrogate(code)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean isSurrogate(int code) {
        return code >= Character.MIN_SURROGATE && code <= Character.MAX_SURROGATE;
    }
}
