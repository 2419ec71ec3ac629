package io.vsring.wire;

import static io.vsring.wire.DatagramFuzz.require;

import io.vsring.Guarantee;
import io.vsring.MemberId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Fuzzed: sequences of frames of several senders, their bodies packed or made up, lost, doubled and cut; put together
 * again as its twin does it.
 */
public final class BodiesFuzz {

    private static final MemberId[] SENDERS = {Samples.A, Samples.B, Samples.C};
    private static final int FRAMES_MAX = 64;

    private BodiesFuzz() {}

    /**
     * For each frame a byte that says who sent it and what is done with it, a byte for the number of its first message,
     * two for the length of its body, and the body; or, of a packed one, lengths of its messages.
     */
    public static void fuzzerTestOneInput(byte[] input) {
        ByteBuffer in = ByteBuffer.wrap(input);
        Unpacker unpacker = new Unpacker();
        NaiveUnpacker twin = new NaiveUnpacker();
        List<NaiveUnpacker.Heard> heard = new ArrayList<>();
        long bytes = 0;
        for (int sequence = 1; sequence <= FRAMES_MAX && in.remaining() >= 4; sequence++) {
            int what = in.get() & 0xFF;
            long number = 1L + (in.get() & 0x0F);
            if ((what & 0x0C) == 0x0C) {
                unpacker.reset();
                twin.reset();
                bytes = 0;
                continue;
            }
            byte[] body = body(what, in);
            DataFrame frame = frame(what, sequence, number, body);
            if (frame == null) {
                continue;
            }
            bytes += body.length;
            accept(unpacker, twin, frame, heard);
            require(unpacker.incompleteBytes() <= 2 * bytes, "memory grows with what has arrived");
        }
        require(heard.equals(twin.heard()), "the twins have heard the same; one of them ", heard);
    }

    private static byte[] body(int what, ByteBuffer in) {
        int length = Math.min(in.getShort() & 0x3FF, in.remaining());
        byte[] bytes = new byte[length];
        in.get(bytes);
        return (what & 0x10) == 0 ? bytes : packed(bytes);
    }

    /** As a sender packs messages of these lengths; the last one may be cut. */
    private static byte[] packed(byte[] lengths) {
        Packer packer = new Packer(WireFormat.bodyBytesMax(Samples.FRAME_BYTES));
        packer.begin();
        packer.pack(Samples.message(1, "g", lengths.length == 0 ? 0 : lengths[0] & 0xFF), 0);
        for (int index = 1; index < lengths.length; index++) {
            int bytes = lengths[index] & 0xFF;
            int packed = packer.pack(Samples.message(1L + index, "g" + (bytes & 3), bytes), 0);
            if (packed == Packer.FULL || packed < bytes) {
                break;
            }
        }
        return packer.finish();
    }

    /** Null if the body is refused as that of a frame of either kind. */
    private static DataFrame frame(int what, long sequence, long number, byte[] body) {
        for (DataFrame.Kind kind : new DataFrame.Kind[] {DataFrame.Kind.AGREED, DataFrame.Kind.SAFE}) {
            try {
                Unpacker.check(body, kind);
                return new DataFrame(Samples.RING, SENDERS[(what & 3) % SENDERS.length], sequence, kind, number, body);
            } catch (MalformedDatagramException refused) {
                require(refused.offset() >= 0 && refused.offset() <= body.length, "points into the body: ", refused);
            }
        }
        return null;
    }

    /** What a recovery frame has inside has been looked at already, and is taken apart like any other. */
    static void accept(Unpacker unpacker, DataFrame frame) {
        DataFrame inside = frame;
        if (frame.isRecovery()) {
            try {
                inside = RecoveryBody.decode(frame.body());
            } catch (MalformedDatagramException refused) {
                throw new AssertionError("a recovery frame that passed is sound inside", refused);
            }
            require(Arrays.equals(RecoveryBody.encode(inside), frame.body()), "has one encoding: ", inside);
        }
        accept(unpacker, new NaiveUnpacker(), inside, new ArrayList<>());
    }

    private static void accept(
            Unpacker unpacker, NaiveUnpacker twin, DataFrame frame, List<NaiveUnpacker.Heard> heard) {
        unpacker.accept(
                frame,
                message -> heard.add(new NaiveUnpacker.Heard(
                        message.sender(),
                        message.number(),
                        message.group(),
                        message.guarantee() == Guarantee.SAFE,
                        frame.sequence(),
                        message.index(),
                        Arrays.hashCode(Arrays.copyOfRange(
                                message.array(), message.offset(), message.offset() + message.length())))));
        twin.accept(frame);
    }
}
