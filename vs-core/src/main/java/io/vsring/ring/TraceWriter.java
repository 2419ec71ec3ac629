package io.vsring.ring;

import io.vsring.ConfigurationChange;
import io.vsring.Delivery;
import io.vsring.Guarantee;
import io.vsring.MemberId;
import io.vsring.Receipt;
import io.vsring.RingId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the trace of a member, line by line, on a thread of its own ({@code docs/trace.md}).
 *
 * <p>What has happened is in the file some ten milliseconds later. The ring never waits for the file: if the file
 * cannot follow, the trace ends with a line that says so, and has no hole before it.
 */
final class TraceWriter implements RingObserver {

    private static final Logger LOG = LoggerFactory.getLogger(TraceWriter.class);
    private static final long WAITING_BYTES_MAX = 64L << 20;
    private static final int BATCH_CHARS = 1 << 16;
    private static final long END_MILLIS_MAX = 5_000;

    private final Path file;
    private final FileChannel channel;
    private final TraceQueue queue;
    private final TraceLine line;
    private final Thread thread;

    private TraceWriter(Path file, FileChannel channel, MemberId self, TraceQueue queue) {
        this.file = file;
        this.channel = channel;
        this.queue = queue;
        this.line = new TraceLine(self);
        this.thread = new Thread(this::write, "vs-trace-" + Integer.toUnsignedString(self.id()));
        thread.setDaemon(true);
    }

    /**
     * Opens the file, and goes on behind what is in it.
     *
     * @throws RingStartException if it cannot be opened
     */
    static TraceWriter open(Path file, MemberId self) {
        return open(file, self, new TraceQueue(WAITING_BYTES_MAX));
    }

    static TraceWriter open(Path file, MemberId self, TraceQueue queue) {
        try {
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            goToEnd(channel);
            TraceWriter writer = new TraceWriter(file, channel, self, queue);
            writer.thread.start();
            return writer;
        } catch (IOException e) {
            throw new RingStartException("vs.trace.file: " + file + " cannot be written: " + e, e);
        }
    }

    @Override
    public void onSubmit(long number, String group, Guarantee guarantee, byte[] bytes) {
        queue.put(new TraceEvent.Submitted(
                now(), number, group, guarantee, new TraceEvent.Bytes(bytes, 0, bytes.length)));
    }

    @Override
    public void onSent(long number, RingId ringId, long sequence, int index) {
        queue.put(new TraceEvent.Sent(now(), number, ringId, sequence, index));
    }

    @Override
    public void onRefused(String reason) {
        queue.put(new TraceEvent.Refused(now(), reason));
    }

    @Override
    public void onDeliver(Delivery delivery) {
        queue.put(new TraceEvent.Delivered(
                now(),
                delivery.configuration(),
                delivery.sequence(),
                delivery.index(),
                delivery.sender(),
                delivery.number(),
                delivery.group(),
                delivery.guarantee(),
                bytes(delivery)));
    }

    @Override
    public void onConfigurationChange(ConfigurationChange change) {
        queue.put(new TraceEvent.Installed(now(), change.configuration()));
    }

    @Override
    public void onDelivered(Receipt receipt) {
        queue.put(new TraceEvent.Known(now(), receipt.number(), "delivered"));
    }

    @Override
    public void onUnknown(long number) {
        queue.put(new TraceEvent.Known(now(), number, "unknown"));
    }

    /** Waits, for some seconds at most, until the file is complete. */
    @Override
    public void onClosed() {
        queue.finish(thread);
        try {
            TimeUnit.MILLISECONDS.timedJoin(thread, END_MILLIS_MAX);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static TraceEvent.Bytes bytes(Delivery delivery) {
        if (delivery instanceof CurrentDelivery current) {
            return new TraceEvent.Bytes(current.array(), current.offset(), current.length());
        }
        byte[] bytes = delivery.toByteArray();
        return new TraceEvent.Bytes(bytes, 0, bytes.length);
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

    private void write() {
        try (channel) {
            boolean goesOn = true;
            while (goesOn) {
                goesOn = !queue.isFinished() && !queue.isCut(); // looked at first: what came before it is still polled
                writeWhatWaits();
                if (goesOn) {
                    queue.pause();
                }
            }
            if (queue.isCut()) {
                String reason = "the file could not follow: more than " + (WAITING_BYTES_MAX >> 20)
                        + " MiB waited to be written";
                line.append(new TraceEvent.Ended(now(), reason));
                flush();
                LOG.error("the trace {} ends, but the member goes on: {}", file, reason);
            }
        } catch (IOException | RuntimeException e) {
            queue.cut();
            LOG.error("the trace {} ends, but the member goes on", file, e);
        }
    }

    private void writeWhatWaits() throws IOException {
        TraceEvent event;
        while ((event = queue.poll()) != null) {
            line.append(event);
            if (line.length() >= BATCH_CHARS) {
                flush();
            }
        }
        flush();
    }

    private void flush() throws IOException {
        if (line.length() > 0) {
            ByteBuffer bytes = ByteBuffer.wrap(line.take().getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }

    private static long now() {
        return System.currentTimeMillis();
    }
}
