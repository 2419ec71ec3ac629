package io.vsring.test.simulation;

import io.vsring.transport.LoopThread;
import java.util.ArrayDeque;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A thread on virtual time. It can be slow, it can stop for a while, and it can die between any two of its tasks.
 *
 * <p>In one turn it does all that is ready: first what its input has, then the tasks, or the other way round, by
 * chance. A turn takes as long as the tasks in it cost; what comes meanwhile waits for the next turn.
 */
final class SimulatedLoop implements LoopThread, EventQueue.Target {
    /** Where a loop looks for input besides its tasks. */
    interface Input {
        /** Handles what has arrived; returns how many. */
        int read();
    }

    private final EventQueue queue;
    private final Dice dice;
    private final long origin;
    private final ArrayDeque<Runnable> ready = new ArrayDeque<>();
    private @Nullable Input input;
    private Runnable afterTurn = () -> {};
    private boolean hasInput;
    private boolean awake;
    private boolean running;
    private boolean lent;
    private boolean dead;
    private boolean closing;
    private long freeAt;
    private long costNanos;
    private long sentNanos;

    SimulatedLoop(EventQueue queue, Dice dice) {
        this.queue = queue;
        this.dice = dice;
        this.origin = dice.between(1L, 1L << 50);
    }

    void reads(Input source) {
        input = source;
    }

    /** What is looked at after each turn. */
    void afterTurn(Runnable look) {
        afterTurn = look;
    }

    /** What each task and each datagram costs from now on. */
    void costs(long nanos) {
        costNanos = nanos;
    }

    /** Sends something that costs so much; returns how long it waits for what this turn has sent before. */
    long sends(long nanos) {
        long before = sentNanos;
        sentNanos += nanos;
        return before;
    }

    /** Stops until then, in virtual time. */
    void pauseUntil(long nanos) {
        freeAt = Math.max(freeAt, nanos);
    }

    /** Goes on now. */
    void resume() {
        if (freeAt > queue.now()) {
            freeAt = queue.now();
            awake = true;
            queue.at(freeAt, this, null);
        }
    }

    /** Whether nothing of what is given to it runs right now. */
    boolean isPaused() {
        return freeAt > queue.now();
    }

    void kill() {
        dead = true;
        ready.clear();
    }

    boolean isDead() {
        return dead;
    }

    void inputArrived() {
        hasInput = true;
        wake();
    }

    private void wake() {
        if (!awake && !running && !dead) {
            awake = true;
            queue.at(freeAt, this, null);
        }
    }

    @Override
    public void happen(@Nullable Object what) {
        if (dead) {
            return;
        }
        if (what != null) {
            Later due = (Later) what;
            if (!due.cancelled) {
                ready.add(due);
                wake();
            }
        } else if (freeAt > queue.now()) {
            queue.at(freeAt, this, null);
        } else {
            awake = false;
            turn();
        }
    }

    private void turn() {
        running = true;
        boolean tasksFirst = !ready.isEmpty() && hasInput && dice.chance(0.5);
        int done = tasksFirst ? runReady() : 0;
        if (hasInput && input != null && !dead) {
            hasInput = false;
            done += input.read();
        }
        if (!tasksFirst) {
            done += runReady();
        }
        running = false;
        if (!dead) {
            afterTurn.run();
        }
        freeAt = Math.max(freeAt, queue.now() + done * costNanos + sentNanos);
        sentNanos = 0;
        if (!ready.isEmpty() || hasInput) {
            wake();
        } else if (closing) {
            dead = true;
        }
    }

    /** Runs what is ready now; what these tasks add has to wait for the next turn. */
    private int runReady() {
        int count = ready.size();
        for (int done = 0; done < count && !dead; done++) {
            ready.remove().run();
        }
        return count;
    }

    @Override
    public void execute(Runnable task) {
        if (!dead && !closing) {
            ready.add(task);
            wake();
        }
    }

    @Override
    public Scheduled schedule(Runnable task, long delayNanos) {
        Later later = new Later(task);
        if (!dead && !closing) {
            queue.at(queue.now() + Math.max(0, delayNanos), this, later);
        }
        return later;
    }

    @Override
    public long nanoTime() {
        return origin + queue.now();
    }

    @Override
    public boolean isCurrent() {
        return running || lent;
    }

    /** By chance, so that all that can be done in a thread's stead is also done on the thread itself. */
    @Override
    public boolean standIn(BooleanSupplier step) {
        boolean atRest = !running && !lent && !dead && !closing && ready.isEmpty() && !hasInput && !isPaused();
        if (!atRest || !dice.chance(0.75)) {
            return false;
        }
        lent = true;
        boolean more = true;
        while (more && ready.isEmpty() && !dead) {
            more = step.getAsBoolean();
        }
        lent = false;
        return true;
    }

    /** Whether somebody does its work at this moment. */
    boolean isStandIn() {
        return lent;
    }

    /** A simulated thread ends with its ring, or with its whole process, which then has nobody to tell. */
    @Override
    public void whenEnded(Runnable task) {}

    @Override
    public void close() {
        closing = true;
        wake();
    }

    /** It may be called off until the moment it runs. */
    private static final class Later implements Scheduled, Runnable {

        private final Runnable task;
        private boolean cancelled;

        Later(Runnable task) {
            this.task = task;
        }

        @Override
        public void run() {
            if (!cancelled) {
                task.run();
            }
        }

        @Override
        public void cancel() {
            cancelled = true;
        }
    }
}
