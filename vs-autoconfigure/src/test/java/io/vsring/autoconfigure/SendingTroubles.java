package io.vsring.autoconfigure;

import io.vsring.ConfigurationChange;
import io.vsring.Delivery;
import io.vsring.Guarantee;
import io.vsring.Receipt;
import io.vsring.ring.Outcome;
import io.vsring.ring.Ring;
import io.vsring.ring.RingClosedException;
import io.vsring.ring.RingHandler;
import io.vsring.ring.RingOptions;
import io.vsring.spring.ListenerErrorHandler;
import io.vsring.spring.MemoryOrder;
import io.vsring.spring.OnDeliver;
import io.vsring.spring.OutboundMessage;
import io.vsring.spring.RingTemplate;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.validation.beanvalidation.LocalValidatorFactoryBean;

/** Messages that are not sent, not delivered in time, or cannot be handled where they are. */
@SuppressWarnings("unused") // parameters that are only looked at
final class SendingTroubles {

    private SendingTroubles() {}

    record Order(@NotBlank String id) {}

    enum Size {
        SMALL
    }

    enum NewSize {
        HUGE
    }

    /** What is done when a message comes. */
    record Work(Consumer<Delivery> work) {
        @OnDeliver("orders")
        void on(Delivery delivery) {
            work.accept(delivery);
        }
    }

    static class Listeners {
        @OnDeliver(groups = "sizes", id = "sizes")
        void onSize(Size size) {}

        @OnDeliver(groups = "texts", id = "texts")
        void onText(String text) {}

        @OnDeliver(groups = "valid", id = "valid")
        void onValid(@Valid Order order) {}

        @OnDeliver(groups = "tenants", id = "tenants")
        void onTenant(String text, @Header("tenant") String tenant) {}
    }

    static List<Trouble> sending() {
        return List.of(
                new Trouble(
                        "A message is sent to all groups",
                        "`*` is for listeners.",
                        sent(ring -> ring.send("*", "text"))),
                new Trouble(
                        "A message is sent to a group that begins with vs.",
                        "These groups carry the messages of replicated objects and events.",
                        sent(ring -> ring.send("vs.orders", "text"))),
                new Trouble(
                        "The name of a group is too long to be sent to",
                        "A group has at most 64 bytes.",
                        onUdp(ring -> ring.send("x".repeat(65), "text"))),
                new Trouble(
                        "The name of a group is no text",
                        "The name has half of a surrogate pair, as text has that was cut in the middle of a character.",
                        onUdp(ring -> ring.send("\ud800", "text"))),
                new Trouble(
                        "A message is too large",
                        "It is longer than `vs.transport.max-message-size` of this member.",
                        onUdp(ring -> ring.send("orders", new byte[2_000_000]))),
                new Trouble(
                        "A payload cannot be written",
                        "The object has no properties, contains itself, or throws where it is read.",
                        sent(ring -> ring.send("orders", new Broken()))),
                new Trouble(
                        "The name of a header is too long, or empty",
                        "`OutboundMessage.header` was given such a name.",
                        sent(ring -> ring.send(OutboundMessage.of("text").header("x".repeat(256), "acme")))),
                new Trouble(
                        "The headers of a message are too long",
                        "What describes a message belongs into headers, and its contents into the payload.",
                        sent(ring -> ring.send(OutboundMessage.of("text").header("tenant", "x".repeat(10_000))))));
    }

