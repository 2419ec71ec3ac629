package io.vsring.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import io.vsring.ConfigurationChange;
import io.vsring.Delivery;
import io.vsring.Guarantee;
import io.vsring.Receipt;
import io.vsring.ring.OutcomeUnknownException;
import io.vsring.ring.ReentrantCallException;
import io.vsring.ring.Ring;
import io.vsring.ring.RingClosedException;
import io.vsring.ring.RingHandler;
import io.vsring.ring.RingOptions;
import io.vsring.spring.observation.RingObservations;
import io.vsring.spring.observation.SendContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;

class RingTemplateTest implements RingHandler {

    private static final int QUEUE_CAPACITY = 4;

    private final MemoryOrder order = new MemoryOrder();
    private final Ring ring = order.open(RingOptions.builder().build(), this);
    private final RingListenerRegistry listeners = new RingListenerRegistry(
            new PayloadCodecs(List.of()),
            new ListenerSettings("default", true, QUEUE_CAPACITY, 1 << 20, Duration.ofSeconds(1), null),
            ListenerErrorHandler.logging(),
            Thread::new);
    private final RingTemplate template = template(Duration.ofMillis(50));
    private final List<Delivery> delivered = new CopyOnWriteArrayList<>();
    private final List<SendContext> stopped = new CopyOnWriteArrayList<>();
    private volatile Runnable onDeliveryThread = () -> {};
    private volatile Runnable onListenerThread = () -> {};

    @Override
    public void onMessage(Delivery delivery) {
        delivered.add(delivery);
        listeners.onMessage(delivery);
        Runnable once = onDeliveryThread;
        onDeliveryThread = () -> {};
        once.run();
    }

    @Override
    public void onConfigurationChange(ConfigurationChange change) {}

    @BeforeEach
    void start() {
        Listener listener = new Listener();
        DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
        beans.registerSingleton("listener", listener);
        RingListenerBeanPostProcessor processor = new RingListenerBeanPostProcessor(beans, () -> listeners);
        processor.postProcessAfterInitialization(listener, "listener");
        processor.afterSingletonsInstantiated();
        listeners.start(ring.status().local().id(), death -> {});
        ring.start().join();
    }

    @AfterEach
    void close() throws InterruptedException {
        ring.close();
        listeners.stop(Duration.ZERO);
    }

    final class Listener {
        @OnDeliver("heard")
        void on(Delivery delivery) {
            onListenerThread.run();
        }
    }

    @Test
    void theReceiptSaysWhereTheMessageWasDelivered() {
        Receipt receipt =
                template.send("orders", new byte[] {1, 2}, Guarantee.SAFE).join();

        Delivery delivery = delivered.get(0);
        assertThat(receipt.sequence()).isEqualTo(delivery.sequence());
        assertThat(receipt.configuration()).isEqualTo(delivery.configuration());
        assertThat(receipt.guarantee()).isEqualTo(Guarantee.SAFE);
        assertThat(delivery.group()).isEqualTo("orders");
        assertThat(delivery.toByteArray()).containsExactly(1, 2);
    }

    @Test
    void usesTheDefaultsWhereNothingIsSaid() {
        template.send("text").join();
        template.send("orders", "text").join();

        assertThat(delivered).extracting(Delivery::group).containsExactly("default", "orders");
        assertThat(delivered).extracting(Delivery::guarantee).containsOnly(Guarantee.AGREED);
    }

    @Test
    void waitsForRoomInTheSendQueue() {
        order.setFull(true);
        CompletableFuture<Receipt> sending = CompletableFuture.supplyAsync(
                () -> template(Duration.ofMinutes(1)).sendAndAwait("orders", "text", Guarantee.AGREED));
        await().until(() -> order.refused() > 0);

        order.setFull(false);

        assertThat(sending.join().number()).isOne();
    }

    @Test
    void saysThatNothingWasSentWhenThereIsNoRoomInTime() {
        order.setFull(true);

        assertThatExceptionOfType(SendQueueFullException.class)
                .isThrownBy(() -> template.send("text"))
                .withMessageContaining("full for 50ms (vs.template.send-timeout); nothing has been sent");
        assertThat(template.trySend("orders", "text", Guarantee.AGREED)).isEmpty();
        order.setFull(false);
        assertThat(template.trySend("orders", "text", Guarantee.AGREED))
                .hasValueSatisfying(
                        receipt -> assertThat(receipt.join().number()).isOne());
    }

