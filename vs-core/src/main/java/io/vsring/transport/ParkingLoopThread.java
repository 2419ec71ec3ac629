package io.vsring.transport;

import java.time.Duration;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jctools.queues.atomic.MpscUnboundedAtomicArrayQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread without sockets, for the application's callbacks. Polls for some microseconds when it has run out of work,
 * then parks.
 *
 * <p>Giving it a task allocates nothing, and costs a system call only if the thread is parked. The thread is a daemon.
 */
public final class ParkingLoopThread implements LoopThread {

    private enum State {
        AWAKE,
        /** Entered before the last look at the queue: who adds a task and sees it must wake. */
        PARKED,
        /** Somebody stands in, and will look at the queue when that is over. */
        LENT
    }

    private static final Logger LOG = LoggerFactory.getLogger(ParkingLoopThread.class);

    private static final int QUEUE_CHUNK = 1024;
    private static final int TASKS_BETWEEN_TIMERS = 256;
    private static final int POLLS_BEFORE_PARKING = 200;

    private final MpscUnboundedAtomicArrayQueue<Runnable> tasks = new MpscUnboundedAtomicArrayQueue<>(QUEUE_CHUNK);
    private final PriorityQueue<Later> timers = new PriorityQueue<>();
    private final Thread thread;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private long scheduled;

    private final AtomicReference<State> state = new AtomicReference<>(State.AWAKE);
    private volatile @Nullable Thread standIn;

    /** The thread has something to do as soon as nobody stands in for it. */
    private volatile boolean wanted;

    private volatile boolean closed;

    private ParkingLoopThread(String name) {
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    /**
     * Starts a thread.
     *
     * @param name of the thread, such as {@code vs-delivery-3}
     */
    public static ParkingLoopThread open(String name) {
        ParkingLoopThread loop = new ParkingLoopThread(name);
        loop.thread.start();
        return loop;
    }

    @Override
    public void execute(Runnable task) {
        if (closed) {
            return;
        }
        // The producer's index is moved by a volatile compare-and-set, the state is read after it; the consumer, and
        // who stands in for it, write the state before they read that index. So at least one of the two sees the other.
        tasks.offer(task);
        if (state.get() == State.PARKED) {
            LockSupport.unpark(thread);
        }
    }

    @Override
    public Scheduled schedule(Runnable task, long delayNanos) {
        Later later = new Later(nanoTime() + Math.max(0, delayNanos), task);
        if (isCurrent()) {
            keep(later);
        } else {
            execute(() -> keep(later));
        }
        return later;
    }

    private void keep(Later later) {
        if (!later.cancelled) {
            later.order = scheduled++;
            timers.add(later);
            wanted = isStandIn() || wanted; // it has parked for longer, perhaps
        }
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public boolean isCurrent() {
        return Thread.currentThread() == thread || isStandIn();
    }

    @Override
    public boolean standIn(BooleanSupplier step) {
        if (closed || wanted || !state.compareAndSet(State.PARKED, State.LENT)) {
            return false;
        }
        standIn = Thread.currentThread();
        try {
            boolean begun = false;
            boolean more = true;
            while (more && tasks.isEmpty() && !closed) {
                begun = true;
                more = step.getAsBoolean();
            }
            return begun;
        } finally {
            forgetInterrupt();
            standIn = null;
            state.set(State.PARKED);
            if (!tasks.isEmpty() || closed || wanted) {
                LockSupport.unpark(thread);
            }
        }
    }

    private boolean isStandIn() {
        return Thread.currentThread() == standIn;
    }

    @Override
    public void whenEnded(Runnable task) {
        CompletableFuture<Void> unused = ended.thenRun(task);
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }

    /**
     * Waits until the thread has ended. Not on the thread itself.
     *
     * @return whether it has ended within this time
     * @throws InterruptedException if the caller was interrupted
     */
    public boolean awaitEnd(Duration timeout) throws InterruptedException {
        TimeUnit.NANOSECONDS.timedJoin(thread, timeout.toNanos());
        return !thread.isAlive();
    }

    private void run() {
        try {
            runUntilClosed();
        } finally {
            closed = true; // if something got through to here, nobody else has said so
            ended.complete(null);
        }
    }

    private void runUntilClosed() {
        while (true) {
            boolean closing = closed; // Before the queue is looked at: what was given before close() still runs.
            boolean hadTasks = runTasks();
            boolean hadTimers = runTimers();
            if (!hadTasks && !hadTimers) {
                if (closing) {
                    return;
                }
                idle();
            }
        }
    }

    private boolean runTasks() {
        for (int ran = 0; ran < TASKS_BETWEEN_TIMERS; ran++) {
            Runnable task = tasks.poll();
            if (task == null) {
                return ran > 0;
            }
            runOne(task);
        }
        return true;
    }

    private boolean runTimers() {
        boolean ran = false;
        Later next = timers.peek();
        if (next == null) {
            return false;
        }
        long now = nanoTime();
        while (next != null && next.dueNanos - now <= 0) {
            timers.poll();
            runOne(next.task);
            ran = true;
            next = timers.peek();
        }
        return ran;
    }

    private void runOne(Runnable task) {
        try {
            task.run();
        } catch (Throwable failure) {
            LOG.error("thread={} a task threw and was given up: it should have caught this", thread.getName(), failure);
        } finally {
            forgetInterrupt();
        }
    }

    private void idle() {
        for (int polls = 0; polls < POLLS_BEFORE_PARKING; polls++) {
            if (!tasks.isEmpty() || closed) {
                return;
            }
            Thread.onSpinWait();
        }
        forgetInterrupt();
        wanted = false;
        Later next = timers.peek(); // as long as nobody can stand in
        state.set(State.PARKED);
        if (tasks.isEmpty() && !closed) {
            if (next == null) {
                LockSupport.park(this);
            } else {
                LockSupport.parkNanos(this, next.dueNanos - nanoTime());
            }
        }
        while (!state.compareAndSet(State.PARKED, State.AWAKE)) {
            wanted = true;
            if (state.get() == State.LENT) {
                LockSupport.park(this);
            }
            forgetInterrupt(); // else it would not park
        }
    }

    /** An application's task may leave the flag set, and while it is set nothing parks. Nobody waits for it here. */
    private static void forgetInterrupt() {
        boolean unused = Thread.interrupted();
    }

    private final class Later implements Comparable<Later>, Scheduled {

        private final long dueNanos;
        private final Runnable task;
        private long order;
        private boolean cancelled;

        Later(long dueNanos, Runnable task) {
            this.dueNanos = dueNanos;
            this.task = task;
        }

        @Override
        public void cancel() {
            cancelled = true;
            timers.remove(this);
        }

        @Override
        public int compareTo(Later other) {
            int byTime = Long.signum(dueNanos - other.dueNanos);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }
}
