package io.vsring.actuate;

import io.vsring.ring.Ring;
import io.vsring.ring.RingStatistics;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A number that members count, all that run here one after the other: what one has counted is added to what those
 * before it had. Never goes back. Any thread.
 */
final class RingCount {

    private final Supplier<@Nullable Ring> running;
    private final ToLongFunction<RingStatistics> number;
    private @Nullable Ring ring; // guarded by this, as all that follows
    private long before;

    /** @param running the ring that runs now; null if none does */
    RingCount(Supplier<@Nullable Ring> running, ToLongFunction<RingStatistics> number) {
        this.running = running;
        this.number = number;
    }

    synchronized double get() {
        Ring now = running.get();
        Ring last = ring;
        if (now != null && now != last) {
            before += of(last); // it has ended, and its last numbers can be asked for
            ring = now;
        }
        return before + of(ring);
    }

    private long of(@Nullable Ring counting) {
        return counting == null ? 0 : number.applyAsLong(counting.statistics());
    }
}
