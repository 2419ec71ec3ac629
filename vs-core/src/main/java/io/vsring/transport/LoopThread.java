package io.vsring.transport;

import java.util.function.BooleanSupplier;

/**
 * A thread and its clock: what is given to it runs one after the other. In the simulator both are virtual.
 *
 * <p>Any thread may call these methods. A task must not throw: there is nobody to tell. Whoever gives tasks catches
 * what they throw, and decides.
 */
public interface LoopThread {

    /**
     * Runs the task after all that were given before. Ignored once the thread has been closed. The same task may be
     * given any number of times and runs as often.
     */
    void execute(Runnable task);

    /**
     * Runs the task once after this delay, in nanoseconds, unless that is called off before. Ignored once the thread
     * has been closed.
     */
    Scheduled schedule(Runnable task, long delayNanos);

    /** Now, in nanoseconds from an arbitrary origin; never goes back. */
    long nanoTime();

    /** Whether the caller is this thread, or stands in for it. */
    boolean isCurrent();

    /**
     * Has the caller do what this thread would have been woken for, if it has nothing to do. Until this returns the
     * caller counts as this thread, which runs nothing meanwhile. Not on this thread itself.
     *
     * @param step does one piece of the work and says whether there is more. It is called again until there is none, or
     *     until something has been given to this thread
     * @return whether it was called at all; what is left is to be given to this thread
     */
    default boolean standIn(BooleanSupplier step) {
        return false;
    }

    /**
     * Runs the task once when the thread has ended, whatever ended it; at once if it has ended already. On the last
     * breath of the thread or on another one, which then sees all that the thread has done.
     */
    void whenEnded(Runnable task);

    /** Runs what was given so far, but not what was scheduled for later, and then ends. Returns at once. */
    void close();

    /** A task that is to run later. */
    interface Scheduled {

        /** Calls it off: the task does not run, unless it has done so. On the loop thread only. */
        void cancel();
    }
}
