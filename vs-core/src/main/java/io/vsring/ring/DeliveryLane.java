package io.vsring.ring;

import io.vsring.ConfigurationChange;
import io.vsring.Member;
import io.vsring.transport.LoopThread;
import io.vsring.wire.DataFrame;
import io.vsring.wire.Mutant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jctools.queues.atomic.SpscGrowableAtomicArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * The hand-off from the loop thread to the delivery thread: frames and configurations in order, and after them the end.
 *
 * <p>{@link #room()} counts down to a soft bound and makes the ring slow down. A hard bound leaves room for a whole
 * store of frames beyond it, since an install hands over all of those at once and must not wait. Over the hard bound
 * something is badly wrong, and the member ends.
 *
 * <p>Beside it the outcomes of own messages pass, which are asked for in the same order in which they were handed over,
 * and tasks of any thread.
 */
final class DeliveryLane {

    /** Who takes what comes out. Called on the delivery thread, where nothing else is said. */
    interface Taker {

        /** All of the frame, or what is left of it. */
        void onFrame(DataFrame frame);

        /** The next message of the frame, if it may be taken on the loop thread in the delivery thread's stead. */
        default Progress onNext(DataFrame frame) {
            return Progress.NOT_HERE;
        }

        /** What {@link #onNext} said may be taken on the loop thread has kept it for so long. Loop thread. */
        default void onSlow(long nanos) {}

        void onInstall(Installation installation);

        /**
         * Nothing comes after it. If the delivery thread has ended, or cannot be reached any more, it is called by
         * whoever found that out.
         */
        void onEnd(@Nullable Throwable failure);
    }

    /** How far a frame has been taken. */
    enum Progress {
        MORE,
        ALL,
        /** The rest is for the delivery thread. */
        NOT_HERE
    }

    /**
     * A configuration on its way to the application.
     *
     * @param change what changes
     * @param members its members with their addresses
     */
    record Installation(ConfigurationChange change, List<Member> members) {}

    /**
     * How much may wait.
     *
     * @param roomFrames the soft bound
     * @param roomBytes the soft bound of their bodies together
     * @param frameBytes no body is longer
     * @param storeFrames frames that an install may hand over beyond the soft bound
     */
    record Bounds(int roomFrames, long roomBytes, int frameBytes, int storeFrames) {

        /** Room for frames of the longest kind in an empty lane. */
        int emptyRoom() {
            return (int) Math.min(roomFrames, roomBytes / frameBytes);
        }
    }

    /** Configurations that may wait. */
    static final int INSTALLATIONS_MAX = 4096;

    /** Tasks for the delivery thread that may wait, those for later included. */
    static final int TASKS_MAX = 1 << 20;

    /**
     * Queues become as long as they have to, once, and then allocate nothing. What is in them has bounds of its own.
     */
    private static final int QUEUE_MAX = 1 << 30;

    private static final int TURN_ITEMS = 256;

    /**
     * So many frames the loop thread takes itself, at most: where more wait there is work for two threads, and the
     * token does not wait for it.
     */
    private static final int FRAMES_HERE_MAX = 4;

    private static final int BYTES_HERE_MAX = 64 * 1024;

    /** So much is few: some thirty small calls, which take less time than a rotation of a ring with little to do. */
    private static final long FEW_BYTES = 2048;

    /** What is quick does not take longer, if the processor is not taken from it. */
    private static final long QUICK_NANOS = 2_000_000;

    /**
     * Where it did take longer the delivery thread gets all work for so many times as long: code that waits although it
     * must not makes the ring wait too, but for a fiftieth of the time at most.
     */
    private static final int SLOW_SHARE = 50;

    /** But not for longer: it may have been the process that stood still. */
    private static final long HANDS_OFF_NANOS_MAX = 10_000_000_000L;

    /** Somebody should know of it. */
    private static final long SLOW_NANOS = 20_000_000;

    private final LoopThread thread;
    private final Taker taker;
    private final Runnable onRoom;
    private final Bounds bounds;
    private final Runnable turn = this::takeTurn;
    private final BooleanSupplier stepHere = this::stepHere;

    private final SpscGrowableAtomicArrayQueue<Object> items = new SpscGrowableAtomicArrayQueue<>(512, QUEUE_MAX);
    private final SpscGrowableAtomicArrayQueue<Outcome> outcomes = new SpscGrowableAtomicArrayQueue<>(512, QUEUE_MAX);
    /** Whether the delivery thread has something to do here; who sets it has to see to that. */
    private final AtomicBoolean scheduled = new AtomicBoolean();

    private final AtomicBoolean narrow = new AtomicBoolean();
    private final AtomicLong framesIn = new AtomicLong();
    private final AtomicLong framesOut = new AtomicLong();
    private final AtomicLong bytesIn = new AtomicLong();
    private final AtomicLong bytesOut = new AtomicLong();
    private final AtomicLong installationsIn = new AtomicLong();
    private final AtomicLong installationsOut = new AtomicLong();
    private final AtomicInteger tasks = new AtomicInteger();

    private long handsOffUntil; // loop thread
    private boolean unannounced; // loop thread: something is there of which the delivery thread does not know
    private @Nullable Outcome unplaced; // loop thread, and after the end whoever tells of it
    private @Nullable Throwable endFailure; // written before ended

    /** The loop thread puts in nothing more. */
    private volatile boolean ended;

    /** The delivery thread has ended: what it had to do here is done by whoever finds out. */
    private volatile boolean orphaned;

    private volatile @Nullable Throwable failure;
    private final AtomicBoolean finished = new AtomicBoolean();

    /** @param onRoom is run by whoever takes something out when there is room again */
    DeliveryLane(LoopThread thread, Taker taker, Runnable onRoom, Bounds bounds) {
        this.thread = thread;
        this.taker = taker;
        this.onRoom = onRoom;
        this.bounds = bounds;
        this.handsOffUntil = thread.nanoTime();
    }

    /** Loop thread. */
    void deliver(DataFrame frame) {
        long in = framesIn.getPlain() + 1;
        long waiting = in - framesOut.getAcquire();
        if (waiting > framesMax()) {
            throw overflow(waiting + " frames", framesMax() + " frames");
        }
        framesIn.setOpaque(in);
        bytesIn.setOpaque(bytesIn.getPlain() + frame.body().length);
        put(frame);
    }

    /** Loop thread. */
    void install(Installation installation) {
        long in = installationsIn.getPlain() + 1;
        long waiting = in - installationsOut.getAcquire();
        if (waiting > INSTALLATIONS_MAX) {
            throw overflow(waiting + " configurations", INSTALLATIONS_MAX + " configurations");
        }
        installationsIn.setOpaque(in);
        put(installation);
    }

    /**
     * Says that nothing comes after what is in the lane now. Loop thread, once; or whoever found that thread ended.
     *
     * <p>Needs no memory. If the delivery thread cannot be told, the taker is told here: nobody else is with it then.
     */
    void end(@Nullable Throwable why) {
        endFailure = why;
        ended = true;
        if (orphaned) {
            finish();
        } else if (!scheduled.getAndSet(true)) {
            try {
                thread.execute(turn);
            } catch (Throwable unreachable) {
                finish();
            }
        }
    }

    /**
     * The delivery thread has ended: if that was not the end of this lane, it breaks. Any thread, once the delivery
     * thread runs no more.
     */
    void abandon() {
        if (!finished.get()) {
            failure = new RingException("the delivery thread has ended: nothing can be handed to the handler any more");
            orphaned = true;
            if (ended) {
                finish();
            }
        }
    }

    /** Why nothing but the end is handed to the taker any more: it broke, or its thread did; null while all is well. */
    @Nullable
    Throwable failure() {
        return failure;
    }

    /** Runs this on the delivery thread, between two items. Any thread. */
    void execute(Runnable task) {
        if (mayWait()) {
            thread.execute(counted(task));
        }
    }

    /** As {@link #execute}, after so many nanoseconds. */
    void schedule(Runnable task, long delayNanos) {
        if (mayWait()) {
            LoopThread.Scheduled unused = thread.schedule(counted(task), delayNanos);
        }
    }

    private boolean mayWait() {
        if (tasks.incrementAndGet() <= TASKS_MAX) {
            return true;
        }
        tasks.decrementAndGet();
        if (failure == null) {
            failure = new RingException(TASKS_MAX + " tasks wait for the delivery thread, and one more cannot:"
                    + " the handler has not returned for a long time, or somebody gives tasks without an end");
        }
        return false;
    }

    private Runnable counted(Runnable task) {
        return () -> {
            tasks.decrementAndGet();
            task.run();
        };
    }

    /** Tasks that wait. Any thread. */
    int tasks() {
        return tasks.get();
    }

    /** Has this outcome wait for the delivery of its message. Loop thread, in the order of the messages' numbers. */
    void expect(Outcome outcome) {
        unplaced = outcome; // it is accepted already: if there is no memory to have it wait, it is told at the end
        if (!outcomes.offer(outcome)) {
            throw overflow("more outcomes", QUEUE_MAX + " outcomes");
        }
        unplaced = null;
    }

    /** The outcome that has waited for longest, or null if none waits. Delivery thread. */
    @Nullable
    Outcome nextOutcome() {
        Outcome next = outcomes.poll();
        if (next == null && ended) {
            next = unplaced;
            unplaced = null;
        }
        return next;
    }

    /**
     * Takes what is quick, and has the delivery thread come if there is something left for it. Loop thread, once at the
     * end of each input.
     */
    void wake() {
        if (unannounced) {
            unannounced = false;
            // A full fence between what was put in and the look at the flag: the delivery thread lowers the flag and
            // looks into the queue after that, so one of the two sees the other.
            if (!scheduled.getAndSet(true)) {
                try {
                    if (takeHere() && items.isEmpty()) {
                        scheduled.set(false);
                    } else {
                        thread.execute(turn);
                    }
                } catch (Throwable unreachable) {
                    scheduled.set(false);
                    throw unreachable;
                }
            }
        }
    }

    /**
     * Takes what is quick, if it is so little that the token may wait for it; {@link #wake} sees to what is left. Loop
     * thread.
     *
     * @return whether something may have been taken
     */
    boolean takeFew() {
        if (!unannounced || bytes() > FEW_BYTES || scheduled.getAndSet(true)) {
            return false;
        }
        try {
            return takeHere();
        } finally {
            unannounced = !items.isEmpty();
            scheduled.set(false);
        }
    }

    /** Takes what is quick in the delivery thread's stead, if that one has nothing to do. Loop thread. */
    private boolean takeHere() {
        if (frames() > FRAMES_HERE_MAX || bytes() > BYTES_HERE_MAX) {
            return false;
        }
        long begin = thread.nanoTime();
        if (begin - handsOffUntil < 0 || !thread.standIn(stepHere)) {
            return false;
        }
        long took = thread.nanoTime() - begin;
        if (took > QUICK_NANOS) {
            handsOffUntil = begin + took + Math.min(HANDS_OFF_NANOS_MAX, SLOW_SHARE * took);
        }
        if (took > SLOW_NANOS) {
            taker.onSlow(took);
        }
        return true;
    }

    /** Takes one message; gives whether the next may follow. Loop thread, instead of the delivery thread. */
    private boolean stepHere() {
        if (failure != null || !(items.peek() instanceof DataFrame frame)) {
            return false;
        }
        try {
            switch (taker.onNext(frame)) {
                case MORE:
                    return true;
                case NOT_HERE:
                    return false;
                case ALL:
                default:
                    items.poll();
                    taken(frame);
                    return true;
            }
        } catch (Throwable thrown) {
            failure = thrown;
            return false;
        }
    }

    /** Frames that fit under the soft bounds, however long they are. Loop thread. */
    int room() {
        int room = roomNow();
        if (room < bounds.emptyRoom() / 4 && !narrow.get()) {
            narrow.set(true);
            // The delivery thread may have passed the half just before it could see that we care: look again.
            room = roomNow();
        }
        return Math.max(0, room);
    }

    /** Frames that have been put in since the start. Loop thread. */
    long framesIn() {
        return framesIn.getPlain();
    }

    /** Frames that have been taken since the start. Any thread. */
    long framesTaken() {
        return framesOut.getAcquire();
    }

    /** Frames that wait. Any thread. */
    int frames() {
        return (int) (framesIn.getOpaque() - framesOut.getAcquire());
    }

    /** The hard bound of {@link #frames}. Any thread. */
    int framesMax() {
        return bounds.roomFrames() + bounds.storeFrames();
    }

    /** Configurations that wait. Any thread. */
    long installations() {
        return installationsIn.getOpaque() - installationsOut.getAcquire();
    }

    private long bytes() {
        return bytesIn.getOpaque() - bytesOut.getAcquire();
    }

    /** Each frame that is put in takes one off, at most: so what the ring is told never goes back. [FLOW-4] */
    private int roomNow() {
        long room = Math.floorDiv(bounds.roomBytes() - bytes(), (long) bounds.frameBytes());
        return (int) Math.min(bounds.roomFrames() - frames(), room);
    }

    private void put(Object item) {
        if (!items.offer(item)) {
            throw overflow("more", QUEUE_MAX + " frames and configurations");
        }
        unannounced = true;
    }

    private static RingException overflow(String found, String bound) {
        return new RingException("the delivery lane has no room: " + found + " wait for the handler, and the bound is "
                + bound + "; the handler has not returned for a long time, or the ring ignored this member's limit");
    }

    private void takeTurn() {
        for (int taken = 0; taken < TURN_ITEMS; taken++) {
            boolean last = ended; // before the look into the queue: what was put in before the end is there then
            Object item = items.poll();
            if (item != null) {
                boolean overtaken = (Mutant.DELIVERIES_SWAPPED && item instanceof DataFrame)
                        || (Mutant.CONFIGURATION_OVERTAKEN && item instanceof Installation);
                if (overtaken && items.peek() instanceof DataFrame later) {
                    items.poll();
                    hand(later);
                }
                hand(item);
            } else if (last) {
                finish();
                return;
            } else if (canSleep()) {
                return;
            }
        }
        try {
            thread.execute(turn);
        } catch (Throwable unreachable) {
            failure = unreachable; // the loop thread sees it, and ends the member
            scheduled.set(false);
            if (ended && scheduled.compareAndSet(false, true)) {
                finish();
            }
        }
    }

    private boolean canSleep() {
        scheduled.set(false);
        return (items.isEmpty() && !ended) || !scheduled.compareAndSet(false, true);
    }

    private void hand(Object item) {
        try {
            if (item instanceof DataFrame frame) {
                if (failure == null) {
                    taker.onFrame(frame);
                }
                taken(frame);
            } else if (item instanceof Installation installation) {
                if (failure == null) {
                    taker.onInstall(installation);
                }
                installationsOut.setRelease(installationsOut.getPlain() + 1);
            }
        } catch (Throwable thrown) {
            failure = thrown; // the loop thread looks at it after each of its steps, and ends the member
        }
    }

    private void taken(DataFrame frame) {
        bytesOut.setRelease(bytesOut.getPlain() + frame.body().length);
        framesOut.set(framesOut.getPlain() + 1); // before the look at narrow, as room() does it the other way round
        announceRoom();
    }

    private void announceRoom() {
        if (narrow.get() && roomNow() >= bounds.emptyRoom() / 2 && narrow.compareAndSet(true, false)) {
            onRoom.run();
        }
    }

    /** By whom ever, but once. */
    private void finish() {
        if (finished.compareAndSet(false, true)) {
            taker.onEnd(endFailure);
        }
    }
}
