package io.vsring.ring;

import io.vsring.ConfigurationChange;
import io.vsring.Delivery;
import io.vsring.Guarantee;
import io.vsring.MemberId;
import io.vsring.MemberSet;
import io.vsring.Receipt;
import io.vsring.RingId;
import java.io.IOException;
import java.nio.file.Path;
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
    private static final long END_MILLIS_MAX = 5_000;

    private final Path path;
    private final TraceFile file;
    private final TraceQueue queue;
    private final Thread thread;

    /** Of the delivery thread: what is delivered waits for its hash, as for a handler, and not the file. */
    private final ContentHash deliveredHash = new ContentHash();

    private String configuration = ""; // of the delivery thread

    private TraceWriter(Path path, TraceFile file, MemberId self, TraceQueue queue) {
        this.path = path;
        this.file = file;
        this.queue = queue;
        this.thread = new Thread(this::write, "vs-trace-" + Integer.toUnsignedString(self.id()));
        thread.setDaemon(true);
    }

    /**
     * Opens the file, and goes on behind what is in it.
     *
     * @throws RingStartException if it cannot be opened, or another member writes it
     */
    static TraceWriter open(Path path, MemberId self) {
        return start(path, TraceFile.open(path, self, System::nanoTime), self, new TraceQueue(WAITING_BYTES_MAX));
    }

    static TraceWriter start(Path path, TraceFile file, MemberId self, TraceQueue queue) {
        TraceWriter writer = new TraceWriter(path, file, self, queue);
        writer.thread.start();
        return writer;
    }

    @Override
    public void onSubmit(long number, String group, Guarantee guarantee, byte[] bytes) {
        queue.put(new TraceEvent.Submitted(now(), number, group, guarantee, bytes));
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
        if (!queue.isOpen()) {
            return;
        }
        queue.put(new TraceEvent.Delivered(
                now(),
                delivery.configuration(),
                delivery.sequence(),
                delivery.index(),
                delivery.sender(),
                delivery.number(),
                delivery.group(),
                delivery.guarantee(),
                delivery.length(),
                deliveredHash.of(delivery.bytes())));
    }

    @Override
    public void onConfigurationChange(ConfigurationChange change) {
        configuration = change.configuration().id();
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

    @Override
    public void onPrimary(boolean primary, String label, MemberSet members) {
        queue.put(new TraceEvent.Primary(now(), primary, label, members));
    }

    @Override
    public void onDigest(long applied, long digest) {
        queue.put(new TraceEvent.Digest(now(), configuration, applied, digest));
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
        if (thread.isAlive()) {
            LOG.warn("the trace {} is still being written, after the end of its member", path);
        }
    }

    @SuppressWarnings("CatchingUnchecked") // the top of a thread
    private void write() {
        try (file) {
            boolean goesOn = true;
            while (goesOn) {
                goesOn = queue.isOpen(); // looked at first: what came before the end is still polled
                writeWhatWaits();
                if (goesOn) {
                    queue.pause();
                }
            }
            if (queue.isCut()) {
                String reason = "the file could not follow: events with more than " + queue.boundBytes()
                        + " bytes waited to be written";
                file.append(new TraceEvent.Ended(now(), reason));
                file.flush();
                LOG.error("the trace {} ends, but the member goes on: {}", path, reason);
            }
        } catch (Throwable e) {
            queue.cut();
            queue.clear();
            LOG.error("the trace {} ends, but the member goes on", path, e);
        }
    }

    private void writeWhatWaits() throws IOException {
        TraceEvent event;
        while ((event = queue.poll()) != null) {
            file.append(event);
        }
        file.flush();
    }

    private static long now() {
        return System.currentTimeMillis();
    }
}
