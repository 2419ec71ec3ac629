package io.vsring.spring;

import io.vsring.ConfigurationChange;
import io.vsring.Delivery;
import io.vsring.Guarantee;
import io.vsring.MemberId;
import io.vsring.MemberSet;
import io.vsring.ring.RingHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All listeners of one application context, and the handler of its ring that hands on to them.
 *
 * <p>As a {@link RingHandler} it is called on the ring's delivery thread, or by the loop thread in its stead; it copies
 * a message once for all listeners that want it, does not touch one that none wants, and waits only for a listener
 * whose queue is full. All else may be called on any thread.
 */
public final class RingListenerRegistry implements RingHandler {

    /** A longer message is worth the delivery thread's waking up: it is copied. */
    private static final int QUICK_BYTES_MAX = 64 * 1024;

    private static final Logger log = LoggerFactory.getLogger(RingListenerRegistry.class);

    private final PayloadCodecs codecs;
    private final ListenerSettings settings;
    private final ListenerErrorHandler errorHandler;
    private final ThreadFactory threads;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Registration> listeners = new LinkedHashMap<>();
    private final SaidOfStart said = new SaidOfStart();
    private final List<Consumer<String>> takers = new ArrayList<>(); // of the ids of listeners

    private volatile Routes routes = new Routes(List.of());
    private @Nullable Running running;
    private volatile @Nullable MemberId self;
    private final ToldConfigurations told = new ToldConfigurations();
    private MemberSet leftSinceRegular = MemberSet.of(); // delivery thread

    /**
     * Without listeners.
     *
     * @param threads makes the thread of each listener, at each start
     */
    public RingListenerRegistry(
            PayloadCodecs codecs, ListenerSettings settings, ListenerErrorHandler errorHandler, ThreadFactory threads) {
        this.codecs = codecs;
        this.settings = settings;
        this.errorHandler = errorHandler;
        this.threads = threads;
    }

