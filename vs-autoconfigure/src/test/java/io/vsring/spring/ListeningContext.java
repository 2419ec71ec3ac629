package io.vsring.spring;

import io.vsring.ConfigurationChange;
import io.vsring.Guarantee;
import io.vsring.MemberId;
import io.vsring.MemberSet;
import io.vsring.RingConfiguration;
import io.vsring.RingId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** The listeners of an application context without a ring: the test says what is delivered, on its own thread. */
final class ListeningContext {

    static final MemberId SELF = new MemberId(1, 1);
    static final MemberId OTHER = new MemberId(2, 1);
    static final RingConfiguration BOTH = RingConfiguration.regular(new RingId(SELF, 1), MemberSet.of(SELF, OTHER));
    static final Duration PATIENCE = Duration.ofSeconds(10);

    final List<ListenerFailure> failures = new CopyOnWriteArrayList<>();
    final AtomicReference<Throwable> death = new AtomicReference<>();
    final RingListenerRegistry registry;
    final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    private final PayloadCodecs codecs = new PayloadCodecs(List.of());
    private long sequence;

    ListeningContext(int queueCapacity) {
        registry = new RingListenerRegistry(
                codecs,
                new ListenerSettings("default", true, queueCapacity, 1 << 20, Duration.ofMillis(200), null),
                failures::add,
                Thread::new);
        context.registerBean(RingListenerRegistry.class, () -> registry);
        context.registerBean(
                RingListenerBeanPostProcessor.class,
                () -> new RingListenerBeanPostProcessor(context.getBeanFactory(), () -> registry));
    }

    <T> ListeningContext with(String name, Class<T> type, T bean) {
        context.registerBean(name, type, () -> bean);
        return this;
    }

    /** Makes the beans, without starting anything. */
    ListeningContext refresh() {
        context.refresh();
        return this;
    }

    ListeningContext start() {
        if (!context.isActive()) {
            refresh();
        }
        registry.start(SELF, death::set);
        return this;
    }

    /** As a lazy bean that somebody asks for. */
    void late(String name, Object bean) {
        context.getBeanFactory().registerSingleton(name, bean);
        context.getBean(RingListenerBeanPostProcessor.class).postProcessAfterInitialization(bean, name);
    }

    void deliver(String group, Object payload) {
        deliver(SELF, group, payload, Map.of());
    }

    void deliver(MemberId sender, String group, Object payload, Map<String, String> headers) {
        byte[] message = HeaderBlock.inFrontOf(codecs.encode(payload), headers);
        long at = ++sequence;
        registry.onMessage(new MemoryDelivery(sender, at, group, Guarantee.AGREED, BOTH, at, message));
    }

    void change(RingConfiguration next) {
        registry.onConfigurationChange(ConfigurationChange.between(MemberSet.of(), next));
    }

    /** Lets the listeners finish. */
    void stop() throws InterruptedException {
        registry.stop(PATIENCE);
    }

    ListenerStatus status(String id) {
        return registry.status(id);
    }

    void close() throws InterruptedException {
        registry.stop(Duration.ZERO);
        context.close();
    }
}
