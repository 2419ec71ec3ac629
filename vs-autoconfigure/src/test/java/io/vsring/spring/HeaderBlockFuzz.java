package io.vsring.spring;

import io.vsring.Delivery;
import io.vsring.Guarantee;
import io.vsring.MemberId;
import io.vsring.MemberSet;
import io.vsring.RingConfiguration;
import io.vsring.RingId;
import java.util.Arrays;
import java.util.Map;

/** Fuzzed: the headers in front of a payload. */
public final class HeaderBlockFuzz {

    private static final MemberId SENDER = new MemberId(1, 1);
    private static final RingConfiguration ALONE =
            RingConfiguration.regular(new RingId(SENDER, 1), MemberSet.of(SENDER));

    private HeaderBlockFuzz() {}

    /** A message as it is delivered. */
    public static void fuzzerTestOneInput(byte[] input) {
        Delivery whole = delivery(input);
        Delivery opened = HeaderBlock.open(whole);
        byte[] payload = new byte[opened.length()];
        opened.bytes().get(payload);
        Map<String, String> headers = HeaderBlock.of(opened);
        if (opened != whole) {
            require(Arrays.equals(HeaderBlock.inFrontOf(payload, headers), input), "one encoding of ", headers);
        }
        Delivery sent = HeaderBlock.open(delivery(HeaderBlock.inFrontOf(input, headers)));
        byte[] arrived = new byte[sent.length()];
        sent.bytes().get(arrived);
        require(Arrays.equals(arrived, input) && HeaderBlock.of(sent).equals(headers), "what was sent arrives");
    }

    static void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError("expected " + what);
        }
    }

    /** As the other; what it is about is put into words only if it does not hold. */
    static void require(boolean holds, String what, Object about) {
        if (!holds) {
            throw new AssertionError("expected " + what + about);
        }
    }

    private static Delivery delivery(byte[] message) {
        return new MemoryDelivery(SENDER, 1, "g", Guarantee.AGREED, ALONE, 1, message);
    }
}