    /**
     * Starts a thread for each listener. From now on what the ring delivers is kept for them.
     *
     * @param member the member whose listeners they are, for logs and failures
     * @param onDeath is told when such a thread dies, of an error that is not the application's to handle
     */
    public void start(MemberId member, Consumer<Throwable> onDeath) {
        lock.lock();
        try {
            if (running != null) {
                throw new IllegalStateException("the listeners are running: stop them before they are started again");
            }
            leftSinceRegular = MemberSet.of();
            self = member;
            told.forget();
            running = new Running(member, onDeath, new ArrayList<>());
            for (Registration registration : listeners.values()) {
                startIfWanted(running, registration);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Lets go of the caller, if it is the thread of one of these listeners: nothing more is called there, what waits
     * for it is dropped, and {@link #stop} neither waits for this thread nor interrupts it. For a method that ends its
     * own application and waits until that is done, whoever does it. Does nothing on any other thread.
     */
    public void releaseCaller() {
        Lane released;
        MemberId member;
        lock.lock();
        try {
            released = laneOfCaller();
            if (released == null || running == null) {
                return;
            }
            running.lanes.remove(released);
            member = running.member;
        } finally {
            lock.unlock();
        }
        int dropped = released.queue.abandon(); // who waits for what is dropped is told here, and not under our lock
        log.info("member={} listener={} stops its own ring: {} messages dropped", member, released.id, dropped);
    }

    /**
     * Lets the listeners finish what has been delivered, and ends their threads. Does nothing if they are not running.
     * On the thread of one of them it does not wait for that one, as {@link #releaseCaller} says.
     *
     * @param patience how long they have altogether; then, or when the caller is interrupted, they are interrupted too,
     *     and what still waits is dropped
     */
    public void stop(Duration patience) throws InterruptedException {
        releaseCaller();
        Running stopping;
        lock.lock();
        try {
            stopping = running;
            running = null;
        } finally {
            lock.unlock();
        }
        if (stopping == null) {
            return;
        }
        stopping.lanes.forEach(lane -> lane.queue.end());
        long began = System.nanoTime();
        try {
            for (Lane lane : stopping.lanes) {
                long remainingNanos = patience.toNanos() - (System.nanoTime() - began);
                TimeUnit.NANOSECONDS.timedJoin(lane.thread, Math.max(1, remainingNanos));
            }
        } finally {
            long waitedMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
            stopping.lanes.forEach(lane -> interrupt(stopping.member, lane, waitedMillis));
        }
    }

    private static void interrupt(MemberId member, Lane lane, long waitedMillis) {
        if (lane.thread.isAlive()) {
            int dropped = lane.queue.abandon();
            lane.thread.interrupt();
            log.warn(
                    "member={} listener={} is not ready after {}ms: interrupted, {} messages dropped",
                    member,
                    lane.id,
                    waitedMillis,
                    dropped);
        }
    }

    /**
     * Starts a listener that does not run, now if the ring does, and with each start of the ring from now on. It begins
     * with the configuration that there is now; what was delivered before is not for it.
     *
     * @throws IllegalArgumentException if there is no listener of that id
     */
    public void start(String id) {
        change(id, registration -> {
            registration.isWanted = true;
            if (running != null) {
                startIfWanted(running, registration);
            }
        });
    }

    /**
     * Stops a listener: it is called with what has been delivered so far, and then not any more, until it is started.
     * Does not wait for that, and ends a pause. What is delivered meanwhile is not for it.
     *
     * @throws IllegalArgumentException if there is no listener of that id
     */
    public void stop(String id) {
        change(id, registration -> {
            registration.isWanted = false;
            registration.isPaused = false;
            Lane lane = laneOf(id);
            if (lane != null) {
                lane.queue.end();
            }
        });
    }

    /**
     * Lets what is delivered wait for the listener, which handles it when it is {@linkplain #resume resumed}, or
     * stopped. When its queue is full the whole ring waits for it, and goes on without this member after
     * {@code vs.ring.slow-member-timeout}: a pause is for moments, a stop for longer. Calls that an executor has been
     * given are made.
     *
     * @throws IllegalArgumentException if there is no listener of that id
     */
    public void pause(String id) {
        change(id, registration -> {
            registration.isPaused = true;
            Lane lane = laneOf(id);
            if (lane != null) {
                lane.queue.pause();
            }
        });
    }

    /**
     * Ends a pause.
     *
     * @throws IllegalArgumentException if there is no listener of that id
     */
    public void resume(String id) {
        change(id, registration -> {
            registration.isPaused = false;
            Lane lane = laneOf(id);
            if (lane != null) {
                lane.queue.resume();
            }
        });
    }

    /** What the listeners have done, in the order in which they were found. */
    public List<ListenerStatus> listeners() {
        lock.lock();
        try {
            return listeners.values().stream().map(this::status).toList();
        } finally {
            lock.unlock();
        }
    }

    /** What this listener has done; null if there is none of that id. */
    public @Nullable ListenerStatus status(String id) {
        lock.lock();
        try {
            Registration registration = listeners.get(id);
            return registration == null ? null : status(registration);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Tells this one the id of each listener: of those that there are on the calling thread, and of those that are
     * added on the thread that makes their bean, which what it throws keeps from being made.
     */
    public void forEachListener(Consumer<String> taker) {
        List<String> known;
        lock.lock();
        try {
            takers.add(taker);
            known = List.copyOf(listeners.keySet());
        } finally {
            lock.unlock();
        }
        known.forEach(taker);
    }

    /** Whether a listener wants messages that are sent to this group with either guarantee. */
    public boolean isHeard(String group) {
        return routes.forMessage(group, Guarantee.AGREED).length > 0
                || routes.forMessage(group, Guarantee.SAFE).length > 0;
    }

    /** Whether the caller is the thread of one of these listeners: when its queue is full, the ring waits for it. */
    public boolean isListenerThread() {
        return laneOfCaller() != null;
    }

    /** Whether the caller is such a thread, and its queue so full that the ring may soon wait for it. */
    boolean isBusyListenerThread() {
        Lane lane = laneOfCaller();
        return lane != null && lane.queue.isHalfFull();
    }

    /**
     * Completes a future when each listener has handled what has been delivered so far; at once if there is none. Where
     * one is abandoned before it has, or where too many such futures wait for one, the future fails. Any thread; never
     * waits.
     *
     * @param handled is completed on the thread of the last of these listeners, or on this one
     */
    void completeWhenHandled(CompletableFuture<Void> handled) {
        List<Lane> lanes;
        lock.lock();
        try {
            lanes = running == null ? List.of() : List.copyOf(running.lanes);
        } finally {
            lock.unlock();
        }
        AtomicInteger unpassed = new AtomicInteger(lanes.size() + 1); // one more: not before all have been told
        Runnable passed = () -> {
            if (unpassed.decrementAndGet() == 0) {
                handled.complete(null);
            }
        };
        ListenerEvent.Mark mark = new ListenerEvent.Mark(passed, handled::completeExceptionally);
        lanes.forEach(lane -> lane.queue.putMark(mark));
        passed.run();
    }

    /**
     * Where there is room enough: all that is done then is to put a small message into queues. Not what this member has
     * sent: nobody knows what the application has chained to its receipt.
     */
    @Override
    public boolean isQuick(Delivery message) {
        if (message.length() > QUICK_BYTES_MAX || message.sender().equals(self)) {
            return false;
        }
        for (RingListener listener : routes.forMessage(message.group(), message.guarantee())) {
            if (!listener.hasAmpleRoom(message.length())) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void onMessage(Delivery delivery) {
        RingListener[] wanting = routes.forMessage(delivery.group(), delivery.guarantee());
        if (wanting.length == 0) {
            return;
        }
        ListenerEvent.Message event = new ListenerEvent.Message(HeaderBlock.open(delivery.copy()));
        for (RingListener listener : wanting) {
            listener.offer(event);
        }
    }

    @Override
    public void onConfigurationChange(ConfigurationChange change) {
        leftSinceRegular = leftSinceRegular.union(change.left());
        ListenerEvent.Change event = new ListenerEvent.Change(
                change, new ConfigurationChange(change.configuration(), change.joined(), leftSinceRegular));
        lock.lock();
        try {
            told.told(change.configuration());
        } finally {
            lock.unlock();
        }
        routes.offer(event);
        if (!change.configuration().isTransitional()) {
            leftSinceRegular = MemberSet.of();
        }
    }

    PayloadCodecs codecs() {
        return codecs;
    }

    ListenerSettings settings() {
        return settings;
    }

    /**
     * Adds methods to their listeners, which are made where they are new: all of them, or none. While running they are
     * called from now on.
     *
     * @throws InvalidListenerMethodException if they, or others of the same listener, contradict each other
     */
    void add(List<FoundMethod> found) {
        List<Registration> added = new ArrayList<>();
        List<Consumer<String>> all;
        lock.lock();
        try {
            said.addAll(found);
            for (FoundMethod each : found) {
                Registration registration = listeners.get(each.listenerId());
                if (registration == null) {
                    registration = registration(each.listenerId());
                    added.add(registration);
                }
                registration.listener.add(each.method());
            }
            for (Registration registration : added) {
                registration.isWanted = said.autoStartup(registration.id, settings.autoStartup());
                if (running != null) {
                    startIfWanted(running, registration);
                }
            }
            routes = new Routes(
                    listeners.values().stream().map(each -> each.listener).toList());
            all = List.copyOf(takers);
        } finally {
            lock.unlock();
        }
        all.forEach(taker -> added.forEach(registration -> taker.accept(registration.id)));
    }

    private Registration registration(String id) {
        Registration made = new Registration(id, new RingListener(id, settings, errorHandler));
        listeners.put(id, made);
        return made;
    }

    private void change(String id, Consumer<Registration> change) {
        lock.lock();
        try {
            Registration registration = listeners.get(id);
            if (registration == null) {
                throw new IllegalArgumentException(
                        "there is no listener '" + id + "'; there are " + listeners.keySet());
            }
            change.accept(registration);
        } finally {
            lock.unlock();
        }
    }

    private ListenerStatus status(Registration registration) {
        Lane lane = laneOf(registration.id);
        ListenerStatus.State state = lane == null || !registration.isWanted
                ? ListenerStatus.State.STOPPED
                : registration.isPaused ? ListenerStatus.State.PAUSED : ListenerStatus.State.RUNNING;
        return registration.listener.status(state);
    }

    /** The one that was opened last. */
    private @Nullable Lane laneOf(String id) {
        return lane(lane -> lane.id.equals(id));
    }

    private @Nullable Lane laneOfCaller() {
        Thread caller = Thread.currentThread();
        lock.lock();
        try {
            return lane(lane -> lane.thread == caller || lane.listener.isCalledOn(caller));
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Lane lane(Predicate<Lane> wanted) {
        return running == null
                ? null
                : running.lanes.stream()
                        .filter(wanted)
                        .reduce((earlier, later) -> later)
                        .orElse(null);
    }

    private void startIfWanted(Running into, Registration registration) {
        Lane before = laneOf(registration.id);
        if (!registration.isWanted || (before != null && !before.queue.hasEnded())) {
            return;
        }
        // A thread of a start before may go on for a while: the new one waits for it, and so does a stop.
        into.lanes.removeIf(lane -> lane.id.equals(registration.id) && !lane.thread.isAlive());
        ListenerQueue queue = new ListenerQueue(settings.queueCapacity(), settings.queueBytes());
        if (registration.isPaused) {
            queue.pause();
        }
        RingListener listener = registration.listener;
        told.beginning().stream()
                .filter(event -> listener.wants(event.change().configuration()))
                .forEach(queue::beginWith);
        listener.open(new RingListener.Opening(into.member, queue, told.current(), into.onDeath));
        Thread thread = threads.newThread(() -> drain(registration.id, listener, queue, into));
        thread.setName("vs-listener-" + registration.id);
        into.lanes.add(new Lane(registration.id, listener, queue, thread));
        thread.start();
    }

    private void drain(String id, RingListener listener, ListenerQueue queue, Running into) {
        try {
            listener.drain(queue);
        } catch (Throwable e) {
            // Without its listener this member would count as one that handles what it is told.
            log.error("member={} listener={} has died", into.member, id, e);
            queue.abandon();
            into.onDeath.accept(e);
        }
    }

    /** From a start to the stop that follows. */
    private record Running(MemberId member, Consumer<Throwable> onDeath, List<Lane> lanes) {}

    private record Lane(String id, RingListener listener, ListenerQueue queue, Thread thread) {}

    /** A listener, and whether it is to run; under the lock. */
    private static final class Registration {

        private final String id;
        private final RingListener listener;
        private boolean isWanted;
        private boolean isPaused;

        Registration(String id, RingListener listener) {
            this.id = id;
            this.listener = listener;
        }
    }
}
