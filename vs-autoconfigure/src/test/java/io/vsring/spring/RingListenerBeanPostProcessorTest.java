package io.vsring.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.vsring.Delivery;
import io.vsring.Guarantee;
import io.vsring.MemberId;
import io.vsring.MemberSet;
import io.vsring.RingConfiguration;
import io.vsring.RingId;
import io.vsring.replicated.ReplicatedObjects;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.context.support.SimpleThreadScope;

class RingListenerBeanPostProcessorTest {

    private static final MemberId MEMBER = new MemberId(1, 1);
    private static final RingConfiguration ALONE =
            RingConfiguration.regular(new RingId(MEMBER, 1), MemberSet.of(MEMBER));

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withUserConfiguration(Listening.class);

    @Configuration(proxyBeanMethods = false)
    static class Listening {

        @Bean
        static RingListenerBeanPostProcessor processor(
                ConfigurableBeanFactory beans, ObjectProvider<RingListenerRegistry> registry) {
            return new RingListenerBeanPostProcessor(beans, registry::getObject);
        }

        @Bean
        RingListenerRegistry registry() {
            return new RingListenerRegistry(
                    new PayloadCodecs(List.of()),
                    new ListenerSettings("default", true, 100, 1 << 20, Duration.ofSeconds(1), null),
                    ListenerErrorHandler.logging(),
                    Thread::new);
        }
    }

    /** Remembers what was heard. */
    static class Ears {
        final List<String> heard = new CopyOnWriteArrayList<>();

        void hear(String text) {
            heard.add(text);
        }
    }

    @SuppressWarnings("unused") // the ring calls it
    static class Expressions extends Ears {

        @OnDeliver({"${orders.group}", "#{'first,second'.split(',')}"})
        private void privately(String text) {
            hear(text);
        }
    }

    @Test
    void resolvesPlaceholdersAndExpressions() {
        runner.withBean(Expressions.class)
                .withPropertyValues("orders.group=orders")
                .run(context -> {
                    List<String> heard =
                            heard(context.getBean(RingListenerRegistry.class), context.getBean(Expressions.class));

                    assertThat(heard).containsExactly("orders", "first", "second");
                });
    }

    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @OnDeliver("orders")
    @interface OnOrder {}

    static class Composed extends Ears {
        @OnOrder
        public void order(String text) {
            hear(text);
        }
    }

    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @OnDeliver("first")
    @interface OnFirst {}

    static class TwiceComposed extends Ears {
        @OnOrder
        @OnFirst
        public void order(Delivery delivery) {
            hear(delivery.group());
        }
    }

    @Test
    void twoAnnotationsThatCarryItBothCount() {
        runner.withBean(TwiceComposed.class)
                .run(context -> assertThat(heard(
                                context.getBean(RingListenerRegistry.class), context.getBean(TwiceComposed.class)))
                        .containsExactly("orders", "first"));
    }

    static class Repeated extends Ears {
        @OnDeliver("orders")
        @OnDeliver(groups = "second", guarantee = Guarantee.SAFE)
        @OnDeliver(groups = "third", guarantee = Guarantee.AGREED)
        public void order(Delivery delivery) {
            hear(delivery.group());
        }
    }

    @Test
    void anAnnotationMayBeRepeated() {
        runner.withBean(Repeated.class)
                .run(context -> assertThat(
                                heard(context.getBean(RingListenerRegistry.class), context.getBean(Repeated.class)))
                        .containsExactly("orders", "third"));
    }

    static class Overriding extends Repeated {
        @Override
        @OnDeliver("first")
        public void order(Delivery delivery) {
            super.order(delivery);
        }
    }

    @Test
    void theAnnotationOfAnOverridingMethodStandsInPlaceOfThoseAbove() {
        runner.withBean(Overriding.class)
                .run(context -> assertThat(
                                heard(context.getBean(RingListenerRegistry.class), context.getBean(Overriding.class)))
                        .containsExactly("first"));
    }

    @Test
    void findsAnnotationsThatCarryIt() {
        runner.withBean(Composed.class)
                .run(context -> assertThat(
                                heard(context.getBean(RingListenerRegistry.class), context.getBean(Composed.class)))
                        .containsExactly("orders"));
    }

    abstract static class Typed<T> extends Ears {
        @OnDeliver("orders")
        public void order(T payload, Delivery delivery) {
            hear(payload.getClass().getSimpleName());
        }
    }

    static class TypedByText extends Typed<String> {}

    @Test
    void readsWhatASubclassSaysThePayloadIs() {
        runner.withBean(TypedByText.class)
                .run(context -> assertThat(
                                heard(context.getBean(RingListenerRegistry.class), context.getBean(TypedByText.class)))
                        .containsExactly("String"));
    }

