package io.vsring.wire;

import io.vsring.MemberId;
import io.vsring.RingId;
import io.vsring.wire.DataFrame.Kind;
import io.vsring.wire.MalformedDatagramException.Reason;
import java.nio.ByteBuffer;

/** The fields of a data frame, which are the same behind the frozen bytes and inside a recovery frame. */
final class DataFields {

    private DataFields() {}

    /** Writes all fields but the body. */
    static void write(DataFrame frame, ByteBuffer target) {
        DatagramWriter.ringId(frame.ringId(), target);
        DatagramWriter.memberId(frame.sender(), target);
        target.putLong(frame.sequence());
        target.put((byte) code(frame.kind()));
        target.putLong(frame.firstNumber());
    }

    /** Reads the whole frame; nobody has looked into its body yet. */
    static DataFrame read(DatagramReader reader, FramePool frames) throws MalformedDatagramException {
        RingId ringId = reader.ringId();
        MemberId sender = reader.memberId();
        long sequence = reader.number(1, WireFormat.NUMBER_MAX);
        Kind kind = kind(reader);
        boolean recovery = kind == Kind.RECOVERY;
        long firstNumber = recovery ? reader.number(0, 0) : reader.number(1, WireFormat.NUMBER_MAX);
        int bodyBytesMax = bodyBytesMax(kind);
        if (reader.remaining() > bodyBytesMax) {
            throw reader.refused(
                    Reason.TOO_LONG, 0, "a body of at most so many bytes: " + bodyBytesMax, reader.remaining());
        }
        return frames.frame().at(ringId, sender, sequence).with(kind, firstNumber, reader.rest(frames));
    }

    /** How long a body of this kind can be, whatever the size of the frames. */
    static int bodyBytesMax(Kind kind) {
        return kind == Kind.RECOVERY
                ? WireFormat.BODY_BYTES_MAX + WireFormat.RECOVERY_HEADER_BYTES
                : WireFormat.BODY_BYTES_MAX;
    }

    private static int code(Kind kind) {
        return switch (kind) {
            case AGREED -> WireFormat.KIND_AGREED;
            case SAFE -> WireFormat.KIND_SAFE;
            case RECOVERY -> WireFormat.KIND_RECOVERY;
        };
    }

    private static Kind kind(DatagramReader reader) throws MalformedDatagramException {
        int code = reader.u8();
        return switch (code) {
            case WireFormat.KIND_AGREED -> Kind.AGREED;
            case WireFormat.KIND_SAFE -> Kind.SAFE;
            case WireFormat.KIND_RECOVERY -> Kind.RECOVERY;
            default -> throw reader.refused(Reason.BAD_VALUE, 1, "a kind of frame, 1 to 3", code);
        };
    }
}
