package io.vsring.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The names of groups seen last, so that a known name makes no new String. Direct-mapped, like {@link IdCache}. */
final class GroupNames {

    private static final int PLACES = 256;

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
        int bits = 0;
        for (int at = from; at < to; at++) {
            bits |= bytes[at];
        }
        if (bits >= 0) {
            return true;
        }
        byte[] again = new String(bytes, from, to - from, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
        return Arrays.equals(again, 0, again.length, bytes, from, to);
    }
}