    @Test
    void callsThroughTheProxyOfAClass() {
        runner.withBean(Composed.class, () -> {
                    ProxyFactory factory = new ProxyFactory(new Composed());
                    factory.setProxyTargetClass(true);
                    factory.addAdvice((MethodInterceptor) invocation -> {
                        if (invocation.getMethod().getName().equals("order")) {
                            ((Composed) invocation.getThis()).hear("advised");
                        }
                        return invocation.proceed();
                    });
                    return (Composed) factory.getProxy();
                })
                .run(context -> {
                    Composed proxy = context.getBean(Composed.class);
                    Composed target =
                            (Composed) ((Advised) proxy).getTargetSource().getTarget();

                    assertThat(heard(context.getBean(RingListenerRegistry.class), target))
                            .containsExactly("advised", "orders");
                });
    }

    static class Final extends Ears {
        @OnDeliver("orders")
        final void order(String text) {
            hear(text);
        }
    }

    @Test
    void refusesAFinalMethodOfAProxiedClassWhichWouldRunOnTheProxyAndItsEmptyFields() {
        runner.withBean(Final.class, () -> {
                    ProxyFactory factory = new ProxyFactory(new Final());
                    factory.setProxyTargetClass(true);
                    return (Final) factory.getProxy();
                })
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(InvalidListenerMethodException.class)
                        .hasMessageContaining("Final.order(String)")
                        .hasMessageContaining("not be final"));
    }

    interface Unrelated {}

    static class BehindAnInterface implements Unrelated {
        @OnDeliver("orders")
        public void order(String text) {}
    }

    @Test
    void explainsWhyAMethodCannotBeCalledThroughAProxy() {
        runner.withBean(Unrelated.class, () -> (Unrelated) new ProxyFactory(new BehindAnInterface()).getProxy())
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("order")
                        .hasMessageContaining("proxy"));
    }

    @Configuration(proxyBeanMethods = false)
    static class OnePerInjection {
        @Bean
        @Scope("prototype")
        Composed composed() {
            return new Composed();
        }

        @Bean
        String user(Composed composed) {
            return composed.toString();
        }
    }

    @Test
    void refusesBeansThatAreNoSingletons() {
        runner.withUserConfiguration(OnePerInjection.class)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(InvalidListenerMethodException.class)
                        .hasMessageContaining("'composed'")
                        .hasMessageContaining("is no singleton"));
    }

    interface OnOrders {
        @OnDeliver("orders")
        void order(String text);
    }

    static class ByInterface extends Ears implements OnOrders {
        @Override
        public void order(String text) {
            hear(text);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Scoped {
        @Bean
        @Scope(scopeName = "passing", proxyMode = ScopedProxyMode.TARGET_CLASS)
        Composed byClass() {
            return new Composed();
        }

        @Bean
        @Scope(scopeName = "passing", proxyMode = ScopedProxyMode.INTERFACES)
        OnOrders byInterface() {
            return new ByInterface();
        }
    }

    @Test
    void callsTheTargetThatAScopedProxyHasAtTheMoment() {
        SimpleThreadScope passing = new SimpleThreadScope(); // in which each listener's thread has a bean of its own
        List<Ears> made = new CopyOnWriteArrayList<>();
        runner.withInitializer(context -> context.getBeanFactory().registerScope("passing", passing))
                .withInitializer(context -> context.getBeanFactory().addBeanPostProcessor(new BeanPostProcessor() {
                    @Override
                    public Object postProcessBeforeInitialization(Object bean, String name) {
                        if (bean instanceof Ears ears) {
                            made.add(ears);
                        }
                        return bean;
                    }
                }))
                .withUserConfiguration(Scoped.class)
                .run(context -> {
                    RingListenerRegistry registry = context.getBean(RingListenerRegistry.class);
                    for (String text : List.of("before", "after")) {
                        registry.start(MEMBER, death -> {});
                        registry.onMessage(message("orders", text));
                        registry.stop(Duration.ofSeconds(10));
                    }

                    assertThat(registry.listeners())
                            .extracting(ListenerStatus::id)
                            .containsExactly("byClass", "byInterface");
                    assertThat(made)
                            .extracting(ears -> ears.heard)
                            .containsExactlyInAnyOrder(
                                    List.of("before"), List.of("before"), List.of("after"), List.of("after"));
                });
    }

    static class Wrong {
        @OnDeliver("orders")
        String order(String text) {
            return text;
        }
    }

    @Test
    void failsTheStartForASignatureThatCannotBeCalled() {
        assertFailure(Wrong.class, "Wrong.order(String) cannot be called: it returns String", "Legal signatures");
    }

    interface Placed {}

    static class OfAnInterface {
        @OnDeliver("orders")
        void order(Placed placed) {}
    }

    abstract static class Half {}

    static class OfAnAbstractClass {
        @OnDeliver("orders")
        void order(Half half) {}
    }

    @Test
    void failsTheStartForAPayloadThatNoMessageCanBeReadAs() {
        for (Class<?> handler : List.of(OfAnInterface.class, OfAnAbstractClass.class)) {
            runner.withBean(handler)
                    .run(context -> assertThat(context)
                            .getFailure()
                            .isInstanceOf(InvalidListenerMethodException.class)
                            .hasMessageContaining(handler.getSimpleName() + ".order(")
                            .hasMessageContaining("no message can be read as"));
        }
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
    @JsonSubTypes(@JsonSubTypes.Type(Paid.class))
    interface Polymorphic {}

    record Paid(String text) implements Polymorphic {}

    static class OfMany extends Ears {
        @OnDeliver("orders")
        void order(Polymorphic payload) {}

        @OnDeliver("orders")
        void order(List<Paid> payload) {}

        @OnDeliver("orders")
        void order(Map<String, Object> payload) {}

        @OnDeliver("orders")
        void order(Paid payload) {}

        @OnDeliver("orders")
        void order(CharSequence payload) {}

        @OnDeliver("orders")
        void order(Number payload) {}

        @OnDeliver("orders")
        void order(Instant payload) {}
    }

    @Test
    void acceptsWhatTheCodecCanMakeOfSomeMessage() {
        runner.withBean(OfMany.class).run(context -> assertThat(context).hasNotFailed());
    }

    static class TooLong {
        @OnDeliver("ggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggg")
        void order(String text) {}
    }

    static class OfObjects {
        @OnDeliver(ReplicatedObjects.GROUP)
        void order(byte[] bytes) {}
    }

    @Test
    void failsTheStartForAGroupThatCannotBeOrThatIsToldToNobody() {
        assertFailure(TooLong.class, "TooLong.order(String)", "1 to 64 bytes of UTF-8, not 65");
        assertFailure(OfObjects.class, "OfObjects.order(byte[])", "ReplicatedMap.addListener");
    }

    private void assertFailure(Class<?> bean, CharSequence... words) {
        runner.withBean(bean)
                .run(context -> assertThat(context).getFailure().message().contains(words));
    }

    @Configuration(proxyBeanMethods = false)
    static class MadeLate {
        @Bean
        @Lazy
        Composed composed() {
            return new Composed();
        }
    }

    @Test
    void listensFromTheMomentAtWhichALazyBeanIsMade() {
        runner.withUserConfiguration(MadeLate.class).run(context -> {
            RingListenerRegistry registry = context.getBean(RingListenerRegistry.class);
            registry.start(MEMBER, death -> {});
            registry.onMessage(message("orders", "missed"));

            Composed composed = context.getBean(Composed.class);
            registry.onMessage(message("orders", "heard"));
            registry.stop(Duration.ofSeconds(10));

            assertThat(composed.heard).containsExactly("heard");
        });
    }

    @Configuration(proxyBeanMethods = false)
    static class TwoBeansOneListener {
        @Bean
        First first() {
            return new First();
        }

        @Bean
        Second second() {
            return new Second();
        }
    }

    static class First {
        @OnDeliver(groups = "orders", id = "${listener:shared}")
        void order(String text) {}
    }

    static class Second {
        @OnDeliver(groups = "orders", id = "shared")
        void order(String text) {}

        @OnConfigurationChange(id = "other")
        void change() {}
    }

    @Test
    void makesOneListenerOfMethodsWithOneId() {
        runner.withUserConfiguration(TwoBeansOneListener.class)
                .run(context -> assertThat(
                                context.getBean(RingListenerRegistry.class).listeners())
                        .extracting(ListenerStatus::id)
                        .containsExactly("shared", "other"));
    }

    private static List<String> heard(RingListenerRegistry registry, Ears ears) throws InterruptedException {
        registry.start(MEMBER, death -> {});
        for (String group : List.of("orders", "first", "second", "third")) {
            registry.onMessage(message(group, group));
        }
        registry.stop(Duration.ofSeconds(10));
        return ears.heard;
    }

    private static Delivery message(String group, String text) {
        byte[] bytes = new PayloadCodecs(List.of()).encode(text);
        return new MemoryDelivery(MEMBER, 1, group, Guarantee.AGREED, ALONE, 1, bytes);
    }
}
