package io.vsring.actuate;

import io.vsring.ring.Ring;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A number that members count, all that run here one after the other: what one has counted is added to what those
 * before it had. Never goes back. Any thread.
 */
final class RingCount {

    private final Supplier<@Nullable Ring> running;
    private final ToLongFunction<Ring> number;
    private @Nullable Ring ring; // guarded by this, as all that follows
    private long counted; // by that one
    private long before;

    /** @param running the ring that runs now; null if none does */
    RingCount(Supplier<@Nullable Ring> running, ToLongFunction<Ring> number) {
        this.running = running;
        this.number = number;
    }

    synchronized double get() {
        Ring now = running.get();
        Ring last = ring;
        if (now != null && now != last) {
            before += of(last); // it has ended, and its last numbers can be asked for
            counted = 0;
            ring = now;
        }
        return before + of(ring);
    }

    /** What has been counted is not taken back, though nobody may tell it any more. */
    private long of(@Nullable Ring counting) {
        counted = counting == null ? 0 : Math.max(counted, number.applyAsLong(counting));
        return counted;
    }
}
