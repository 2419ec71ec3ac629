package io.vsring.test.hostile;

import io.vsring.Guarantee;
import io.vsring.Receipt;
import io.vsring.replicated.Codec;
import io.vsring.replicated.LockHandle;
import io.vsring.replicated.ReplicatedObjects;
import io.vsring.ring.Outcome;
import io.vsring.ring.Ring;
import io.vsring.ring.RingClosedException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** What a member has to do, on a thread of its own; begun and ended by one other. */
final class MemberLoad implements Outcome {

    /** In all that the paced load says and stores: so each of its datagrams is one in which it could be seen. */
    private static final String MARKER = MarkerSearch.WORD;

    private static final byte[] MESSAGE = (MARKER + "-message").getBytes(StandardCharsets.US_ASCII);
    private static final String GROUP = MARKER + "-group-load";
    private static final long RETRY_NANOS = 100_000;
    private static final int PACED_BYTES = 200;
    private static final int ENTRIES = 100;

    private final ReplicatedObjects objects;
    private final int number;
    private final AtomicLong underWay = new AtomicLong();
    private volatile boolean isOn;
    private volatile @Nullable Thread thread;

    MemberLoad(ReplicatedObjects objects, int number) {
        this.objects = objects;
        this.number = number;
    }

    /** Keeps so many messages in flight. */
    void closed(int inFlight, int bytes) {
        begin(() -> {
            byte[] message = new byte[bytes];
            Ring ring = objects.ring();
            while (isOn) {
                if (underWay.get() >= inFlight) {
                    await(inFlight / 2);
                }
                if (ring.offer(GROUP, message, Guarantee.AGREED, this)) {
                    underWay.incrementAndGet();
                } else {
                    LockSupport.parkNanos(this, RETRY_NANOS);
                }
            }
        });
    }

    /** So many a second of messages, puts, additions and locks, in turn. */
    void paced(int perSecond) {
        begin(() -> {
            long gapNanos = TimeUnit.SECONDS.toNanos(1) / perSecond;
            long due = System.nanoTime();
            for (long count = 0; isOn; count++) {
                act(count);
                due += gapNanos;
                for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                    LockSupport.parkNanos(this, left);
                }
            }
        });
    }

    private void act(long count) {
        switch ((int) (count % 4)) {
            case 0 -> {
                byte[] message = Arrays.copyOf(MESSAGE, PACED_BYTES);
                if (objects.ring().offer(GROUP, message, Guarantee.AGREED, this)) {
                    underWay.incrementAndGet();
                }
            }
            case 1 ->
                settles(objects.map(MARKER + "-map-load", Codec.strings(), Codec.strings())
                        .putAsync(MARKER + "-key-" + count % ENTRIES, MARKER + "-value-" + count));
            case 2 -> settles(objects.counter(MARKER + "-counter-load").addAndGetAsync(1));
            default ->
                settles(objects.locks()
                        .acquireAsync(MARKER + "-lock-load-" + number)
                        .thenCompose(LockHandle::releaseAsync));
        }
    }

    private void settles(CompletableFuture<?> call) {
        underWay.incrementAndGet();
        var unused = call.whenComplete((result, failure) -> underWay.decrementAndGet());
    }

    private void begin(Runnable work) {
        isOn = true;
        Thread begun = new Thread(work, "load");
        begun.setDaemon(true);
        begun.start();
        thread = begun;
    }

    /** Ends it, and waits until all is settled. */
    void stop() throws InterruptedException {
        isOn = false;
        Thread begun = thread;
        if (begun != null) {
            begun.join();
        }
        await(0);
    }

    private void await(int left) {
        while (underWay.get() > left) {
            LockSupport.parkNanos(this, RETRY_NANOS);
        }
    }

    @Override
    public void delivered(Receipt receipt) {
        underWay.decrementAndGet();
    }

    @Override
    public void unknown(RingClosedException cause) {
        underWay.decrementAndGet();
    }
}