    @Test
    void doesNotWaitForRoomWhereThatWouldKeepTheRingFromMakingAny() {
        CompletableFuture<Void> queueIsFull = new CompletableFuture<>();
        CompletableFuture<Throwable> sending = new CompletableFuture<>();
        onListenerThread = () -> {
            queueIsFull.join();
            sending.complete(catchThrowable(() -> template(Duration.ofDays(1)).send("text")));
        };

        for (int number = 0; number < QUEUE_CAPACITY; number++) {
            template.send("heard", new byte[0]).join();
        }
        order.setFull(true);
        queueIsFull.complete(null);

        assertThat(sending.join())
                .isInstanceOf(SendQueueFullException.class)
                .hasMessageContaining("the ring waits for the calling thread");
    }

    @Test
    void aListenerThatWaitsForAReceiptIsToldAtOnceBeforeItsQueueFillsAndItsMemberStops() {
        CompletableFuture<Throwable> awaiting = new CompletableFuture<>();
        CompletableFuture<Throwable> joining = new CompletableFuture<>();
        CompletableFuture<Receipt> chaining = new CompletableFuture<>();
        onListenerThread = () -> {
            awaiting.complete(catchThrowable(() -> template.sendAndAwait("orders", "text", Guarantee.AGREED)));
            CompletableFuture<Void> refused = new CompletableFuture<>();
            onDeliveryThread = refused::join;
            joining.complete(
                    catchThrowable(() -> template.send("orders", "text").join()));
            template.send("orders", "text").thenAccept(chaining::complete);
            refused.complete(null);
        };

        template.send("heard", new byte[0]).join();

        assertThat(awaiting.join())
                .isInstanceOf(ReentrantCallException.class)
                .hasMessageContaining("vs-listener-listener must not wait for")
                .hasMessageContaining("thenAccept");
        assertThat(joining.join()).isInstanceOf(ReentrantCallException.class);
        assertThat(chaining.join().guarantee()).isEqualTo(Guarantee.AGREED);
    }

    @Test
    void refusesToWaitOnTheDeliveryThread() {
        CompletableFuture<Throwable> awaiting = new CompletableFuture<>();
        CompletableFuture<Throwable> joining = new CompletableFuture<>();
        onDeliveryThread = () -> {
            awaiting.complete(catchThrowable(() -> template.sendAndAwait("orders", "text", Guarantee.AGREED)));
            joining.complete(catchThrowable(() -> template.send("text").join()));
        };

        template.send("first");

        assertThat(awaiting.join())
                .isInstanceOf(ReentrantCallException.class)
                .hasMessageContaining("must not wait for");
        assertThat(joining.join()).isInstanceOf(ReentrantCallException.class);
        await().untilAsserted(() -> assertThat(delivered).hasSize(2)); // what was awaited has not been sent
    }

    @Test
    void tellsThatAnOutcomeIsUnknown() {
        PendingReceipt receipt = new PendingReceipt(() -> false, Observation.NOOP);

        receipt.unknown(new RingClosedException("gone"));

        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(receipt.future()::get)
                .withCauseInstanceOf(OutcomeUnknownException.class)
                .withMessageContaining("may or may not have delivered it");
    }

    @Test
    void namesTheArgumentThatIsMissingBeforeAnythingIsSent() {
        assertThatNullPointerException()
                .isThrownBy(() -> template.send("orders", null))
                .withMessage("payload");
        assertThatNullPointerException()
                .isThrownBy(() -> template.send(null, "text"))
                .withMessage("group");
        assertThatNullPointerException()
                .isThrownBy(() -> template.send("orders", "text", null))
                .withMessage("guarantee");
        assertThatNullPointerException()
                .isThrownBy(() -> template.sendAndAwait("orders", "text", Guarantee.SAFE, null))
                .withMessage("timeout");
        assertThat(template.send("orders", "text").join().number()).isOne();
    }

    @Test
    void refusesTheGroupThatMeansAllGroups() {
        assertThatIllegalArgumentException().isThrownBy(() -> template.send("*", "text"));

        assertThat(template.send("orders", "text").join().number()).isOne();
    }

    @Test
    void refusesAPayloadThatCannotBeWrittenBeforeAnythingIsSent() {
        assertThatExceptionOfType(PayloadCodecException.class).isThrownBy(() -> template.send(endless()));

        assertThat(template.send("orders", "text").join().number()).isOne();
    }

    @Test
    void refusesAfterTheEndOfTheRing() {
        ring.close();

        assertThatExceptionOfType(RingClosedException.class).isThrownBy(() -> template.send("text"));
    }

    @Test
    void sendsHeadersAndUsesTheDefaultsWhereNothingIsSaid() {
        template.send(OutboundMessage.of("text").header("tenant", "acme")).join();
        template.sendAndAwait(OutboundMessage.of("text").to("orders").guarantee(Guarantee.SAFE), Duration.ofSeconds(5));

        Delivery first = HeaderBlock.open(delivered.get(0));
        assertThat(HeaderBlock.of(first)).containsExactly(Map.entry("tenant", "acme"));
        assertThat(first.toByteArray()).asString().isEqualTo("text");
        assertThat(delivered).extracting(Delivery::group).containsExactly("default", "orders");
        assertThat(delivered).extracting(Delivery::guarantee).containsExactly(Guarantee.AGREED, Guarantee.SAFE);
    }

