package io.vsring.wire;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Fuzzed: any bytes as a datagram, and any bytes behind an honest front of each type (docs/fuzzing.md). */
public final class DatagramFuzz {

    private static final DatagramCodec CODEC = Samples.codec();
    private static final byte[] FRONT = Arrays.copyOf(Samples.encode(CODEC, Samples.token()), WireFormat.FROZEN_BYTES);

    private DatagramFuzz() {}

    /** The whole datagram. */
    public static void fuzzerTestOneInput(byte[] input) {
        decode(input);
    }

    /** A data frame: its body is taken apart, too. */
    public static final class Data {
        /** All behind the front. */
        public static void fuzzerTestOneInput(byte[] input) {
            behindFront(WireFormat.TYPE_DATA, input);
        }
    }

    /** A token. */
    public static final class OfToken {
        /** All behind the front. */
        public static void fuzzerTestOneInput(byte[] input) {
            behindFront(WireFormat.TYPE_TOKEN, input);
        }
    }

    /** A Join. */
    public static final class OfJoin {
        /** All behind the front. */
        public static void fuzzerTestOneInput(byte[] input) {
            behindFront(WireFormat.TYPE_JOIN, input);
        }
    }

    /** A commit token. */
    public static final class Commit {
        /** All behind the front. */
        public static void fuzzerTestOneInput(byte[] input) {
            behindFront(WireFormat.TYPE_COMMIT_TOKEN, input);
        }
    }

    /** A merge probe. */
    public static final class Probe {
        /** All behind the front. */
        public static void fuzzerTestOneInput(byte[] input) {
            behindFront(WireFormat.TYPE_MERGE_PROBE, input);
        }
    }

    /** A hold cancel. */
    public static final class Cancel {
        /** All behind the front. */
        public static void fuzzerTestOneInput(byte[] input) {
            behindFront(WireFormat.TYPE_HOLD_CANCEL, input);
        }
    }

    static byte[] front(int type) {
        byte[] front = FRONT.clone();
        front[WireFormat.TYPE_AT] = (byte) type;
        return front;
    }

    private static void behindFront(int type, byte[] input) {
        byte[] bytes = Arrays.copyOf(front(type), WireFormat.FROZEN_BYTES + input.length);
        System.arraycopy(input, 0, bytes, WireFormat.FROZEN_BYTES, input.length);
        decode(bytes);
    }

    private static void decode(byte[] bytes) {
        Datagram datagram;
        try {
            datagram = CODEC.decode(ByteBuffer.wrap(bytes));
        } catch (MalformedDatagramException refused) {
            require(refused.offset() >= 0 && refused.offset() <= bytes.length, "points into the datagram: ", refused);
            return;
        }
        require(isItsEncoding(bytes, datagram), "has one encoding: ", datagram);
        if (datagram instanceof DataFrame frame) {
            BodiesFuzz.accept(new Unpacker(), frame);
            requireFilledAgain(bytes, frame);
        }
    }

    /** A frame that is given back and filled again has nothing of what it was. */
    private static void requireFilledAgain(byte[] bytes, DataFrame frame) {
        byte[] body = frame.body();
        CODEC.frames().keep(body.length);
        CODEC.frames().giveBack(frame);
        Arrays.fill(body, (byte) 0x5A);
        Datagram again;
        try {
            again = CODEC.decode(ByteBuffer.wrap(bytes));
        } catch (MalformedDatagramException refused) {
            throw new AssertionError("what was a datagram is one", refused);
        }
        require(again == frame && frame.body() == body, "is filled again: ", again);
        require(isItsEncoding(bytes, again), "has nothing of what it was: ", again);
    }

    /** But for zeros at the end of what is padded, and what other versions put there. */
    private static boolean isItsEncoding(byte[] bytes, Datagram datagram) {
        byte[] again = Samples.encode(CODEC, datagram);
        if (datagram instanceof Join && bytes[WireFormat.VERSION_AT] != WireFormat.VERSION) {
            return true;
        }
        boolean padded = datagram instanceof Join || datagram instanceof MergeProbe;
        int length = Math.max(again.length, bytes.length);
        return padded
                ? Arrays.equals(Arrays.copyOf(again, length), Arrays.copyOf(bytes, length))
                : Arrays.equals(again, bytes);
    }

    static void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }

    /** As the other; what it is about is put into words only if it does not hold. */
    static void require(boolean holds, String what, Object about) {
        if (!holds) {
            throw new AssertionError(what + about);
        }
    }
}
