package io.vsring.wire;

import io.vsring.wire.MalformedDatagramException.Reason;
import java.nio.ByteBuffer;

/** A frame of an old ring as the body of a frame of the new one. Pure functions; any thread. */
public final class RecoveryBody {

    private RecoveryBody() {}

    /**
     * The body of a recovery frame for this frame.
     *
     * @throws IllegalArgumentException if the frame is itself a recovery frame: those end with their ring
     */
    public static byte[] encode(DataFrame old) {
        if (old.isRecovery()) {
            throw new IllegalArgumentException("a recovery frame is not recovered, only the frame inside is: " + old);
        }
        byte[] body = new byte[WireFormat.RECOVERY_HEADER_BYTES + old.body().length];
        ByteBuffer target = ByteBuffer.wrap(body);
        target.put((byte) WireFormat.VERSION);
        DataFields.write(old, target);
        target.put(old.body());
        return body;
    }

    /**
     * The frame inside. {@link DatagramCodec} has done the same before it let the recovery frame pass.
     *
     * @throws MalformedDatagramException if there is anything wrong with it; offsets are those in this body, or in that
     *     of the frame inside
     */
    public static DataFrame decode(byte[] body) throws MalformedDatagramException {
        DatagramReader reader = new DatagramReader(new IdCache(1));
        reader.open(ByteBuffer.wrap(body));
        reader.need(WireFormat.RECOVERY_HEADER_BYTES);
        int version = reader.u8();
        if (version != WireFormat.VERSION) {
            throw reader.refused(Reason.OTHER_VERSION, 1, "wire version 1", version);
        }
        DataFrame frame = DataFields.read(reader, new FramePool());
        if (frame.isRecovery()) {
            throw reader.refused(Reason.BAD_VALUE, body.length, "a frame that is not itself of recovery", 0);
        }
        Unpacker.check(frame.body(), frame.kind());
        return frame;
    }
}