    @Test
    void refusesTheGroupsThatVsKeepsForItself() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> template.send("vs.events", "text"))
                .withMessageContaining("give the message another one");

        assertThat(delivered).isEmpty();
    }

    @Test
    void aBarrierIsThereWhenTheListenersHaveHandledAllThatCameBefore() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        onListenerThread = () -> awaitLatch(goOn);
        template.send("heard", "slow").join();

        CompletableFuture<Void> barrier = template.barrier();

        await().until(() -> delivered.size() == 2);
        assertThat(barrier).isNotDone();
        goOn.countDown();
        barrier.get(10, TimeUnit.SECONDS);
        assertThat(listeners.status("listener").handled()).isOne();
    }

    @Test
    void nobodyWaitsForABarrierInAListener() {
        AtomicReference<Throwable> refused = new AtomicReference<>();
        onListenerThread = () -> {
            try {
                template.barrier().join();
            } catch (ReentrantCallException e) {
                refused.set(e);
            }
        };

        template.send("heard", "text").join();

        await().until(() -> refused.get() != null);
    }

    @Test
    void observesWhatIsSentUntilItHasBeenDelivered() {
        TestObservationRegistry observed = TestObservationRegistry.create();
        observed.observationConfig().observationHandler(new Tracer());
        RingTemplate watched = template(new RingObservations(observed, null, null));

        watched.send("orders", "text", Guarantee.SAFE).join();
        order.setFull(true);
        assertThatExceptionOfType(SendQueueFullException.class).isThrownBy(() -> watched.send("orders", "text"));
        assertThat(watched.trySend("orders", "text", Guarantee.AGREED)).isEmpty();

        assertThat(HeaderBlock.of(HeaderBlock.open(delivered.get(0)))).containsEntry("trace", "t1");
        TestObservationRegistryAssert.assertThat(observed)
                .hasNumberOfObservationsWithNameEqualTo("vs.template", 3)
                .forAllObservationsWithNameEqualTo(
                        "vs.template",
                        context -> context.hasLowCardinalityKeyValue("messaging.system", "vs")
                                .hasLowCardinalityKeyValue("messaging.operation.type", "publish")
                                .hasLowCardinalityKeyValue("messaging.destination.name", "orders"))
                .hasAnObservation(context -> context.hasError())
                .hasHandledContextsThatSatisfy(contexts -> assertThat(stopped).hasSameSizeAs(contexts));
    }

    @Test
    void whoeverLooksCannotKeepAReceiptFromComing() {
        TestObservationRegistry observed = TestObservationRegistry.create();
        observed.observationConfig().observationHandler(new Tracer() {
            @Override
            public void onStop(SendContext context) {
                throw new IllegalStateException("cannot look");
            }
        });

        assertThat(template(new RingObservations(observed, null, null))
                        .send("orders", "text")
                        .join()
                        .number())
                .isOne();
    }

    @Test
    void headersThatDoNotFitAreRefusedAndObserved() {
        TestObservationRegistry observed = TestObservationRegistry.create();
        observed.observationConfig().observationHandler(new Tracer());
        OutboundMessage tooMuch = OutboundMessage.of("text").header("long", "x".repeat(9000));

        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        template(new RingObservations(observed, null, null)).send(tooMuch))
                .withMessageContaining("'long' is one too many");

        assertThat(stopped).hasSize(1);
    }

    /** Puts something into what is sent, as tracers do. */
    class Tracer implements ObservationHandler<SendContext> {

        @Override
        public void onStop(SendContext context) {
            stopped.add(context);
        }

        @Override
        public void onStart(SendContext context) {
            context.getSetter().set(context.getCarrier(), "trace", "t1");
        }

        @Override
        public boolean supportsContext(Observation.Context context) {
            return context instanceof SendContext;
        }
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<Object> endless() {
        List<Object> list = new ArrayList<>();
        list.add(list);
        return list;
    }

    private RingTemplate template(Duration timeout) {
        return template(new TemplateSettings("default", Guarantee.AGREED, timeout, null));
    }

    private RingTemplate template(RingObservations observations) {
        return template(new TemplateSettings("default", Guarantee.AGREED, Duration.ofMillis(50), null)
                .withObservations(observations));
    }

    private RingTemplate template(TemplateSettings settings) {
        return new RingTemplate(() -> ring, new PayloadCodecs(List.of()), settings, listeners);
    }
}
