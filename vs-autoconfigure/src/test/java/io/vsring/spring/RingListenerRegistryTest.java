package io.vsring.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vsring.ConfigurationChange;
import io.vsring.Delivery;
import io.vsring.Guarantee;
import io.vsring.MemberId;
import io.vsring.MemberSet;
import io.vsring.RingConfiguration;
import io.vsring.RingId;
import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

@ExtendWith(OutputCaptureExtension.class)
class RingListenerRegistryTest {

    private static final MemberId A = new MemberId(1, 1);
    private static final MemberId B = new MemberId(2, 1);
    private static final MemberId C = new MemberId(3, 1);
    private static final RingConfiguration ABC = RingConfiguration.regular(new RingId(A, 1), MemberSet.of(A, B, C));
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final List<ListenerFailure> failures = new CopyOnWriteArrayList<>();
    private final AtomicReference<Throwable> death = new AtomicReference<>();
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private ListenerErrorHandler onFailure = failures::add;
    private final RingListenerRegistry registry = new RingListenerRegistry(
            new PayloadCodecs(List.of(new Exploding())),
            new ListenerSettings("default", true, 4, 1 << 20, Duration.ofSeconds(1), null),
            failure -> onFailure.onFailure(failure),
            this::thread);
    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    private long sequence;

    @AfterEach
    void stop() throws InterruptedException {
        registry.stop(Duration.ZERO);
        context.close();
    }

    private Thread thread(Runnable task) {
        Thread thread = new Thread(task);
        threads.add(thread);
        return thread;
    }

    static final class Everything {
        final List<String> seen = new CopyOnWriteArrayList<>();

        @OnDeliver("orders")
        void order(String text, Delivery delivery) {
            seen.add(delivery.sequence() + " " + text);
        }

        @OnConfigurationChange({ConfigurationKind.REGULAR, ConfigurationKind.TRANSITIONAL})
        void change(RingConfiguration configuration) {
            seen.add(configuration.id());
        }
    }

    @Test
    void tellsOneListenerOfMessagesAndConfigurationsInOneOrder() throws InterruptedException {
        Everything everything = started(new Everything());

        registry.onConfigurationChange(ConfigurationChange.between(MemberSet.of(), ABC));
        message("orders", Guarantee.AGREED, "a");
        message("others", Guarantee.AGREED, "b");
        registry.onConfigurationChange(ConfigurationChange.between(
                ABC.members(), RingConfiguration.transitional(ABC.ringId(), new RingId(A, 2), MemberSet.of(A, B))));
        message("orders", Guarantee.SAFE, "c");
        registry.stop(PATIENCE);

        assertThat(everything.seen).containsExactly("1.1.1", "1 a", "1.1.1>1.2.1", "3 c");
    }

    static final class RegularOnly {
        final List<ConfigurationChange> changes = new CopyOnWriteArrayList<>();

        @OnConfigurationChange
        void change(ConfigurationChange change) {
            changes.add(change);
        }
    }

    @Test
    void tellsOfEveryoneWhoLeftSinceTheRegularConfigurationBefore() throws InterruptedException {
        RegularOnly listener = started(new RegularOnly());
        RingId next = new RingId(A, 2);
        RingConfiguration ab = RingConfiguration.transitional(ABC.ringId(), next, MemberSet.of(A, B));
        RingConfiguration again = RingConfiguration.regular(next, ABC.members());

        registry.onConfigurationChange(ConfigurationChange.between(MemberSet.of(), ABC));
        registry.onConfigurationChange(ConfigurationChange.between(ABC.members(), ab));
        registry.onConfigurationChange(ConfigurationChange.between(ab.members(), again));
        registry.stop(PATIENCE);

        assertThat(listener.changes)
                .containsExactly(
                        new ConfigurationChange(ABC, ABC.members(), MemberSet.of()),
                        new ConfigurationChange(again, MemberSet.of(C), MemberSet.of(C)));
    }

    static final class Choosy {
        final List<String> seen = new CopyOnWriteArrayList<>();

        @OnDeliver(groups = "orders", guarantee = Guarantee.SAFE)
        void safe(String text) {
            seen.add("safe " + text);
        }

