package io.vsring.ring;

import io.vsring.ConfigurationChange;
import io.vsring.Member;
import io.vsring.transport.LoopThread;
import io.vsring.wire.DataFrame;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jctools.queues.atomic.SpscUnboundedAtomicArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * The hand-off from the loop thread to the delivery thread: frames, configurations and the end, in order.
 *
 * <p>It has two bounds. {@link #room()} counts down to the soft one and makes the ring slow down; the hard one leaves
 * room for a whole store of frames beyond it, since an install hands over all of those at once and must not wait. Over
 * the hard bound something is badly wrong, and the member ends.
 *
 * <p>Beside it the outcomes of own messages pass, which are asked for in the same order in which they were handed over.
 */
final class DeliveryLane {

    /** Who takes what comes out. Called on the delivery thread. */
    interface Taker {

        void onFrame(DataFrame frame);

        void onInstall(Installation installation);

        /** Nothing comes after it. */
        void onEnd(@Nullable Throwable failure);
    }

    /** Who is told what the delivery thread has to say. Called on the delivery thread. */
    interface Listener {

        /** There is room again. */
        void onRoom();

        /** The taker broke: nothing but the end is handed to it any more. */
        void onBroken(Throwable failure);
    }

    /**
     * A configuration on its way to the application.
     *
     * @param change what changes
     * @param members its members with their addresses
     */
    record Installation(ConfigurationChange change, List<Member> members) {}

    private record End(@Nullable Throwable failure) {}

    private static final int INSTALLATIONS_MAX = 4096;
    private static final int TURN_ITEMS = 256;

    private final LoopThread thread;
    private final Taker taker;
    private final Listener listener;
    private final int roomFrames;
    private final int boundFrames;
    private final Runnable turn = this::takeTurn;

    private final SpscUnboundedAtomicArrayQueue<Object> items = new SpscUnboundedAtomicArrayQueue<>(512);
    private final SpscUnboundedAtomicArrayQueue<Outcome> outcomes = new SpscUnboundedAtomicArrayQueue<>(512);
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final AtomicBoolean narrow = new AtomicBoolean();
    private final AtomicLong framesIn = new AtomicLong();
    private final AtomicLong framesOut = new AtomicLong();
    private final AtomicLong installationsOut = new AtomicLong();

    private long installationsIn; // loop thread
    private boolean unannounced; // loop thread: something was put in since the last wake()
    private boolean broken; // delivery thread

    /**
     * @param roomFrames the soft bound
     * @param storeFrames frames that an install may hand over beyond it
     */
    DeliveryLane(LoopThread thread, Taker taker, Listener listener, int roomFrames, int storeFrames) {
        this.thread = thread;
        this.taker = taker;
        this.listener = listener;
        this.roomFrames = roomFrames;
        this.boundFrames = roomFrames + storeFrames;
    }

    /** Loop thread. */
    void deliver(DataFrame frame) {
        long in = framesIn.getPlain() + 1;
        framesIn.setOpaque(in);
        long waiting = in - framesOut.getAcquire();
        if (waiting > boundFrames) {
            throw overflow(waiting + " frames", boundFrames + " frames");
        }
        put(frame);
    }

    /** Loop thread. */
    void install(Installation installation) {
        long waiting = ++installationsIn - installationsOut.getAcquire();
        if (waiting > INSTALLATIONS_MAX) {
            throw overflow(waiting + " configurations", INSTALLATIONS_MAX + " configurations");
        }
        put(installation);
    }

    /** Says that nothing comes after what is in the lane now. Loop thread. */
    void end(@Nullable Throwable failure) {
        put(new End(failure));
        wake();
    }

    /** Has this outcome wait for the delivery of its message. Loop thread, in the order of the messages' numbers. */
    void expect(Outcome outcome) {
        outcomes.offer(outcome);
    }

    /** The outcome that has waited for longest, or null if none waits. Delivery thread. */
    @Nullable
    Outcome nextOutcome() {
        return outcomes.poll();
    }

    /** Has the delivery thread come, if there is something for it. Loop thread, once at the end of each input. */
    void wake() {
        if (unannounced) {
            unannounced = false;
            // A full fence between what was put in and the look at the flag: the delivery thread lowers the flag and
            // looks into the queue after that, so one of the two sees the other.
            if (!scheduled.getAndSet(true)) {
                thread.execute(turn);
            }
        }
    }

    /** Frames that fit under the soft bound. Loop thread. */
    int room() {
        int room = roomFrames - frames();
        if (room < roomFrames / 4 && !narrow.get()) {
            narrow.set(true);
            // The delivery thread may have passed the half just before it could see that we care: look again.
            room = roomFrames - frames();
        }
        return Math.max(0, room);
    }

    /** Frames that wait. Any thread. */
    int frames() {
        return (int) (framesIn.getOpaque() - framesOut.getAcquire());
    }

    private void put(Object item) {
        items.offer(item);
        unannounced = true;
    }

    private static RingException overflow(String found, String bound) {
        return new RingException("the delivery lane has no room: " + found + " wait for the handler, and the bound is "
                + bound + "; the handler has not returned for a long time, or the ring ignored this member's limit");
    }

    private void takeTurn() {
        boolean ended = false;
        for (int taken = 0; taken < TURN_ITEMS && !ended; taken++) {
            Object item = items.poll();
            if (item == null) {
                break;
            }
            ended = item instanceof End;
            hand(item);
        }
        if (ended) {
            return;
        }
        if (items.isEmpty()) {
            scheduled.set(false);
            if (items.isEmpty() || !scheduled.compareAndSet(false, true)) {
                return;
            }
        }
        thread.execute(turn);
    }

    private void hand(Object item) {
        try {
            if (item instanceof DataFrame frame) {
                if (!broken) {
                    taker.onFrame(frame);
                }
                framesOut.setRelease(framesOut.getPlain() + 1);
                announceRoom();
            } else if (item instanceof Installation installation) {
                if (!broken) {
                    taker.onInstall(installation);
                }
                installationsOut.setRelease(installationsOut.getPlain() + 1);
            } else if (item instanceof End end) {
                taker.onEnd(end.failure());
            }
        } catch (Throwable failure) {
            broken = true;
            listener.onBroken(failure);
        }
    }

    private void announceRoom() {
        if (narrow.get() && frames() <= roomFrames / 2 && narrow.compareAndSet(true, false)) {
            listener.onRoom();
        }
    }
}
