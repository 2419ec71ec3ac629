package io.vsring.spring;

import io.vsring.Delivery;
import io.vsring.Guarantee;
import io.vsring.MemberId;
import io.vsring.RingConfiguration;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;

/** Fuzzed: the headers in front of a payload. */
public final class HeaderBlockFuzz {

    private HeaderBlockFuzz() {}

    /** A message as it is delivered. */
    public static void fuzzerTestOneInput(byte[] input) {
        Bytes whole = new Bytes(input);
        Delivery opened = HeaderBlock.open(whole);
        byte[] payload = new byte[opened.length()];
        opened.bytes().get(payload);
        Map<String, String> headers = HeaderBlock.of(opened);
        if (opened != whole) {
            require(Arrays.equals(HeaderBlock.inFrontOf(payload, headers), input), "one encoding of " + headers);
        }
        Delivery sent = HeaderBlock.open(new Bytes(HeaderBlock.inFrontOf(input, headers)));
        byte[] arrived = new byte[sent.length()];
        sent.bytes().get(arrived);
        require(Arrays.equals(arrived, input) && HeaderBlock.of(sent).equals(headers), "what was sent arrives");
    }

    static void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError("expected " + what);
        }
    }

    private record Bytes(byte[] all) implements Delivery {
        @Override
        public MemberId sender() {
            return new MemberId(1, 1);
        }

        @Override
        public long number() {
            return 1;
        }

        @Override
        public String group() {
            return "g";
        }

        @Override
        public Guarantee guarantee() {
            return Guarantee.AGREED;
        }

        @Override
        public RingConfiguration configuration() {
            throw new UnsupportedOperationException();
        }

        @Override
        public long sequence() {
            return 1;
        }

        @Override
        public int index() {
            return 0;
        }

        @Override
        public int length() {
            return all.length;
        }

        @Override
        public ByteBuffer bytes() {
            return ByteBuffer.wrap(all);
        }

        @Override
        public Delivery copy() {
            return this;
        }
    }
}