    static List<Trouble> waiting() {
        return List.of(
                new Trouble(
                        "The send queue is full",
                        "More is sent than the ring takes on, or a member has a slow handler.",
                        whenFull(ring -> Seen.of(() -> ring.send("orders", "text")))),
                new Trouble(
                        "The send queue is full, and the ring waits for the sender",
                        "A listener whose own queue is full sends, or a `RingHandler`.",
                        onDeliveryThreadWhenFull()),
                new Trouble(
                        "The sender was interrupted while the send queue was full",
                        "Somebody interrupted the thread, as when an application is stopped.",
                        whenFull(ring -> {
                            Thread.currentThread().interrupt();
                            try {
                                return Seen.of(() -> ring.send("orders", "text"));
                            } finally {
                                boolean unused = Thread.interrupted();
                            }
                        })),
                new Trouble(
                        "A message was not delivered in time",
                        "`sendAndAwait` waited, and the ring is changing or a member is slow.",
                        whileBusy(ring -> Seen.of(
                                () -> ring.sendAndAwait("orders", "text", Guarantee.SAFE, Duration.ofMillis(20))))),
                new Trouble(
                        "The sender was interrupted while it waited for the delivery",
                        "Somebody interrupted the thread, as when an application is stopped.",
                        whileBusy(ring -> {
                            Thread.currentThread().interrupt();
                            try {
                                return Seen.of(
                                        () -> ring.sendAndAwait("orders", "text", Guarantee.SAFE, Duration.ofDays(1)));
                            } finally {
                                boolean unused = Thread.interrupted();
                            }
                        })),
                new Trouble(
                        "Too many barriers wait for a listener",
                        "A listener's method does not return, or it is paused, and barriers are asked for again and"
                                + " again.",
                        oneBarrierTooMany()),
                new Trouble(
                        "A member that has left sends",
                        "The application is being stopped, or its member has failed.",
                        onUdp(ring -> ring.send("orders", "text"), Ring::close)));
    }

    static List<Trouble> listening() {
        return List.of(
                new Trouble(
                        "A listener waits for the ring",
                        "A listener's method calls `sendAndAwait`, `join`, `get` or a blocking method of a replicated"
                                + " object.",
                        inAListener((ring, delivery) -> ring.sendAndAwait("orders", "text", Guarantee.SAFE))),
                new Trouble(
                        "A delivery is used after its callback",
                        "A `RingHandler` of an application without Spring kept it, or handed it to another thread.",
                        afterTheCallback()),
                new Trouble(
                        "A message has no such header",
                        "A listener takes a `@Header` that the sender has not set.",
                        failing("tenants", "text")),
                new Trouble(
                        "The payload is not valid",
                        "The payload is `@Valid`, and breaks a constraint.",
                        failing("valid", new Order(""))),
                new Trouble(
                        "The message was not sent as CBOR",
                        "The sender sent a `String` or `byte[]`, and the listener takes an object.",
                        failing("sizes", "text")),
                new Trouble(
                        "The message is a null",
                        "A member that does not use this library sent it.",
                        failing("sizes", new byte[] {(byte) 0xd9, (byte) 0xd9, (byte) 0xf7, (byte) 0xf6})),
                new Trouble(
                        "The message is no value that this member knows",
                        "An enum has a constant, or a sealed type a class, that only a newer release has.",
                        failing("sizes", NewSize.HUGE)),
                new Trouble(
                        "The message is something else in CBOR",
                        "The sender sent another class, or another release of it that does not fit.",
                        failing("sizes", new Order("1"))),
                new Trouble(
                        "The message is not UTF-8 text",
                        "The sender sent `byte[]`, and the listener takes a `String`.",
                        failing("texts", new byte[] {(byte) 0xc0})));
    }

    private static String sent(Consumer<RingTemplate> send) {
        AtomicReference<String> seen = new AtomicReference<>();
        Seen.application().run(context -> seen.set(Seen.of(() -> send.accept(context.getBean(RingTemplate.class)))));
        return seen.get();
    }

    private static String onUdp(Consumer<RingTemplate> send) {
        return onUdp(send, ring -> {});
    }

    private static String onUdp(Consumer<RingTemplate> send, Consumer<Ring> before) {
        AtomicReference<String> seen = new AtomicReference<>();
        Seen.onUdp().withPropertyValues("vs.transport.port=0", "vs.member-id=7").run(context -> {
            before.accept(context.getBean(RingLifecycle.class).get());
            seen.set(Seen.of(() -> send.accept(context.getBean(RingTemplate.class))));
        });
        return seen.get();
    }

    private static String whenFull(Function<RingTemplate, String> send) {
        AtomicReference<String> seen = new AtomicReference<>();
        MemoryOrder order = new MemoryOrder();
        Seen.onUdp()
                .withBean(RingOpener.class, () -> order::open)
                .withPropertyValues("vs.template.send-timeout=50ms")
                .run(context -> {
                    order.setFull(true);
                    seen.set(send.apply(context.getBean(RingTemplate.class)));
                    order.setFull(false);
                });
        return seen.get();
    }

