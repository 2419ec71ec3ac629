package io.vsring.ring;

import io.vsring.transport.LoopThread;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;

/** A loop thread on virtual time, run by the test. */
final class VirtualLoop implements LoopThread {

    private record Later(long at, long order, Runnable task) implements Comparable<Later> {
        @Override
        public int compareTo(Later other) {
            return at != other.at ? Long.compare(at, other.at) : Long.compare(order, other.order);
        }
    }

    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private final PriorityQueue<Later> later = new PriorityQueue<>();
    private long now = 1_000_000_000_000L;
    private long order;
    private long wakes;
    private boolean closed;
    private boolean timersFirst;
    private boolean dead;
    private boolean lends;
    private boolean lent;
    private Error refusal;
    private final List<Runnable> whenEnded = new ArrayList<>();

    @Override
    public void execute(Runnable task) {
        if (refusal != null) {
            throw refusal;
        }
        if (!closed) {
            tasks.add(task);
        }
    }

    @Override
    public Scheduled schedule(Runnable task, long delayNanos) {
        Later wanted = new Later(now + delayNanos, order++, task);
        if (!dead) {
            later.add(wanted);
        }
        return () -> later.remove(wanted);
    }

    @Override
    public long nanoTime() {
        return now;
    }

    @Override
    public boolean isCurrent() {
        return lent;
    }

    /** From now on others may do its work while it has none. */
    void lend() {
        lends = true;
    }

    @Override
    public boolean standIn(BooleanSupplier step) {
        if (!lends || closed || !tasks.isEmpty()) {
            return false;
        }
        lent = true;
        boolean more = true;
        while (more && tasks.isEmpty()) {
            more = step.getAsBoolean();
        }
        lent = false;
        return true;
    }

    boolean isStandIn() {
        return lent;
    }

    @Override
    public void whenEnded(Runnable task) {
        whenEnded.add(task);
    }

    /** The thread ends, and with it what it was going to do. */
    void die() {
        closed = true;
        dead = true;
        tasks.clear();
        later.clear();
        whenEnded.forEach(Runnable::run);
    }

    /** From now on whoever gives it a task gets this; null: no longer. */
    void refuse(Error thrown) {
        refusal = thrown;
    }

    @Override
    public void close() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }

    /** How often somebody asked to be called later. */
    long schedules() {
        return order;
    }

    /** How often somebody who had asked for it was called later. */
    long wakes() {
        return wakes;
    }

    /** Runs what has been given so far, and what that gives. */
    void run() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    /** Lets time pass; what becomes due on the way runs at its time. */
    void pass(long nanos) {
        long end = now + nanos;
        if (!timersFirst) {
            run();
        }
        while (!closed && !later.isEmpty() && later.peek().at() <= end) {
            Later next = later.poll();
            now = Math.max(now, next.at());
            wakes++;
            next.task().run();
            run();
        }
        now = end;
        run();
    }

    /** From now on what is due is done before what has been given. */
    void doTimersFirst() {
        timersFirst = true;
    }

    /** Lets time pass in which nothing runs: the process stands still. */
    void freeze(long nanos) {
        now += nanos;
    }
}
