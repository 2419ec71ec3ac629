package io.vsring.actuate;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.vsring.spring.ListenerStatus;
import io.vsring.spring.RingListenerRegistry;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * What the listeners of an application count, as meters; {@code docs/metrics.md} lists them. A message costs nothing
 * for it.
 *
 * @since 0.1
 */
public final class ListenerMeters implements MeterBinder {

    private final RingListenerRegistry listeners;
    private final String cluster;

    /** Of these listeners, those that are found later included. */
    public ListenerMeters(RingListenerRegistry listeners, String cluster) {
        this.listeners = listeners;
        this.cluster = cluster;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        listeners.forEachListener(id -> bind(registry, id));
    }

    private void bind(MeterRegistry registry, String id) {
        Tags tags = Tags.of(RingMeters.CLUSTER, cluster, "listener", id);
        Gauge.builder("vs.listener.queue", listeners, asked(id, ListenerStatus::queued))
                .description("Messages and configuration changes that wait for a listener")
                .tags(tags)
                .register(registry);
        Gauge.builder("vs.listener.queue.size", listeners, asked(id, ListenerStatus::queuedBytes))
                .description("Size of what waits for a listener")
                .baseUnit("bytes")
                .tags(tags)
                .register(registry);
        calls(registry, tags.and("outcome", "success"), asked(id, ListenerStatus::handled));
        calls(registry, tags.and("outcome", "error"), asked(id, ListenerStatus::failed));
        calls(registry, tags.and("outcome", "invalid"), asked(id, ListenerStatus::invalid));
        calls(registry, tags.and("outcome", "undecodable"), asked(id, ListenerStatus::undecodable));
        FunctionCounter.builder("vs.listener.slow", listeners, asked(id, ListenerStatus::slow))
                .description("Calls of the methods of a listener that took longer than vs.listener.slow-threshold")
                .tags(tags)
                .register(registry);
        FunctionTimer.builder(
                        "vs.listener.execution",
                        listeners,
                        all -> (long) asked(id, ListenerMeters::called).applyAsDouble(all),
                        asked(id, ListenerStatus::busyNanos),
                        TimeUnit.NANOSECONDS)
                .description("Time that calls of the methods of a listener took")
                .tags(tags)
                .register(registry);
    }

    private static long called(ListenerStatus status) {
        return status.handled() + status.failed();
    }

    private void calls(MeterRegistry registry, Tags tags, ToDoubleFunction<RingListenerRegistry> count) {
        FunctionCounter.builder("vs.listener.calls", listeners, count)
                .description("Calls of a listener's methods, and messages that were not readable or not valid for them")
                .tags(tags)
                .register(registry);
    }

    private static ToDoubleFunction<RingListenerRegistry> asked(String id, ToDoubleFunction<ListenerStatus> number) {
        return listeners -> {
            ListenerStatus status = listeners.status(id);
            return status == null ? 0 : number.applyAsDouble(status);
        };
    }
}
