package io.vsring.page;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Fuzzed: what members say to each other in the group of the page. */
public final class PageMessageFuzz {

    private PageMessageFuzz() {}

    /** The message. */
    public static void fuzzerTestOneInput(byte[] input) {
        PageMessage message = PageMessage.decode(ByteBuffer.wrap(input));
        if (message != null && !Arrays.equals(message.encode(), input)) {
            throw new AssertionError("expected one encoding of " + message);
        }
    }
}