        @OnDeliver(OnDeliver.ALL_GROUPS)
        void all(Delivery delivery) {
            seen.add("all " + delivery.group());
        }

        @OnDeliver
        void inDefaultGroup(byte[] bytes) {
            seen.add("default " + bytes.length);
        }
    }

    @Test
    void callsEachMethodForWhatItWants() throws InterruptedException {
        Choosy choosy = started(new Choosy());

        message("orders", Guarantee.SAFE, "a");
        message("orders", Guarantee.AGREED, "b");
        message("default", Guarantee.AGREED, "ccc");
        message("unheard of", Guarantee.SAFE, "d");
        registry.stop(PATIENCE);

        assertThat(choosy.seen)
                .containsExactly("all orders", "safe a", "all orders", "all default", "default 3", "all unheard of");
    }

    static final class Failing {
        final List<Integer> seen = new CopyOnWriteArrayList<>();

        @OnDeliver("orders")
        void order(Integer number) {
            if (number < 0) {
                throw new IllegalArgumentException("negative");
            }
            seen.add(number);
        }
    }

    @Test
    void goesOnAfterAFailureAndAfterBytesThatCannotBeRead() throws InterruptedException {
        Failing failing = started(new Failing());

        message("orders", Guarantee.AGREED, -1);
        message("orders", Guarantee.AGREED, "no number");
        message("orders", Guarantee.AGREED, 3);
        registry.stop(PATIENCE);

        assertThat(failing.seen).containsExactly(3);
        assertThat(failures)
                .extracting(ListenerFailure::kind)
                .containsExactly(ListenerFailure.Kind.THROWN, ListenerFailure.Kind.UNDECODABLE);
        assertThat(failures).extracting(ListenerFailure::member).containsOnly(A);
        assertThat(failures.get(0).cause()).hasMessage("negative");
        assertThat(failures.get(1).delivery().toByteArray()).asString().isEqualTo("no number");
        assertThat(registry.status("bean0"))
                .returns(1L, ListenerStatus::handled)
                .returns(1L, ListenerStatus::failed)
                .returns(1L, ListenerStatus::undecodable)
                .returns(0, ListenerStatus::queued);
    }

    record Text(String text) {}

    /** As a codec may be that somebody else wrote: it throws whatever the bytes make it throw. */
    private static final class Exploding implements PayloadCodec {

        @Override
        public boolean supports(Type type) {
            return type == Text.class;
        }

        @Override
        public byte[] encode(Object payload) {
            return payload.toString().getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public Object decode(byte[] bytes, Type type) {
            String text = new String(bytes, StandardCharsets.UTF_8);
            switch (text) {
                case "error" -> throw new AssertionError(text);
                case "overflow" -> throw new StackOverflowError(text);
                case "checked" -> throwUnseen(new IOException(text));
                default -> {}
            }
            return new Text(text);
        }

        @SuppressWarnings("unchecked")
        private static <E extends Throwable> void throwUnseen(Throwable thrown) throws E {
            throw (E) thrown;
        }
    }

    static final class Exploded {
        final List<String> seen = new CopyOnWriteArrayList<>();

        @OnDeliver("orders")
        void order(Text text) {
            seen.add(text.text());
        }
    }

    @Test
    void oneMessageWhoseDecodingThrowsAnythingAtAllTakesNoMemberOffTheRing() throws InterruptedException {
        Exploded listener = started(new Exploded());

        for (String text : List.of("error", "overflow", "checked", "fine")) {
            message("orders", Guarantee.AGREED, text);
        }
        registry.stop(PATIENCE);

        assertThat(death).hasNullValue();
        assertThat(listener.seen).containsExactly("fine");
        assertThat(failures)
                .extracting(failure -> failure.kind() + " " + failure.cause().getMessage())
                .containsExactly("UNDECODABLE error", "UNDECODABLE overflow", "UNDECODABLE checked");
    }

    @Test
    void anErrorInTheErrorHandlerTakesNoMemberOffTheRing() throws InterruptedException {
        onFailure = failure -> {
            throw new AssertionError("in the error handler");
        };
        Failing failing = started(new Failing());

        message("orders", Guarantee.AGREED, -1);
        message("orders", Guarantee.AGREED, 3);
        registry.stop(PATIENCE);

        assertThat(death).hasNullValue();
        assertThat(failing.seen).containsExactly(3);
    }

