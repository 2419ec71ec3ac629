package io.vsring.page;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What members say to each other in the group of the page. One byte for the version, one for the kind, then numbers of
 * eight bytes, big-endian; nothing behind them.
 */
sealed interface PageMessage {

    /** Somebody looks at the page of the sender: it wants reports for a while. */
    record Watch() implements PageMessage {

        @Override
        public byte[] encode() {
            return start(WATCH, 0).array();
        }
    }

    /**
     * How the sender is doing.
     *
     * @param ring the sequence of the ring on which the positions are
     * @param delivered the number of the last frame that it has handed on in order
     * @param safe all members of its ring hold every frame up to this number, as it knows
     * @param messages how many have been delivered to it
     * @param backlogBytes what waits to be sent
     * @param waitingFrames frames that wait for its handler
     * @param latencyNanos how long its last report took to come back to it in the order; 0 if none has
     */
    record Report(
            long ring,
            long delivered,
            long safe,
            long messages,
            long backlogBytes,
            long waitingFrames,
            long latencyNanos)
            implements PageMessage {

        @Override
        public byte[] encode() {
            return start(REPORT, REPORT_NUMBERS)
                    .putLong(ring)
                    .putLong(delivered)
                    .putLong(safe)
                    .putLong(messages)
                    .putLong(backlogBytes)
                    .putLong(waitingFrames)
                    .putLong(latencyNanos)
                    .array();
        }
    }

    /** Of this format. */
    byte VERSION = 1;

    byte WATCH = 1;
    byte REPORT = 2;
    int REPORT_NUMBERS = 7;

    byte[] encode();

    /** What the bytes say; null if nothing that this version understands. */
    static @Nullable PageMessage decode(ByteBuffer bytes) {
        if (bytes.remaining() < 2 || bytes.get() != VERSION) {
            return null;
        }
        byte kind = bytes.get();
        if (kind == WATCH && !bytes.hasRemaining()) {
            return new Watch();
        }
        if (kind != REPORT || bytes.remaining() != REPORT_NUMBERS * Long.BYTES) {
            return null;
        }
        for (int at = bytes.position(); at < bytes.limit(); at += Long.BYTES) {
            if (bytes.getLong(at) < 0) {
                return null;
            }
        }
        return new Report(
                bytes.getLong(),
                bytes.getLong(),
                bytes.getLong(),
                bytes.getLong(),
                bytes.getLong(),
                bytes.getLong(),
                bytes.getLong());
    }

    private static ByteBuffer start(byte kind, int numbers) {
        return ByteBuffer.allocate(2 + numbers * Long.BYTES).put(VERSION).put(kind);
    }
}
