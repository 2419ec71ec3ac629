package io.vsring.spring;

import io.micrometer.observation.Observation;
import io.vsring.Delivery;
import io.vsring.Guarantee;
import io.vsring.MemberId;
import io.vsring.RingConfiguration;
import io.vsring.spring.observation.RingObservations;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The methods that share one place in the order: one queue, and one thread that drains it.
 *
 * <p>The delivery thread of the ring calls {@link #offer}; {@link #drain} is the listener's thread; methods are added
 * before that or, for beans that are made late, by whichever thread makes them.
 */
final class RingListener {

    private static final Logger log = LoggerFactory.getLogger(RingListener.class);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Before the first start. */
    private static final MemberId NOBODY = new MemberId(-1, -1);

    private final String id;
    private final ListenerSettings settings;
    private final ListenerErrorHandler errorHandler;
    private final ListenerCalls calls = new ListenerCalls();
    private final Set<Thread> borrowed = ConcurrentHashMap.newKeySet(); // those of executors that call a method now
    private final ReentrantLock draining = new ReentrantLock();

    private volatile List<ListenerMethod.ForMessages> forMessages = List.of();
    private volatile List<ListenerMethod.ForConfigurations> forConfigurations = List.of();
    private volatile @Nullable ListenerQueue queue;
    private volatile MemberId member = NOBODY;
    private @Nullable RingConfiguration openedIn; // what the queue began with; written before the queue

    RingListener(String id, ListenerSettings settings, ListenerErrorHandler errorHandler) {
        this.id = id;
        this.settings = settings;
        this.errorHandler = errorHandler;
    }

    void add(ListenerMethod method) {
        if (method instanceof ListenerMethod.ForMessages messages) {
            forMessages = plus(forMessages, messages);
        } else if (method instanceof ListenerMethod.ForConfigurations configurations) {
            forConfigurations = plus(forConfigurations, configurations);
        }
    }

    Set<String> groups() {
        Set<String> groups = new HashSet<>();
        forMessages.forEach(method -> groups.addAll(method.filter().groups()));
        return groups;
    }

    boolean wants(String group, Guarantee guarantee) {
        for (ListenerMethod.ForMessages method : forMessages) {
            if (method.filter().wants(group, guarantee)) {
                return true;
            }
        }
        return false;
    }

    boolean wants(RingConfiguration configuration) {
        for (ListenerMethod.ForConfigurations method : forConfigurations) {
            if (method.wants(configuration)) {
                return true;
            }
        }
        return false;
    }

    /**
     * From now on events of this member are kept until they are drained.
     *
     * @param current what begins the queue, where the listener wants it; null at the start of the ring
     */
    void open(MemberId of, ListenerQueue opened, ListenerEvent.@Nullable Change current) {
        member = of;
        openedIn = null;
        if (current != null) {
            RingConfiguration configuration = current.change().configuration();
            openedIn = configuration;
            if (wants(configuration)) {
                opened.put(current, 0); // into an empty queue
            }
        }
        queue = opened;
    }

    /** The same configuration may come on the delivery thread when the listener has just been opened in it. */
    void offerChange(ListenerEvent.Change event) {
        if (queue != null && !event.change().configuration().equals(openedIn)) {
            offer(event);
        }
    }

    /** Adds to the queue; waits while it is full. Without an open queue the event is not kept. */
    void offer(ListenerEvent event) {
        ListenerQueue open = queue;
        if (open == null) {
            event.drop();
            return;
        }
        if (open.put(event, PATIENCE_NANOS)) {
            return;
        }
        log.warn(
                "member={} listener={} queue is full and the ring waits for it: queued={} bytes={}",
                member,
                id,
                open.size(),
                open.bytes());
        boolean added = false;
        while (!added) {
            added = open.put(event, Long.MAX_VALUE);
        }
        log.info("member={} listener={} takes messages again", member, id);
    }

    /**
     * Calls the methods with what is in the queue, until it ends or is abandoned. The whole life of a listener's
     * thread; it waits for that of the start before, which may not have come back from a method when it was abandoned.
     */
    void drain(ListenerQueue opened) {
        try {
            draining.lockInterruptibly();
        } catch (InterruptedException e) {
            return; // abandoned too, before anything was called
        }
        try {
            List<ListenerEvent> batch = new ArrayList<>();
            while (opened.take(batch)) {
                for (ListenerEvent event : batch) {
                    if (opened.begin()) {
                        event.tell(this, opened);
                    } else {
                        event.drop();
                    }
                }
                batch.clear();
            }
            awaitCalls(opened);
        } finally {
            draining.unlock();
        }
    }

    /** What executors have been given belongs to what the listener has to finish. */
    private void awaitCalls(ListenerQueue from) {
        for (ListenerMethod.ForMessages method : forMessages) {
            KeyedCalls given = method.place().calls();
            try {
                if (given != null && !from.isAbandoned()) {
                    given.awaitEnd();
                }
            } catch (InterruptedException e) {
                return; // abandoned
            }
        }
    }

    void onMessage(Delivery delivery, ListenerQueue from) {
        for (ListenerMethod.ForMessages method : forMessages) {
            if (method.filter().wants(delivery.group(), delivery.guarantee())
                    && method.filter().wantsFrom(delivery.sender(), member)
                    && mayCall(from)) {
                read(method, delivery, from);
            }
        }
    }

    void onConfigurationChange(ListenerEvent.Change event, ListenerQueue from) {
        for (ListenerMethod.ForConfigurations method : forConfigurations) {
            if (method.wants(event.change().configuration()) && mayCall(from)) {
                call(method, event);
            }
        }
    }

    /** Whether the thread is one of an executor's that calls a method now. */
    boolean isCalledOn(Thread thread) {
        return borrowed.contains(thread);
    }

    /** What it does; while it is running, as of this moment. */
    ListenerStatus status(ListenerStatus.State state) {
        ListenerQueue open = queue;
        return calls.status(id, state, open == null ? 0 : open.size(), open == null ? 0 : open.bytes());
    }

    /**
     * An interrupt that a method left behind is not meant for the next one. It is forgotten before the question, not
     * after: a queue is abandoned first and its thread interrupted then, so that none is forgotten that is meant.
     */
    private static boolean mayCall(ListenerQueue from) {
        Thread.interrupted();
        return !from.isAbandoned();
    }

    private void read(ListenerMethod.ForMessages method, Delivery delivery, ListenerQueue from) {
        Object payload;
        try {
            payload = method.read(delivery);
        } catch (Throwable e) {
            failed(method, ListenerFailure.Kind.UNDECODABLE, delivery, e);
            return;
        }
        try {
            if (method.filter().wants(payload, delivery)) {
                method.check(payload);
                give(method, payload, delivery, from);
            }
        } catch (InvalidPayloadException e) {
            failed(method, ListenerFailure.Kind.INVALID, delivery, e);
        } catch (Throwable e) {
            failed(method, ListenerFailure.Kind.THROWN, delivery, e);
        }
    }

    private void give(
            ListenerMethod.ForMessages method, @Nullable Object payload, Delivery delivery, ListenerQueue from)
            throws Throwable {
        KeyedCalls executor = method.place().calls();
        if (executor == null) {
            call(method, payload, delivery);
            return;
        }
        try {
            executor.give(method.place().key(payload, delivery), () -> callElsewhere(method, payload, delivery, from));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // only who abandons the queue interrupts a listener that waits here
        }
    }

    private void callElsewhere(
            ListenerMethod.ForMessages method, @Nullable Object payload, Delivery delivery, ListenerQueue from) {
        if (from.isAbandoned()) {
            return;
        }
        borrowed.add(Thread.currentThread());
        try {
            call(method, payload, delivery);
        } catch (Throwable e) {
            failed(method, ListenerFailure.Kind.THROWN, delivery, e);
        } finally {
            borrowed.remove(Thread.currentThread());
        }
    }

    // What the method throws is what the caller must see.
    private void call(ListenerMethod.ForMessages method, @Nullable Object payload, Delivery delivery) throws Throwable {
        long began = System.nanoTime();
        RingObservations observations = settings.observations();
        try {
            if (observations == null) {
                method.call(payload, delivery);
            } else {
                observed(observations, method, payload, delivery);
            }
            calls.handled.increment();
        } finally {
            ended(method, System.nanoTime() - began);
        }
    }

    private void observed(
            RingObservations observations,
            ListenerMethod.ForMessages method,
            @Nullable Object payload,
            Delivery delivery)
            throws Throwable {
        Observation observation = observations.handling(id, delivery, HeaderBlock.of(delivery));
        observation.observeChecked(() -> method.call(payload, delivery));
    }

    private void call(ListenerMethod.ForConfigurations method, ListenerEvent.Change event) {
        long began = System.nanoTime();
        try {
            method.call(event);
            calls.handled.increment();
        } catch (Throwable e) {
            failed(method, ListenerFailure.Kind.THROWN, null, e);
        } finally {
            ended(method, System.nanoTime() - began);
        }
    }

    private void ended(ListenerMethod method, long tookNanos) {
        if (calls.ended(tookNanos, settings.slowThreshold().toNanos())) {
            log.warn(
                    "member={} listener={} {} took {}ms, more than vs.listener.slow-threshold; slow calls so far: {}",
                    member,
                    id,
                    HandlerSignature.describe(method.method()),
                    TimeUnit.NANOSECONDS.toMillis(tookNanos),
                    calls.slow.sum());
        }
    }

    private void failed(
            ListenerMethod method, ListenerFailure.Kind kind, @Nullable Delivery delivery, Throwable thrown) {
        rethrowIfFatal(thrown);
        calls.count(kind);
        ListenerErrorHandler own = method.errorHandler();
        try {
            (own == null ? errorHandler : own)
                    .onFailure(new ListenerFailure(member, kind, id, method.method(), delivery, thrown));
        } catch (Throwable e) {
            rethrowIfFatal(e);
            log.error("member={} listener={} the error handler failed too", member, id, e);
        }
    }

    /** All members decode and handle the same messages: what only one message does to one must not end them all. */
    private static void rethrowIfFatal(Throwable thrown) {
        if (thrown instanceof VirtualMachineError fatal && !(thrown instanceof StackOverflowError)) {
            throw fatal;
        }
    }

    private static <T> List<T> plus(List<T> list, T added) {
        List<T> longer = new ArrayList<>(list);
        longer.add(added);
        return List.copyOf(longer);
    }
}