    private static String onDeliveryThreadWhenFull() {
        MemoryOrder order = new MemoryOrder();
        AtomicReference<String> seen = new AtomicReference<>();
        Seen.onUdp().withBean(RingOpener.class, () -> order::open).run(context -> {
            CompletableFuture<String> sent = new CompletableFuture<>();
            order.setFull(true);
            RingTemplate template = context.getBean(RingTemplate.class);
            Ring ring = context.getBean(RingLifecycle.class).get();
            ring.execute(() -> sent.complete(Seen.of(() -> template.send("orders", "text"))));
            seen.set(sent.join());
            order.setFull(false);
        });
        return seen.get();
    }

    /** While the delivery thread has something else to do. */
    private static String whileBusy(Function<RingTemplate, String> send) {
        AtomicReference<String> seen = new AtomicReference<>();
        Seen.application().run(context -> {
            CountDownLatch busy = new CountDownLatch(1);
            context.getBean(RingLifecycle.class).get().execute(() -> await(busy));
            seen.set(send.apply(context.getBean(RingTemplate.class)));
            busy.countDown();
        });
        return seen.get();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String inAListener(Answering answering) {
        CompletableFuture<String> seen = new CompletableFuture<>();
        AtomicReference<RingTemplate> ring = new AtomicReference<>();
        Seen.application()
                .withBean(
                        "orders",
                        Work.class,
                        () -> new Work(
                                delivery -> seen.complete(Seen.of(() -> answering.answer(ring.get(), delivery)))))
                .run(context -> {
                    ring.set(context.getBean(RingTemplate.class));
                    ring.get().send("orders", "text");
                    seen.join();
                });
        return seen.join();
    }

    /** The listener has one message, which it does not get rid of, and room for two barriers. */
    private static String oneBarrierTooMany() {
        AtomicReference<String> seen = new AtomicReference<>();
        CompletableFuture<Void> called = new CompletableFuture<>();
        CountDownLatch returns = new CountDownLatch(1);
        Seen.application()
                .withPropertyValues("vs.listener.queue-capacity=2")
                .withBean(
                        "orders",
                        Work.class,
                        () -> new Work(delivery -> {
                            called.complete(null);
                            await(returns);
                        }))
                .run(context -> {
                    RingTemplate ring = context.getBean(RingTemplate.class);
                    ring.send("orders", "text");
                    called.join();
                    CompletableFuture<Void> first = ring.barrier();
                    CompletableFuture<Void> second = ring.barrier();
                    seen.set(Seen.of(() -> ring.barrier().join()));
                    returns.countDown();
                    CompletableFuture.allOf(first, second).join();
                });
        return seen.get();
    }

    private interface Answering {
        void answer(RingTemplate ring, Delivery delivery);
    }

    private static String afterTheCallback() {
        CompletableFuture<Delivery> kept = new CompletableFuture<>();
        RingHandler keeping = new RingHandler() {
            @Override
            public void onMessage(Delivery delivery) {
                kept.complete(delivery);
            }

            @Override
            public void onConfigurationChange(ConfigurationChange change) {}
        };
        try (Ring ring = RingOptions.builder().ports(0, 0).build().open(keeping)) {
            ring.start().join();
            boolean unused = ring.offer("orders", new byte[1], Guarantee.AGREED, new Ignored());
            Delivery late = kept.join();
            CompletableFuture<Void> callbackHasReturned = new CompletableFuture<>();
            ring.execute(() -> callbackHasReturned.complete(null));
            callbackHasReturned.join();
            return Seen.of(late::toByteArray);
        }
    }

    private static final class Ignored implements Outcome {
        @Override
        public void delivered(Receipt receipt) {}

        @Override
        public void unknown(RingClosedException cause) {}
    }

    /** What the error handler is told when this is delivered. */
    private static String failing(String group, Object payload) {
        CompletableFuture<String> seen = new CompletableFuture<>();
        Seen.application()
                .withBean("orders", Listeners.class)
                .withBean(LocalValidatorFactoryBean.class)
                .withBean(ListenerErrorHandler.class, () -> failure -> seen.complete(Seen.of(failure.cause())))
                .run(context -> {
                    context.getBean(RingTemplate.class).send(group, payload);
                    seen.join();
                });
        return seen.join();
    }

    /** Throws where it is to be written. */
    static class Broken {
        public String getId() {
            throw new IllegalStateException("no id yet");
        }
    }
}