    static final class Blocking {
        final CountDownLatch release = new CountDownLatch(1);

        @OnDeliver("orders")
        void order(byte[] bytes) throws InterruptedException {
            release.await();
        }
    }

    @Test
    void aBlockedListenerHarmsNoOtherUntilItsQueueIsFull() throws InterruptedException {
        Blocking blocking = new Blocking();
        Everything everything = new Everything();
        started(blocking, everything);

        for (int number = 1; number <= 4; number++) {
            message("orders", Guarantee.AGREED, "m");
        }
        await().until(() -> everything.seen.size() == 4);
        Thread beyond = new Thread(() -> message("orders", Guarantee.AGREED, "m"));
        beyond.start();

        await().until(() -> beyond.getState() == Thread.State.TIMED_WAITING);
        assertThat(registry.listeners().get(0).queued()).isEqualTo(4);
        assertThat(everything.seen).hasSize(4);
        blocking.release.countDown();
        beyond.join();
        await().until(() -> everything.seen.size() == 5);
    }

    @Test
    void theLoopThreadMayHandOnWhatNobodyHasToWaitFor() throws InterruptedException {
        Blocking blocking = started(new Blocking());

        assertThat(isQuick("orders", 100)).isTrue();
        assertThat(isQuick("orders", 65_537)).as("it would be copied").isFalse();
        message("orders", Guarantee.AGREED, "m");
        message("orders", Guarantee.AGREED, "m");
        assertThat(isQuick("orders", 100)).as("the queue has two of four").isFalse();
        assertThat(isQuick("nobody's", 100)).isTrue();
        blocking.release.countDown();
        await().until(() -> isQuick("orders", 100));
        registry.stop(PATIENCE);
        assertThat(isQuick("orders", 100)).as("it is dropped").isTrue();
    }

    private boolean isQuick(String group, int bytes) {
        assertThat(registry.isQuick(delivery(A, group, bytes)))
                .as("nobody knows what is chained to it")
                .isFalse();
        return registry.isQuick(delivery(B, group, bytes));
    }

    private static Delivery delivery(MemberId sender, String group, int bytes) {
        return new MemoryDelivery(sender, 1, group, Guarantee.AGREED, ABC, 1, new byte[bytes]);
    }

    /** Finishes as many messages as it is allowed to. */
    static final class Stuck {
        final Semaphore allowed = new Semaphore(0);
        final List<Long> begun = new CopyOnWriteArrayList<>();

        @OnDeliver("orders")
        void order(Delivery delivery) throws InterruptedException {
            begun.add(delivery.sequence());
            allowed.acquire();
        }

        @OnDeliver("orders")
        void orderOnceMore(Delivery delivery) throws InterruptedException {
            order(delivery);
        }
    }

    @Test
    void interruptsAListenerThatIsStuckAndFreesTheDeliveryThread() throws InterruptedException {
        started(new Stuck());
        CompletableFuture<Void> delivering = CompletableFuture.runAsync(() -> {
            for (int number = 1; number <= 9; number++) {
                message("orders", Guarantee.AGREED, "m");
            }
        });
        await().until(() -> registry.listeners().get(0).queued() == 4);

        registry.stop(Duration.ofMillis(1));

        delivering.join();
        await().until(() -> !threads.get(0).isAlive());
        assertThat(failures)
                .singleElement()
                .satisfies(failure -> assertThat(failure.cause()).isInstanceOf(InterruptedException.class));
    }

    @Test
    void callsNobodyWithTheRestOfABatchThatIsNotWantedAnyMore(CapturedOutput output) throws InterruptedException {
        Stuck stuck = started(new Stuck());
        for (int number = 1; number <= 4; number++) {
            message("orders", Guarantee.AGREED, "m");
        }
        stuck.allowed.release(2); // the first message, which may have been taken alone; the others are then one batch
        await().until(() -> stuck.begun.contains(2L));

        registry.stop(Duration.ofMillis(1));

        await().until(() -> !threads.get(0).isAlive());
        assertThat(stuck.begun).containsExactly(1L, 1L, 2L);
        assertThat(output).containsPattern("bean0 is not ready after [0-9]+ms: interrupted, 2 messages dropped");
    }

