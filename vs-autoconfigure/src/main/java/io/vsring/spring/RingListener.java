package io.vsring.spring;

import io.micrometer.observation.Observation;
import io.vsring.Delivery;
import io.vsring.Guarantee;
import io.vsring.MemberId;
import io.vsring.RingConfiguration;
import io.vsring.spring.observation.RingObservations;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
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
    private static final Opening NOT_YET = new Opening(new MemberId(-1, -1), null, null, death -> {});

    /**
     * What a start of the listener has.
     *
     * @param member whose messages it hears
     * @param queue where they wait; null before the first start
     * @param begunIn the configuration that the queue began with; null at the start of the ring
     * @param onDeath is told of an error that is not the application's to handle
     */
    record Opening(
            MemberId member,
            @Nullable ListenerQueue queue,
            @Nullable RingConfiguration begunIn,
            Consumer<Throwable> onDeath) {}

    private final String id;
    private final ListenerSettings settings;
    private final ListenerErrorHandler errorHandler;
    private final ListenerCalls calls = new ListenerCalls();
    private final Set<Thread> borrowed = ConcurrentHashMap.newKeySet(); // those of executors that call a method now
    private final ReentrantLock draining = new ReentrantLock();

    private volatile List<ListenerMethod.ForMessages> forMessages = List.of();
    private volatile List<ListenerMethod.ForConfigurations> forConfigurations = List.of();
    private volatile Opening opening = NOT_YET;

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

    /** From now on events are kept until they are drained. */
    void open(Opening next) {
        opening = next;
    }

    /** The same configuration may come on the delivery thread when the listener has just been opened in it. */
    void offerChange(ListenerEvent.Change event) {
        Opening now = opening;
        if (!event.change().configuration().equals(now.begunIn)) {
            offer(event, now);
        }
    }

    /** Whether a message of so many bytes can be added, and some more, before anybody has to wait. */
    boolean hasAmpleRoom(int bytes) {
        ListenerQueue open = opening.queue;
        return open == null || open.hasAmpleRoom(bytes);
    }

    /** Adds to the queue; waits while it is full. Without an open queue the event is not kept. */
    void offer(ListenerEvent event) {
        offer(event, opening);
    }

    private void offer(ListenerEvent event, Opening now) {
        ListenerQueue open = now.queue;
        MemberId member = now.member;
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
            Deque<ListenerEvent> batch = new ArrayDeque<>();
            try {
                while (opened.take(batch)) {
                    tell(batch, opened);
                }
            } finally {
                batch.forEach(ListenerEvent::drop); // of a listener that dies of one of them
            }
            awaitCalls(opened);
        } finally {
            draining.unlock();
        }
    }

    private void tell(Deque<ListenerEvent> batch, ListenerQueue opened) {
        for (ListenerEvent event = batch.poll(); event != null; event = batch.poll()) {
            if (opened.begin()) {
                event.tell(this, opened);
            } else {
                event.drop();
            }
        }
    }

    /** What executors have been given belongs to what the listener has to finish. */
    private void awaitCalls(ListenerQueue from) {
        for (ListenerMethod.ForMessages method : forMessages) {
            KeyedCalls given = method.place().calls();
            if (given != null) {
                awaitCalls(given, from);
            }
        }
    }

    private void awaitCalls(KeyedCalls given, ListenerQueue from) {
        boolean isAwaited = false;
        while (!isAwaited && mayCall(from)) {
            try {
                given.awaitEnd();
                isAwaited = true;
            } catch (InterruptedException e) {
                log.debug("listener={} is interrupted while an executor makes its calls", id);
            }
        }
    }

    void onMessage(Delivery delivery, ListenerQueue from) {
        for (ListenerMethod.ForMessages method : forMessages) {
            if (method.filter().wants(delivery.group(), delivery.guarantee())
                    && method.filter().wantsFrom(delivery.sender(), opening.member)
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
        ListenerQueue open = opening.queue;
        int given = forMessages.stream()
                .map(method -> method.place().calls())
                .mapToInt(elsewhere -> elsewhere == null ? 0 : elsewhere.unfinished())
                .sum();
        return calls.status(id, state, given + (open == null ? 0 : open.size()), open == null ? 0 : open.bytes());
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
        Object key = method.place().key(payload, delivery);
        int bytes = new ListenerEvent.Message(delivery).bytes();
        boolean isGiven = false;
        while (!isGiven && mayCall(from)) {
            try {
                executor.give(key, bytes, () -> callElsewhere(method, payload, delivery, from));
                isGiven = true;
            } catch (InterruptedException e) {
                log.debug("listener={} is interrupted while its executor has no room", id);
            }
        }
    }

    private void callElsewhere(
            ListenerMethod.ForMessages method, @Nullable Object payload, Delivery delivery, ListenerQueue from) {
        if (from.isAbandoned()) {
            return;
        }
        boolean isOuter = borrowed.add(Thread.currentThread()); // a call may help out with others while it waits
        try {
            call(method, payload, delivery);
        } catch (VirtualMachineError e) {
            onFatal(method, delivery, e, from);
        } catch (Throwable e) {
            failed(method, ListenerFailure.Kind.THROWN, delivery, e);
        } finally {
            if (isOuter) {
                borrowed.remove(Thread.currentThread());
            }
            Thread.interrupted(); // what this call left behind is not for the next one of its key
        }
    }

    /** On the listener's own thread such an error ends the listener, and the member with it; so it does elsewhere. */
    private void onFatal(
            ListenerMethod.ForMessages method, Delivery delivery, VirtualMachineError thrown, ListenerQueue from) {
        if (thrown instanceof StackOverflowError) {
            failed(method, ListenerFailure.Kind.THROWN, delivery, thrown);
            return;
        }
        log.error("member={} listener={} dies of a call on its executor", opening.member, id, thrown);
        from.abandon();
        opening.onDeath.accept(thrown);
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
                    opening.member,
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
                    .onFailure(new ListenerFailure(opening.member, kind, id, method.method(), delivery, thrown));
        } catch (Throwable e) {
            rethrowIfFatal(e);
            log.error("member={} listener={} the error handler failed too", opening.member, id, e);
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
