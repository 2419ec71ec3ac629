package io.vsring.replicated;

/**
 * How a state is sent to those that lack it.
 *
 * @param packBytes in messages of so many bytes; a few are under way at a time, and commands come in between. From 16
 *     to 60,000
 * @param bytesMax who gets it takes in no more than this, in bytes: the state, and the commands that are called while
 *     it comes. Who would have to take more leaves the ring
 */
public record TransferLimits(int packBytes, long bytesMax) {

    private static final int PACK_BYTES = 16 * 1024;
    private static final int PACK_BYTES_MIN = 16;
    private static final int PACK_BYTES_MAX = 60_000;

    public TransferLimits {
        if (packBytes < PACK_BYTES_MIN || packBytes > PACK_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "packBytes must be from " + PACK_BYTES_MIN + " to " + PACK_BYTES_MAX + ", not " + packBytes);
        }
        if (bytesMax < packBytes) {
            throw new IllegalArgumentException("bytesMax must be at least packBytes, not " + bytesMax);
        }
    }

    /** Packs of 16 KiB; half of the memory that this process may use. */
    public static TransferLimits defaults() {
        return new TransferLimits(PACK_BYTES, Runtime.getRuntime().maxMemory() / 2);
    }

    /** As these, with packs of so many bytes. */
    public TransferLimits withPackBytes(int bytes) {
        return new TransferLimits(bytes, bytesMax);
    }
}
