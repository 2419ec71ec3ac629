package io.vsring.ring;

import io.vsring.MemberId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The file of a trace. Lines wait for a few milliseconds at most, so that many go to the system at once. Once it is
 * open, for the writing thread only.
 */
final class TraceFile implements AutoCloseable {

    static final long WAIT_NANOS_MAX = TimeUnit.MILLISECONDS.toNanos(5);
    private static final int BATCH_CHARS = 1 << 16;

    private final FileChannel channel;

    @SuppressWarnings("unused") // held as long as the channel is open
    private final FileLock claim;

    private final TraceLine lines;
    private final LongSupplier nanoTime;
    private long flushedNanos;

    private TraceFile(FileChannel channel, FileLock claim, MemberId self, LongSupplier nanoTime) {
        this.channel = channel;
        this.claim = claim;
        this.lines = new TraceLine(self);
        this.nanoTime = nanoTime;
        this.flushedNanos = nanoTime.getAsLong();
    }

    /**
     * Opens the file, and goes on behind what is in it.
     *
     * @throws RingStartException if it cannot be opened, or another member writes it
     */
    static TraceFile open(Path file, MemberId self, LongSupplier nanoTime) {
        try {
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            try {
                FileLock claim = FileClaim.take(channel);
                if (claim == null) {
                    throw new RingStartException("vs.trace.file: another member, here or in another process, writes "
                            + file + ". Set vs.trace.file to a file of its own for each member");
                }
                goToEnd(channel);
                return new TraceFile(channel, claim, self, nanoTime);
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw new RingStartException(
                    "vs.trace.file: " + file + " cannot be written: " + e
                            + ". Set vs.trace.file to a file that this process may write, in a directory that is there",
                    e);
        }
    }

    /** Appends one event, and gives the system all that waits if that is much, or has waited for long. */
    void append(TraceEvent event) throws IOException {
        lines.append(event);
        if (lines.length() >= BATCH_CHARS || nanoTime.getAsLong() - flushedNanos >= WAIT_NANOS_MAX) {
            flush();
        }
    }

    /** Gives the system all that waits. */
    void flush() throws IOException {
        if (lines.length() > 0) {
            ByteBuffer bytes = ByteBuffer.wrap(lines.take().getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            flushedNanos = nanoTime.getAsLong();
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** A process that was killed may have left half a line. */
    private static void goToEnd(FileChannel channel) throws IOException {
        long size = channel.size();
        channel.position(size);
        ByteBuffer last = ByteBuffer.allocate(1);
        if (size > 0 && channel.read(last, size - 1) == 1 && last.get(0) != '\n') {
            channel.write(ByteBuffer.wrap(new byte[] {'\n'}));
        }
    }
}
