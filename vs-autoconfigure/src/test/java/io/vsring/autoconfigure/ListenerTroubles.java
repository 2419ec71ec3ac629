package io.vsring.autoconfigure;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.vsring.spring.OnDeliver;
import io.vsring.spring.ReplicatedType;
import io.vsring.spring.RingListenerRegistry;
import jakarta.validation.Valid;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;

/** Listener methods that look as they should, and whose annotation, payload or bean does not fit. */
@SuppressWarnings("unused") // parameters that are only looked at
final class ListenerTroubles {

    private ListenerTroubles() {}

    record Order(String id) {}

    static class NoGroup {
        @OnDeliver("${orders.group}")
        void on(Order order) {}
    }

    static class OurGroup {
        @OnDeliver("vs.orders")
        void on(Order order) {}
    }

    static class OtherPayload {
        @OnDeliver(groups = "orders", payload = Integer.class)
        void on(Order order) {}
    }

    static class WithoutPayload {
        @OnDeliver(groups = "orders", payload = Order.class)
        void on(io.vsring.Delivery delivery) {}
    }

    static class NoExpression {
        @OnDeliver(groups = "orders", condition = "payload.id ==")
        void on(Order order) {}
    }

    static class NoExecutor {
        @OnDeliver(groups = "orders", orderKey = "payload.id")
        void on(Order order) {}
    }

    static class MissingExecutor {
        @OnDeliver(groups = "orders", executor = "workers", orderKey = "payload.id")
        void on(Order order) {}
    }

    static class WrongErrorHandler {
        @OnDeliver(groups = "orders", errorHandler = "orders")
        void on(Order order) {}
    }

    static class Perhaps {
        @OnDeliver(groups = "orders", autoStartup = "perhaps")
        void on(Order order) {}
    }

    static class BothWays {
        @OnDeliver(groups = "orders", autoStartup = "true")
        void on(Order order) {}

        @OnDeliver(groups = "refunds", autoStartup = "false")
        void onRefund(Order order) {}
    }

    static class Validated {
        @OnDeliver("orders")
        void on(@Valid Order order) {}
    }

    interface Shape {}

    static class OfAnInterface {
        @OnDeliver("shapes")
        void on(Shape shape) {}
    }

    sealed interface Nameless permits Round {}

    record Round(int radius) implements Nameless {}

    static class OfANameless {
        @OnDeliver("shapes")
        void on(Nameless shape) {}
    }

    sealed interface Alike permits Circle, Ball {}

    @ReplicatedType("round")
    record Circle(int radius) implements Alike {}

    @ReplicatedType("round")
    record Ball(int radius) implements Alike {}

    static class OfAlike {
        @OnDeliver("shapes")
        void on(Alike shape) {}
    }

    sealed interface WithEnum permits Color {}

    @ReplicatedType("color")
    enum Color implements WithEnum {
        RED
    }

    static class OfAnEnum {
        @OnDeliver("shapes")
        void on(WithEnum shape) {}
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
    interface ByClass {}

    static class OfNamesOfClasses {
        @OnDeliver("shapes")
        void on(ByClass shape) {}
    }

    static class Final {
        @OnDeliver("orders")
        final void on(Order order) {}
    }

    interface Unrelated {}

    static class BehindAnInterface implements Unrelated {
        @OnDeliver("orders")
        public void on(Order order) {}
    }

    static class Plain {
        @OnDeliver("orders")
        void on(Order order) {}
    }

    @Configuration(proxyBeanMethods = false)
    static class OnePerInjection {
        @Bean
        @Scope("prototype")
        Plain orders() {
            return new Plain();
        }

        @Bean
        String user(Plain orders) {
            return orders.toString();
        }
    }

