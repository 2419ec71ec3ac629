package io.vsring.transport;

/**
 * A thread and its clock: what is given to it runs one after the other. In the simulator both are virtual.
 *
 * <p>Any thread may call these methods.
 */
public interface LoopThread {

    /** Runs the task after all that were given before. Ignored once the thread has been closed. */
    void execute(Runnable task);

    /** Runs the task once after this delay. Cannot be cancelled: a task that is no longer wanted does nothing. */
    void schedule(Runnable task, long delayNanos);

    /** Now, in nanoseconds from an arbitrary origin; never goes back. */
    long nanoTime();

    /** Whether the caller is this thread. */
    boolean isCurrent();

    /** Runs what was given so far, and then ends. Returns at once. */
    void close();
}
