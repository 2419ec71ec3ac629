package io.vsring.page;

import io.vsring.ConfigurationChange;
import io.vsring.Delivery;
import io.vsring.Guarantee;
import io.vsring.MemberId;
import io.vsring.Receipt;
import io.vsring.replicated.ReplicatedObjects;
import io.vsring.ring.Outcome;
import io.vsring.ring.Ring;
import io.vsring.ring.RingClosedException;
import io.vsring.ring.RingObserver;
import io.vsring.ring.RingStatistics;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * What the members of the ring tell of themselves while somebody looks. The ring carries it: a member that is looked at
 * multicasts that it is, and whoever delivers this multicasts how it is doing, twice a second, until it has heard no
 * such thing for a while. A ring at which nobody looks carries nothing of it.
 *
 * <p><b>Threading.</b> Told by the ring's delivery thread, asked by any.
 *
 * @since 0.1
 */
public final class MemberReports implements RingObserver {

    /** The group in which members tell of themselves. */
    static final String GROUP = "vs.page";

    private static final Duration REPORT_EVERY = Duration.ofMillis(500);
    private static final long WATCHED_NANOS = 5_000_000_000L;

    private final ReplicatedObjects objects;
    private final LongSupplier nanoTime;
    private final Map<MemberId, Heard> heard = new ConcurrentHashMap<>();
    private final AtomicLong malformed = new AtomicLong();
    private volatile boolean reporting; // by the delivery thread, as what follows
    private volatile long watchedNanos;
    private volatile long latencyNanos;

    /**
     * Of whatever member is behind these objects.
     *
     * @param nanoTime a clock such as {@link System#nanoTime}
     */
    public MemberReports(ReplicatedObjects objects, LongSupplier nanoTime) {
        this.objects = objects;
        this.nanoTime = nanoTime;
    }

    /** A report, the number of the frame that brought it, and when it was delivered here. */
    record Heard(PageMessage.Report report, long sequence, long atNanos) {}

    /** The last report of each member of the configuration that has sent one. */
    Map<MemberId, Heard> heard() {
        return Map.copyOf(heard);
    }

    /** Messages in the group of the page that nobody here understands. */
    long malformed() {
        return malformed.get();
    }

    long nanoTime() {
        return nanoTime.getAsLong();
    }

    /** Somebody looks: asks all members for reports. */
    void watch() {
        multicast(new PageMessage.Watch(), Ignored.INSTANCE);
    }

    @Override
    public void onDeliver(Delivery delivery) {
        if (GROUP.equals(delivery.group())) {
            receive(delivery);
        }
    }

    private void receive(Delivery delivery) {
        PageMessage message = PageMessage.decode(delivery.bytes());
        if (message instanceof PageMessage.Report report) {
            // One that waited for a new ring tells of positions on the old one.
            if (report.ring() == delivery.configuration().ringId().sequence()) {
                heard.put(delivery.sender(), new Heard(report, delivery.sequence(), nanoTime()));
            }
        } else if (message instanceof PageMessage.Watch) {
            watchedNanos = nanoTime();
            if (!reporting) {
                reporting = true;
                report();
            }
        } else {
            malformed.incrementAndGet();
        }
    }

    /** What was told was about positions on the ring before. */
    @Override
    public void onConfigurationChange(ConfigurationChange change) {
        heard.clear();
    }

    @Override
    public void onClosed() {
        reporting = false;
        heard.clear();
    }

    private void report() {
        if (nanoTime() - watchedNanos > WATCHED_NANOS) {
            reporting = false;
            return;
        }
        try {
            Ring ring = objects.ring();
            multicast(own(ring), new RoundTrip(nanoTime()));
            ring.schedule(this::report, REPORT_EVERY);
        } catch (RingClosedException ended) {
            reporting = false;
        }
    }

    private PageMessage.Report own(Ring ring) {
        RingStatistics now = ring.statistics();
        return new PageMessage.Report(
                ring.status().configuration().ringId().sequence(),
                now.deliveredSequence(),
                now.safeSequence(),
                now.messagesDelivered(),
                now.sendQueueBytes(),
                now.deliveryLaneFrames(),
                latencyNanos);
    }

    /** What finds no room is left out: the next one says more. */
    private void multicast(PageMessage message, Outcome outcome) {
        try {
            boolean unused = objects.ring().offer(GROUP, message.encode(), Guarantee.AGREED, outcome);
        } catch (RingClosedException ended) {
            heard.clear();
        }
    }

    /** Measures how long an agreed message takes from here to here. */
    private final class RoundTrip implements Outcome {

        private final long offeredNanos;

        RoundTrip(long offeredNanos) {
            this.offeredNanos = offeredNanos;
        }

        @Override
        public void delivered(Receipt receipt) {
            latencyNanos = Math.max(0, nanoTime() - offeredNanos);
        }

        @Override
        public void unknown(RingClosedException cause) {}
    }

    private enum Ignored implements Outcome {
        INSTANCE;

        @Override
        public void delivered(Receipt receipt) {}

        @Override
        public void unknown(RingClosedException cause) {}
    }
}