    static List<Trouble> annotations() {
        return List.of(
                trouble(
                        "The name of a group is too long, or empty",
                        "A group of `@OnDeliver`, often a placeholder, is empty or longer than it may be.",
                        NoGroup.class,
                        "orders.group=" + "x".repeat(65)),
                trouble(
                        "A listener names a group that begins with vs.",
                        "Groups whose names begin with `vs.` carry the messages of replicated objects and events.",
                        OurGroup.class),
                trouble(
                        "A listener asks for payloads that its parameter is not",
                        "The attribute `payload` has a class that is no subclass of the parameter.",
                        OtherPayload.class),
                trouble(
                        "A listener asks for payloads and takes none",
                        "The attribute `payload` is set, and all parameters are something else.",
                        WithoutPayload.class),
                trouble(
                        "A condition or orderKey is no expression",
                        "The attribute cannot be parsed as an expression of Spring (SpEL).",
                        NoExpression.class),
                trouble(
                        "An orderKey has no executor",
                        "The attribute `orderKey` is set and `executor` is not.",
                        NoExecutor.class),
                trouble(
                        "The executor of a listener is no bean",
                        "There is no bean of the name in `executor`.",
                        MissingExecutor.class),
                trouble(
                        "The errorHandler of a listener is a bean of another type",
                        "The bean of the name in `errorHandler` is no `ListenerErrorHandler`.",
                        WrongErrorHandler.class),
                trouble(
                        "autoStartup is neither true nor false",
                        "The attribute `autoStartup`, often a placeholder, is something else.",
                        Perhaps.class),
                trouble(
                        "Two methods of one listener say different things of autoStartup",
                        "Methods of one bean, or with one `id`, are one listener.",
                        BothWays.class),
                trouble(
                        "There is no validator",
                        "A payload has `@Valid` or `@Validated`, and the application has no `Validator` bean.",
                        Validated.class));
    }

    static List<Trouble> payloads() {
        return List.of(
                trouble(
                        "No message can be read as the payload",
                        "The payload is an interface, an abstract class, or has no constructor that can be used.",
                        OfAnInterface.class),
                trouble(
                        "A permitted class has no @ReplicatedType",
                        "A payload is a sealed type, and one of the classes that it permits has no name.",
                        OfANameless.class),
                trouble(
                        "Two permitted classes have one @ReplicatedType",
                        "Two classes below a sealed type have the same name.",
                        OfAlike.class),
                trouble(
                        "An enum below a sealed type",
                        "A payload is a sealed type that permits an enum.",
                        OfAnEnum.class),
                trouble(
                        "@JsonTypeInfo with names of classes",
                        "A payload is annotated so that Jackson would write the name of its class.",
                        OfNamesOfClasses.class));
    }

    static List<Trouble> beans() {
        return List.of(
                new Trouble(
                        "A listener bean is no singleton",
                        "A bean with listener methods has the scope `prototype`, `request` or the like.",
                        Seen.atStart(Seen.application().withUserConfiguration(OnePerInjection.class))),
                new Trouble(
                        "A final listener method of a proxied bean",
                        "The bean has a proxy that is a subclass (for `@Transactional` or `@Async`, for example).",
                        Seen.atStart(Seen.application().withBean("orders", Final.class, ListenerTroubles::subclass))),
                new Trouble(
                        "A listener method is not in the interface of its proxy",
                        "The bean has a proxy of its interfaces, and none of them has the method.",
                        Seen.atStart(Seen.application().withBean("orders", Unrelated.class, () ->
                                (Unrelated) new ProxyFactory(new BehindAnInterface()).getProxy()))),
                new Trouble(
                        "The ring belongs to a parent context",
                        "A bean with listener methods is in a child context, as that of a management port.",
                        inAChildContext()),
                new Trouble(
                        "There is no listener of this id",
                        "`RingListenerRegistry` was asked to start, stop, pause or resume a listener that is none.",
                        unknownId()));
    }

    private static Final subclass() {
        ProxyFactory factory = new ProxyFactory(new Final());
        factory.setProxyTargetClass(true);
        return (Final) factory.getProxy();
    }

    private static String inAChildContext() {
        AtomicReference<String> seen = new AtomicReference<>();
        ApplicationContextRunner runner = Seen.application();
        runner.run(parent -> seen.set(Seen.atStart(
                runner.withParent(parent.getSourceApplicationContext()).withBean("orders", Plain.class))));
        return seen.get();
    }

    private static String unknownId() {
        AtomicReference<String> seen = new AtomicReference<>();
        Seen.application()
                .withBean("orders", Plain.class)
                .run(context -> seen.set(Seen.of(
                        () -> context.getBean(RingListenerRegistry.class).pause("order"))));
        return seen.get();
    }

    private static Trouble trouble(String title, String how, Class<?> listener, String... properties) {
        return new Trouble(title, how, Seen.atStart(Seen.application().withBean("orders", listener), properties));
    }
}
