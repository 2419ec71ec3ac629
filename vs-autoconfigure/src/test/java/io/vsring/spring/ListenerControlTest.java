package io.vsring.spring;

import static io.vsring.spring.ListeningContext.BOTH;
import static io.vsring.spring.ListeningContext.OTHER;
import static io.vsring.spring.ListeningContext.SELF;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vsring.Delivery;
import io.vsring.MemberSet;
import io.vsring.RingConfiguration;
import io.vsring.RingId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class ListenerControlTest {

    private final ListeningContext listening = new ListeningContext(8);
    private final ExecutorService pool = Executors.newFixedThreadPool(4);
    private final List<String> seen = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() throws InterruptedException {
        pool.shutdownNow();
        listening.close();
    }

    final class Plain {

        @OnDeliver("orders")
        void on(String text) {
            seen.add(text);
        }

        @OnConfigurationChange
        void change(MemberSet joined, MemberSet left) {
            seen.add("joined " + joined.size() + " left " + left.size());
        }
    }

    @Test
    void aStoppedListenerHearsWhatWasDeliveredAndNothingThatFollows() {
        listening.with("plain", Plain.class, new Plain()).start();

        listening.deliver("orders", "before");
        listening.registry.stop("plain");
        listening.deliver("orders", "meanwhile");
        listening.change(BOTH);

        await().until(() -> seen.size() == 1 && listening.status("plain").queued() == 0);
        assertThat(seen).containsExactly("before");
        assertThat(listening.status("plain").state()).isEqualTo(ListenerStatus.State.STOPPED);
    }

    @Test
    void aListenerThatIsStartedLateBeginsWithTheConfigurationThatThereIs() throws InterruptedException {
        listening.with("plain", Plain.class, new Plain()).start();
        listening.registry.stop("plain");
        listening.change(BOTH);

        listening.registry.start("plain");
        listening.deliver("orders", "after");
        listening.stop();

        assertThat(seen).containsExactly("joined 2 left 0", "after");
    }

    @Test
    void aConfigurationThatAListenerBeganWithIsNotToldTwice() throws InterruptedException {
        RingConfiguration next = RingConfiguration.regular(new RingId(SELF, 2), MemberSet.of(SELF));
        listening.with("plain", Plain.class, new Plain()).start();
        listening.registry.stop("plain");
        listening.change(BOTH);
        listening.registry.start("plain");

        listening.change(BOTH); // as on the delivery thread, which was about to tell of it
        listening.change(next);
        listening.stop();

        assertThat(seen).containsExactly("joined 2 left 0", "joined 1 left 0");
    }

    @Test
    void whatIsDeliveredWaitsForAPausedListener() {
        listening.with("plain", Plain.class, new Plain()).start();

        listening.registry.pause("plain");
        listening.deliver("orders", "a");
        listening.deliver("orders", "b");

        assertThat(listening.status("plain"))
                .returns(ListenerStatus.State.PAUSED, ListenerStatus::state)
                .returns(2, ListenerStatus::queued);
        assertThat(seen).isEmpty();

        listening.registry.resume("plain");

        await().until(() -> seen.size() == 2);
        assertThat(listening.status("plain").state()).isEqualTo(ListenerStatus.State.RUNNING);
    }

    @Test
    void theEndOfTheRingEndsAPauseAndLosesNothing() throws InterruptedException {
        listening.with("plain", Plain.class, new Plain()).start();
        listening.registry.pause("plain");
        listening.deliver("orders", "a");

        listening.stop();

        assertThat(seen).containsExactly("a");
    }

    final class Late {

        @OnDeliver(value = "orders", id = "late", autoStartup = "${late:false}")
        void on(String text) {
            seen.add(text);
        }
    }

    @Test
    void aListenerWaitsToBeStartedWhereItSaysSo() throws InterruptedException {
        listening.with("bean", Late.class, new Late()).start();
        listening.deliver("orders", "early");
        assertThat(listening.status("late").state()).isEqualTo(ListenerStatus.State.STOPPED);

        listening.registry.start("late");
        listening.deliver("orders", "a");
        listening.stop();
        listening.start(); // once started, it starts with the ring
        listening.deliver("orders", "b");
        listening.stop();

        assertThat(seen).containsExactly("a", "b");
    }

    @Test
    void namesTheListenersThatThereAre() {
        listening.with("plain", Plain.class, new Plain()).start();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> listening.registry.pause("plian"))
                .withMessageContaining("no listener 'plian'")
                .withMessageContaining("[plain]");
    }

    final class Slow {
        final Semaphore goOn = new Semaphore(0);

        @OnDeliver("orders")
        void on(String text) throws InterruptedException {
            goOn.acquire();
            seen.add(text);
        }
    }

    @Test
    void whoWaitsForTheListenersIsToldWhenTheyHaveHandledAllThatCameBefore() {
        Slow slow = new Slow();
        CompletableFuture<Void> handled = new CompletableFuture<>();
        listening
                .with("slow", Slow.class, slow)
                .with("plain", Plain.class, new Plain())
                .start();
        listening.deliver("orders", "a");

        listening.registry.completeWhenHandled(handled);

        await().until(() -> listening.status("plain").handled() == 1);
        assertThat(handled).isNotDone();
        slow.goOn.release();
        await().until(handled::isDone);
        assertThat(seen).containsExactly("a", "a");
    }

    @Test
    void whoWaitsForAListenerThatIsAbandonedIsTold() throws InterruptedException {
        CompletableFuture<Void> handled = new CompletableFuture<>();
        Slow slow = new Slow();
        listening.with("slow", Slow.class, slow).start();
        listening.deliver("orders", "a");
        listening.registry.completeWhenHandled(handled);

        listening.registry.stop(Duration.ZERO);

        await().until(handled::isDone);
        assertThat(handled).isCompletedExceptionally();
        slow.goOn.release();
    }

    @Test
    void aListenerThatWasStoppedIsWaitedForWhileItHandlesWhatItHas() {
        CompletableFuture<Void> handled = new CompletableFuture<>();
        Slow slow = new Slow();
        listening.with("slow", Slow.class, slow).start();
        listening.deliver("orders", "a");
        listening.deliver("orders", "b");
        listening.registry.stop("slow");

        listening.registry.completeWhenHandled(handled);

        assertThat(handled).isNotDone();
        slow.goOn.release(2);
        await().until(handled::isDone);
        assertThat(seen).containsExactly("a", "b");
        assertThat(handled).isCompletedWithValue(null);
    }

    @Test
    void aListenerThatIsStartedBetweenTwoRingsLearnsWhoIsThereAndWhoHasLeft() throws InterruptedException {
        RingId next = new RingId(SELF, 2);
        listening.with("plain", Plain.class, new Plain()).start();
        listening.registry.stop("plain");
        listening.change(BOTH);
        listening.change(RingConfiguration.transitional(BOTH.ringId(), next, MemberSet.of(SELF)));

        listening.registry.start("plain");
        listening.change(RingConfiguration.regular(next, MemberSet.of(SELF)));
        listening.stop();

        assertThat(seen).first().isEqualTo("joined 2 left 0");
        assertThat(seen).hasSize(2);
    }

    @Test
    void aBeanThatIsMadeLateHearsTheConfigurationThatThereIs() throws InterruptedException {
        listening.refresh().start();
        listening.change(BOTH);

        listening.late("plain", new Plain());
        listening.stop();

        assertThat(seen).containsExactly("joined 2 left 0");
    }

    static final class HalfWrong {

        @OnDeliver("orders")
        void right(String text) {}

        @OnDeliver(value = "orders", executor = "nobody")
        void wrong(String text) {}
    }

    @Test
    void ofABeanWithAMethodThatIsRefusedNoneIsCalled() {
        listening.refresh().start();

        assertThatThrownBy(() -> listening.late("half", new HalfWrong()))
                .isInstanceOf(InvalidListenerMethodException.class);

        assertThat(listening.registry.listeners()).isEmpty();
        assertThat(listening.registry.isHeard("orders")).isFalse();
    }

    @Test
    void saysWhichCallsAreSlow(CapturedOutput output) {
        Slow slow = new Slow();
        listening.with("slow", Slow.class, slow).start();
        listening.deliver("orders", "a");
        long begun = System.nanoTime();

        await().until(() -> System.nanoTime() - begun > Duration.ofMillis(250).toNanos());
        slow.goOn.release();

        await().until(() -> listening.status("slow").slow() == 1);
        assertThat(output).contains("listener=slow").contains("more than vs.listener.slow-threshold");
        assertThat(listening.status("slow").busyNanos())
                .isGreaterThan(Duration.ofMillis(200).toNanos());
    }

    final class Elsewhere {
        final CountDownLatch bothIn = new CountDownLatch(2);
        final Semaphore goOn = new Semaphore(0);

        @OnDeliver(value = "orders", executor = "pool", orderKey = "payload.substring(0, 1)")
        void on(String text) throws InterruptedException {
            bothIn.countDown();
            goOn.acquire();
            seen.add(text);
        }

        @OnDeliver("others")
        void next(String text) {
            seen.add(text);
        }
    }

    @Test
    void anExecutorMakesTheCallsOfOneKeyInOrderAndThoseOfOthersAtOnce() throws InterruptedException {
        Elsewhere elsewhere = new Elsewhere();
        listening
                .with("pool", Executor.class, pool)
                .with("elsewhere", Elsewhere.class, elsewhere)
                .start();

        listening.deliver("orders", "a1");
        listening.deliver("orders", "a2");
        listening.deliver("orders", "b1");
        listening.deliver("others", "goes on");

        elsewhere.bothIn.await();
        await().until(() -> seen.contains("goes on"));
        elsewhere.goOn.release(3);
        listening.stop(); // waits for the executor too
        assertThat(seen).containsExactlyInAnyOrder("goes on", "a1", "a2", "b1").containsSubsequence("a1", "a2");
        assertThat(listening.status("elsewhere").handled()).isEqualTo(4);
    }

    @Test
    void callsOnAnExecutorAreBoundedAndThenTheQueueFillsUp() throws InterruptedException {
        Elsewhere elsewhere = new Elsewhere();
        listening
                .with("pool", Executor.class, pool)
                .with("elsewhere", Elsewhere.class, elsewhere)
                .start();

        Thread delivery = new Thread(
                () -> { // waits where the queue is full
                    for (int number = 0; number < 12; number++) {
                        listening.deliver("orders", "a" + number);
                    }
                });
        delivery.start();

        await().until(() -> listening.status("elsewhere").queued() > 8); // 8 have been given, and one waits
        elsewhere.goOn.release(12);
        await().until(() -> seen.size() == 12);
        delivery.join();
        assertThat(seen)
                .containsExactlyElementsOf(java.util.stream.IntStream.range(0, 12)
                        .mapToObj(number -> "a" + number)
                        .toList());
    }

    final class Unordered {

        @OnDeliver(value = "orders", executor = "pool")
        void on(Delivery delivery) {
            seen.add(delivery.sequence() + (listening.registry.isListenerThread() ? " must not wait" : ""));
        }
    }

    @Test
    void withoutAKeyAllCallsOfAMethodAreInOrderAndMayNotWaitForTheRing() {
        listening
                .with("pool", Executor.class, pool)
                .with("unordered", Unordered.class, new Unordered())
                .start();

        for (int number = 1; number <= 20; number++) {
            listening.deliver("orders", "x");
        }

        await().until(() -> seen.size() == 20);
        assertThat(seen).first().isEqualTo("1 must not wait");
        assertThat(seen).last().isEqualTo("20 must not wait");
    }

    @Test
    void aCallThatTheExecutorDoesNotTakeIsAFailureAndNotTheEnd() throws InterruptedException {
        Executor refusing = task -> {
            throw new RejectedExecutionException("full");
        };
        listening
                .with("pool", Executor.class, refusing)
                .with("unordered", Unordered.class, new Unordered())
                .start();

        listening.deliver(OTHER, "orders", "a", java.util.Map.of());
        listening.deliver(OTHER, "orders", "b", java.util.Map.of());
        listening.stop();

        assertThat(listening.failures)
                .extracting(failure -> failure.cause().getMessage())
                .containsOnly("full");
        assertThat(listening.failures).hasSize(2);
        assertThat(listening.death).hasNullValue();
    }

    final class Interrupting {

        @OnDeliver(value = "orders", executor = "pool")
        void on(String text) throws InterruptedException {
            Thread.currentThread().interrupt();
            seen.add(text);
        }

        @OnDeliver("others")
        void next(String text) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void anInterruptLeftBehindLosesNoCallOfAnExecutor() throws InterruptedException {
        listening
                .with("pool", Executor.class, pool)
                .with("interrupting", Interrupting.class, new Interrupting())
                .start();

        for (int number = 0; number < 20; number++) {
            listening.deliver("others", "x");
            listening.deliver("orders", "a" + number);
        }
        listening.deliver("others", "x");
        listening.stop();

        assertThat(seen).hasSize(20);
    }

    static final class OutOfMemory {

        @OnDeliver(value = "orders", executor = "pool")
        void on(String text) {
            if (!text.isEmpty()) {
                throw new OutOfMemoryError("as if");
            }
        }
    }

    @Test
    void anErrorThatEndsAListenerEndsItOnAnExecutorToo() {
        listening
                .with("pool", Executor.class, pool)
                .with("dying", OutOfMemory.class, new OutOfMemory())
                .start();

        listening.deliver("orders", "a");

        await().until(() -> listening.death.get() instanceof OutOfMemoryError);
    }

    final class ByArray {

        @OnDeliver(value = "orders", executor = "pool", orderKey = "payload")
        void on(byte[] bytes) {
            seen.add("called");
        }
    }

    @Test
    void aKeyThatEqualsNoOtherIsRefused() throws InterruptedException {
        listening
                .with("pool", Executor.class, pool)
                .with("byArray", ByArray.class, new ByArray())
                .start();

        listening.deliver("orders", "a");
        listening.stop();

        assertThat(seen).isEmpty();
        assertThat(listening.failures.get(0).cause()).hasMessageContaining("the orderKey gives an array");
    }

    final class Closing {

        @OnDeliver(value = "orders", executor = "pool")
        void on(String text) throws InterruptedException {
            listening.registry.stop(ListeningContext.PATIENCE);
            seen.add("stopped");
        }
    }

    @Test
    void aCallOnAnExecutorMayEndItsOwnRing() {
        listening
                .with("pool", Executor.class, pool)
                .with("closing", Closing.class, new Closing())
                .start();

        listening.deliver("orders", "a");

        await().atMost(Duration.ofSeconds(5)).until(() -> seen.contains("stopped"));
    }
}
