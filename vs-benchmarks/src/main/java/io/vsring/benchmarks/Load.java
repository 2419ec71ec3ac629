package io.vsring.benchmarks;

import io.vsring.benchmarks.peer.MessageChannel;
import io.vsring.benchmarks.peer.Mode;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * One sender: keeps so many messages in flight until the run is over, and measures each from its offer to its own
 * delivery.
 *
 * <p>It runs on a thread of its own, is told of outcomes on another one, and allocates nothing per message.
 */
final class Load implements Runnable, MessageChannel.Sender {

    private static final long HIGHEST_NANOS = 60_000_000_000L;
    private static final long WAIT_NANOS_MAX = 100_000_000L;

    private final MessageChannel channel;
    private final Plan plan;
    private final Schedule schedule;
    private final long[] offeredAt;
    private final Histogram latencies = new Histogram(HIGHEST_NANOS, 3);

    private long offered; // by this thread
    private long refused;
    private long ownInWindow; // on the delivery thread
    private volatile long completed;
    private volatile long wakeAt;
    private volatile @Nullable Thread waiting;
    private volatile boolean lost;

    Load(MessageChannel channel, Plan plan, Schedule schedule) {
        this.channel = channel;
        this.plan = plan;
        this.schedule = schedule;
        this.offeredAt = new long[Integer.highestOneBit(plan.inFlight()) * 2];
    }

    /** Sends until the schedule says that it is enough, then waits for what is in flight. */
    @Override
    public void run() {
        parkUntil(schedule.start());
        if (plan.mode() == Mode.IDLE) {
            closedLoop(schedule.warm());
            awaitInFlight(0);
            paced(schedule.from());
        } else if (plan.mode() == Mode.FAILOVER) {
            paced(schedule.start());
        } else {
            closedLoop(schedule.until());
        }
        awaitInFlight(0);
    }

    private void closedLoop(long until) {
        while (!lost && System.nanoTime() - until < 0) {
            if (offered - completed >= plan.inFlight() || !offer()) {
                awaitInFlight(plan.inFlight() / 2); // half of them back are worth a wake-up
            }
        }
    }

    /** One message after the other at its time, however long those before take. */
    private void paced(long begin) {
        for (long due = begin; !lost && due - schedule.until() < 0; due += plan.intervalNanos()) {
            parkUntil(due);
            while (!lost && !offer()) {
                awaitInFlight(0);
            }
        }
    }

    private boolean offer() {
        int slot = (int) (offered + 1) & (offeredAt.length - 1);
        offeredAt[slot] = System.nanoTime();
        if (!channel.offer(offered + 1, this)) {
            refused++;
            return false;
        }
        offered++;
        return true;
    }

    /** Waits until so many are left in flight, and at least one has come back: one wake-up for many messages. */
    private void awaitInFlight(int count) {
        long target = Math.min(offered, Math.max(offered - count, completed + 1));
        wakeAt = target;
        waiting = Thread.currentThread();
        while (completed < target && !lost) {
            LockSupport.parkNanos(this, WAIT_NANOS_MAX);
        }
        waiting = null;
    }

    private static void parkUntil(long instant) {
        for (long left = instant - System.nanoTime(); left > 0; left = instant - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    @Override
    public void delivered(long number) {
        long now = System.nanoTime();
        if (schedule.isMeasured(now)) {
            latencies.recordValue(Math.min(HIGHEST_NANOS, now - offeredAt[(int) number & (offeredAt.length - 1)]));
            ownInWindow++;
        }
        completed = number;
        Thread thread = waiting;
        if (thread != null && number >= wakeAt) {
            waiting = null;
            LockSupport.unpark(thread);
        }
    }

    @Override
    public void lost() {
        lost = true;
        Thread thread = waiting;
        if (thread != null) {
            LockSupport.unpark(thread);
        }
    }

    /** Latencies of the measured window, in nanoseconds. After the run. */
    Histogram latencies() {
        return latencies;
    }

    /** Own messages delivered in the measured window. After the run. */
    long ownInWindow() {
        return ownInWindow;
    }

    /** Offers that found no room. After the run. */
    long refused() {
        return refused;
    }

    /** Whether the ring was closed under the load. */
    boolean isLost() {
        return lost;
    }
}
