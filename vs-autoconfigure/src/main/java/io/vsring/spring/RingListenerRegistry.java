package io.vsring.spring;

import io.vsring.ConfigurationChange;
import io.vsring.Delivery;
import io.vsring.MemberId;
import io.vsring.MemberSet;
import io.vsring.ring.RingHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All listeners of one application context, and the handler of its ring that hands on to them.
 *
 * <p>As a {@link RingHandler} it is called on the ring's delivery thread; it copies a message once for all listeners
 * that want it, does not touch one that none wants, and waits only for a listener whose queue is full. All else may be
 * called on any thread.
 */
public final class RingListenerRegistry implements RingHandler {

    private static final Logger log = LoggerFactory.getLogger(RingListenerRegistry.class);

    private final PayloadCodecs codecs;
    private final ListenerSettings settings;
    private final ListenerErrorHandler errorHandler;
    private final ThreadFactory threads;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, RingListener> listeners = new LinkedHashMap<>();
    private final List<Consumer<String>> takers = new ArrayList<>(); // of the ids of listeners

    private volatile Routes routes = new Routes(List.of());
    private @Nullable Running running;
    private MemberSet leftSinceRegular = MemberSet.of();

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
            running = new Running(member, onDeath, new ArrayList<>());
            for (Map.Entry<String, RingListener> listener : listeners.entrySet()) {
                startListener(running, listener.getKey(), listener.getValue());
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
        lock.lock();
        try {
            Lane released = laneOfCaller();
            if (released != null && running != null) {
                running.lanes.remove(released);
                log.info(
                        "member={} listener={} stops its own ring: {} messages dropped",
                        running.member,
                        released.id,
                        released.queue.abandon());
            }
        } finally {
            lock.unlock();
        }
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

    /** What the listeners have done, in the order in which they were found. */
    public List<ListenerStatus> listeners() {
        lock.lock();
        try {
            return listeners.values().stream().map(RingListener::status).toList();
        } finally {
            lock.unlock();
        }
    }

    /** What this listener has done; null if there is none of that id. */
    public @Nullable ListenerStatus status(String id) {
        lock.lock();
        try {
            RingListener listener = listeners.get(id);
            return listener == null ? null : listener.status();
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

    /** Whether the caller is the thread of one of these listeners: when its queue is full, the ring waits for it. */
    public boolean isListenerThread() {
        return laneOfCaller() != null;
    }

    /** Whether the caller is such a thread, and its queue so full that the ring may soon wait for it. */
    boolean isBusyListenerThread() {
        Lane lane = laneOfCaller();
        return lane != null && lane.queue.isHalfFull();
    }

    @Override
    public void onMessage(Delivery delivery) {
        RingListener[] wanting = routes.forMessage(delivery.group(), delivery.guarantee());
        if (wanting.length == 0) {
            return;
        }
        ListenerEvent.Message event = new ListenerEvent.Message(delivery.copy());
        for (RingListener listener : wanting) {
            listener.offer(event);
        }
    }

    @Override
    public void onConfigurationChange(ConfigurationChange change) {
        leftSinceRegular = leftSinceRegular.union(change.left());
        routes.offer(new ListenerEvent.Change(
                change, new ConfigurationChange(change.configuration(), change.joined(), leftSinceRegular)));
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

    /** Adds a method to a listener, which is made if it is new; while running it is called from now on. */
    void add(String listenerId, ListenerMethod method) {
        List<Consumer<String>> told;
        lock.lock();
        try {
            boolean isNew = !listeners.containsKey(listenerId);
            told = isNew ? List.copyOf(takers) : List.of();
            RingListener listener = listeners.computeIfAbsent(listenerId, id -> new RingListener(id, errorHandler));
            listener.add(method);
            if (isNew && running != null) {
                startListener(running, listenerId, listener);
            }
            routes = new Routes(listeners.values());
        } finally {
            lock.unlock();
        }
        told.forEach(taker -> taker.accept(listenerId));
    }

    private @Nullable Lane laneOfCaller() {
        Thread caller = Thread.currentThread();
        lock.lock();
        try {
            return running == null
                    ? null
                    : running.lanes.stream()
                            .filter(lane -> lane.thread == caller)
                            .findAny()
                            .orElse(null);
        } finally {
            lock.unlock();
        }
    }

    private void startListener(Running into, String id, RingListener listener) {
        ListenerQueue queue = new ListenerQueue(settings.queueCapacity(), settings.queueBytes());
        listener.open(into.member, queue);
        Thread thread = threads.newThread(() -> drain(id, listener, queue, into));
        thread.setName("vs-listener-" + id);
        into.lanes.add(new Lane(id, queue, thread));
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

    private record Lane(String id, ListenerQueue queue, Thread thread) {}
}
