package io.vsring.wire;

import static io.vsring.wire.DatagramFuzz.require;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Fuzzed: names of groups. */
public final class GroupNamesFuzz {

    private static final GroupNames NAMES = new GroupNames();

    private GroupNamesFuzz() {}

    /** The name. */
    public static void fuzzerTestOneInput(byte[] input) {
        boolean taken = GroupNames.isUtf8(input, 0, input.length);
        require(taken == isUtf8(input), "UTF-8 is what the JDK takes for it");
        if (taken) {
            String name = NAMES.name(input, 0, input.length);
            require(Arrays.equals(name.getBytes(StandardCharsets.UTF_8), input), "has one encoding: ", name);
        }
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException wrong) {
            return false;
        }
    }
}
