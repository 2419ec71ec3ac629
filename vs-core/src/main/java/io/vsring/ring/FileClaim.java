package io.vsring.ring;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import org.jspecify.annotations.Nullable;

/** The right to write a file, which one member has at a time, of all in this process and in others. */
final class FileClaim {

    /** Far behind all content: on some systems nobody else can read what is locked. */
    private static final long PLACE = Long.MAX_VALUE - 1;

    private FileClaim() {}

    /**
     * Takes the right, and has it until the channel is closed or the process ends, however it ends.
     *
     * @return null if somebody else has it; to be kept as long as the channel is open
     */
    static @Nullable FileLock take(FileChannel channel) throws IOException {
        try {
            return channel.tryLock(PLACE, 1, false);
        } catch (OverlappingFileLockException somebodyInThisProcess) {
            return null;
        }
    }
}