    /** Hears no interrupt. */
    static final class Deaf {
        final Semaphore returns = new Semaphore(0);
        final AtomicBoolean busy = new AtomicBoolean();
        final List<Boolean> calledWhileBusy = new CopyOnWriteArrayList<>();

        @OnDeliver("orders")
        void order(byte[] bytes) {
            calledWhileBusy.add(busy.getAndSet(true));
            returns.acquireUninterruptibly();
            busy.set(false);
        }
    }

    @Test
    void isCalledByOneThreadEvenIfItIsStartedAgainBeforeItHasReturned() throws InterruptedException {
        Deaf deaf = started(new Deaf());
        message("orders", Guarantee.AGREED, "a");
        await().until(() -> deaf.calledWhileBusy.size() == 1);
        registry.stop(Duration.ofMillis(1));

        registry.start(A, death::set);
        message("orders", Guarantee.AGREED, "b");
        await().until(() -> threads.get(1).getState() == Thread.State.WAITING);
        deaf.returns.release(2);

        await().until(() -> deaf.calledWhileBusy.size() == 2);
        assertThat(deaf.calledWhileBusy).containsExactly(false, false);
    }

    @Test
    void aListenerThatWaitsForItsFormerThreadCanBeStoppedToo() throws InterruptedException {
        Deaf deaf = started(new Deaf());
        message("orders", Guarantee.AGREED, "a");
        await().until(() -> deaf.calledWhileBusy.size() == 1);
        registry.stop(Duration.ofMillis(1));
        registry.start(A, death::set);

        registry.stop(Duration.ofMillis(1));

        await().until(() -> !threads.get(1).isAlive());
        assertThat(death).hasNullValue();
        deaf.returns.release(2);
    }

    static final class Interrupting {
        final List<Boolean> interrupted = new CopyOnWriteArrayList<>();

        @OnDeliver("orders")
        void order(byte[] bytes) {
            interrupted.add(Thread.currentThread().isInterrupted());
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void anInterruptLeftBehindDoesNotReachTheNextMessage() throws InterruptedException {
        Interrupting interrupting = started(new Interrupting());

        message("orders", Guarantee.AGREED, "a");
        message("orders", Guarantee.AGREED, "b");
        registry.stop(PATIENCE);

        assertThat(interrupting.interrupted).containsExactly(false, false);
    }

    static final class OutOfMemory {
        @OnDeliver("orders")
        void order(byte[] bytes) {
            if (bytes.length > 0) {
                throw new OutOfMemoryError("as if");
            }
        }
    }

    @Test
    void tellsWhenAListenersThreadDies() {
        started(new OutOfMemory());

        message("orders", Guarantee.AGREED, "a");

        await().until(() -> death.get() != null);
        assertThat(death.get()).isInstanceOf(OutOfMemoryError.class);
    }

    @Test
    void canBeStartedAgain() throws InterruptedException {
        Everything everything = started(new Everything());
        message("orders", Guarantee.AGREED, "before");
        registry.stop(PATIENCE);
        message("orders", Guarantee.AGREED, "between");

        registry.start(A, death::set);
        message("orders", Guarantee.AGREED, "after");
        registry.stop(PATIENCE);

        assertThat(everything.seen).containsExactly("1 before", "3 after");
    }

    private <T> T started(T listener) {
        started(new Object[] {listener});
        return listener;
    }

    private void started(Object... listeners) {
        RingListenerBeanPostProcessor processor =
                new RingListenerBeanPostProcessor(context.getBeanFactory(), () -> registry);
        context.refresh();
        for (int index = 0; index < listeners.length; index++) {
            String name = "bean" + index;
            context.getBeanFactory().registerSingleton(name, listeners[index]);
            processor.postProcessAfterInitialization(listeners[index], name);
        }
        processor.afterSingletonsInstantiated();
        registry.start(A, death::set);
    }

    private void message(String group, Guarantee guarantee, Object payload) {
        byte[] bytes = new PayloadCodecs(List.of()).encode(payload);
        registry.onMessage(new MemoryDelivery(A, sequence, group, guarantee, ABC, ++sequence, bytes));
    }
}
