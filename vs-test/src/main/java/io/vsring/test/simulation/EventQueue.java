package io.vsring.test.simulation;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What will happen, by virtual time. What is due at the same moment happens in the order in which it was asked for.
 *
 * <p>A binary heap in parallel arrays: an event costs no object of its own.
 */
public final class EventQueue {
    /** Something to which things happen. */
    public interface Target {
        /**
         * It is time.
         *
         * @param what the object that came with the event, or null
         */
        void happen(@Nullable Object what);
    }

    private long[] times = new long[256];
    private long[] orders = new long[256];
    private @Nullable Target[] targets = new Target[256];
    private @Nullable Object[] objects = new Object[256];
    private int size;
    private long order;
    private long now;
    private long steps;

    /** Virtual time in nanoseconds from the beginning of the run. */
    public long now() {
        return now;
    }

    /** Events that have happened. */
    public long steps() {
        return steps;
    }

    /** Events that are still to happen. */
    public int size() {
        return size;
    }

    /** Lets something happen at this time, or now if that time is over. */
    public void at(long nanos, Target target, @Nullable Object what) {
        if (size == times.length) {
            grow();
        }
        long time = Math.max(nanos, now);
        long mine = order++;
        int hole = size++;
        while (hole > 0) {
            int parent = (hole - 1) >>> 1;
            if (times[parent] <= time) {
                break; // an equal one was asked for before
            }
            move(parent, hole);
            hole = parent;
        }
        put(hole, time, mine, target, what);
    }

    /** Lets the next event happen. False if there is none up to that time; then it is that time now. */
    public boolean next(long untilNanos) {
        if (size == 0 || times[0] > untilNanos) {
            now = Math.max(now, untilNanos);
            return false;
        }
        now = times[0];
        Target target = targets[0];
        Object what = objects[0];
        removeFirst();
        steps++;
        if (target != null) {
            target.happen(what);
        }
        return true;
    }

    private void removeFirst() {
        int last = --size;
        long time = times[last];
        long mine = orders[last];
        Target target = targets[last];
        Object what = objects[last];
        targets[last] = null;
        objects[last] = null;
        if (last == 0) {
            return;
        }
        int hole = 0;
        while (true) {
            int child = 2 * hole + 1;
            if (child >= size) {
                break;
            }
            if (child + 1 < size && before(child + 1, times[child], orders[child])) {
                child++;
            }
            if (!before(child, time, mine)) {
                break;
            }
            move(child, hole);
            hole = child;
        }
        times[hole] = time;
        orders[hole] = mine;
        targets[hole] = target;
        objects[hole] = what;
    }

    private boolean before(int index, long time, long mine) {
        return times[index] < time || (times[index] == time && orders[index] < mine);
    }

    private void move(int from, int to) {
        times[to] = times[from];
        orders[to] = orders[from];
        targets[to] = targets[from];
        objects[to] = objects[from];
    }

    private void put(int index, long time, long mine, Target target, @Nullable Object what) {
        times[index] = time;
        orders[index] = mine;
        targets[index] = target;
        objects[index] = what;
    }

    private void grow() {
        int capacity = size * 2;
        times = Arrays.copyOf(times, capacity);
        orders = Arrays.copyOf(orders, capacity);
        targets = Arrays.copyOf(targets, capacity);
        objects = Arrays.copyOf(objects, capacity);
    }
}
