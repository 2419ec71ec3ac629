package io.vsring.spring;

import io.vsring.Delivery;
import io.vsring.Guarantee;
import io.vsring.MemberId;
import io.vsring.RingConfiguration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
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
    private final ListenerErrorHandler errorHandler;
    private final LongAdder handled = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder undecodable = new LongAdder();
    private final ReentrantLock calls = new ReentrantLock();

    private volatile List<ListenerMethod.ForMessages> forMessages = List.of();
    private volatile List<ListenerMethod.ForConfigurations> forConfigurations = List.of();
    private volatile @Nullable ListenerQueue queue;
    private volatile MemberId member = NOBODY;

    RingListener(String id, ListenerErrorHandler errorHandler) {
        this.id = id;
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
        forMessages.forEach(method -> groups.addAll(method.groups()));
        return groups;
    }

    boolean wants(String group, Guarantee guarantee) {
        for (ListenerMethod.ForMessages method : forMessages) {
            if (method.wants(group, guarantee)) {
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

    /** From now on events of this member are kept until they are drained. */
    void open(MemberId of, ListenerQueue opened) {
        member = of;
        queue = opened;
    }

    /** Adds to the queue; waits while it is full. Without an open queue the event is not kept. */
    void offer(ListenerEvent event) {
        ListenerQueue open = queue;
        if (open == null || open.put(event, PATIENCE_NANOS)) {
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
            calls.lockInterruptibly();
        } catch (InterruptedException e) {
            return; // abandoned too, before anything was called
        }
        try {
            List<ListenerEvent> batch = new ArrayList<>();
            while (opened.take(batch)) {
                for (ListenerEvent event : batch) {
                    if (opened.begin()) {
                        event.tell(this, opened);
                    }
                }
                batch.clear();
            }
        } finally {
            calls.unlock();
        }
    }

    void onMessage(Delivery delivery, ListenerQueue from) {
        for (ListenerMethod.ForMessages method : forMessages) {
            if (method.wants(delivery.group(), delivery.guarantee()) && mayCall(from)) {
                call(method, delivery);
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

    /**
     * An interrupt that a method left behind is not meant for the next one. It is forgotten before the question, not
     * after: a queue is abandoned first and its thread interrupted then, so that none is forgotten that is meant.
     */
    private static boolean mayCall(ListenerQueue from) {
        Thread.interrupted();
        return !from.isAbandoned();
    }

    ListenerStatus status() {
        ListenerQueue open = queue;
        return new ListenerStatus(
                id,
                open == null ? 0 : open.size(),
                open == null ? 0 : open.bytes(),
                handled.sum(),
                failed.sum(),
                undecodable.sum());
    }

    private void call(ListenerMethod.ForMessages method, Delivery delivery) {
        Object payload;
        try {
            payload = method.decode(delivery);
        } catch (Throwable e) {
            rethrowIfFatal(e);
            undecodable.increment();
            tell(new ListenerFailure(member, ListenerFailure.Kind.UNDECODABLE, id, method.method(), delivery, e));
            return;
        }
        try {
            method.call(payload, delivery);
            handled.increment();
        } catch (Throwable e) {
            onThrown(method, delivery, e);
        }
    }

    private void call(ListenerMethod.ForConfigurations method, ListenerEvent.Change event) {
        try {
            method.call(event);
            handled.increment();
        } catch (Throwable e) {
            onThrown(method, null, e);
        }
    }

    private void onThrown(ListenerMethod method, @Nullable Delivery delivery, Throwable thrown) {
        rethrowIfFatal(thrown);
        failed.increment();
        tell(new ListenerFailure(member, ListenerFailure.Kind.THROWN, id, method.method(), delivery, thrown));
    }

    private void tell(ListenerFailure failure) {
        try {
            errorHandler.onFailure(failure);
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
