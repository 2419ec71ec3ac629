package io.vsring.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.vsring.ConfigurationChange;
import io.vsring.Delivery;
import io.vsring.Guarantee;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A ring's own thread that waits for the ring would wait for itself. */
@Timeout(60)
class RingFutureTest {

    @Test
    void onTheDeliveryThreadNoFutureOfTheRingCanBeWaitedFor() {
        CompletableFuture<List<Throwable>> thrown = new CompletableFuture<>();
        CompletableFuture<Ring> self = new CompletableFuture<>();
        Ring ring = open(delivery -> thrown.complete(waitInEveryWay(self.join())));
        self.complete(ring);

        ring.start().join();
        ring.offer("g", new byte[1], Guarantee.AGREED, new RecordingOutcome());

        assertAllRefused(thrown.join(), "delivery");
        assertThat(ring.leave()).as("goes on").succeedsWithin(Duration.ofSeconds(20));
    }

    @Test
    void onTheLoopThreadNeither() {
        CompletableFuture<List<Throwable>> thrown = new CompletableFuture<>();
        CompletableFuture<Ring> self = new CompletableFuture<>();
        Ring ring = open(delivery -> {}, new RingObserver() {
            @Override
            public void onSubmit(long number, String group, Guarantee guarantee, byte[] bytes) {
                thrown.complete(waitInEveryWay(self.join()));
            }
        });
        self.complete(ring);

        ring.start().join();
        ring.offer("g", new byte[1], Guarantee.AGREED, new RecordingOutcome());

        assertAllRefused(thrown.join(), "loop");
        assertThat(ring.leave()).as("goes on").succeedsWithin(Duration.ofSeconds(20));
    }

    @Test
    void whatIsDoneCanBeReadAnywhere() {
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        CompletableFuture<Ring> self = new CompletableFuture<>();
        Ring ring = open(delivery ->
                thrown.complete(catchThrowable(() -> self.join().start().join())));
        self.complete(ring);

        ring.start().join();
        ring.offer("g", new byte[1], Guarantee.AGREED, new RecordingOutcome());

        assertThat(thrown.join()).isNull();
        ring.close();
    }

    private static List<Throwable> waitInEveryWay(Ring ring) {
        CompletableFuture<Void> left = ring.leave();
        List<ThrowingCallable> ways = List.of(
                left::join,
                left::get,
                () -> left.get(1, TimeUnit.DAYS),
                () -> left.thenApply(done -> "done").join(),
                () -> left.copy().thenCompose(done -> new CompletableFuture<>()).get());
        List<Throwable> thrown = new ArrayList<>();
        ways.forEach(way -> thrown.add(catchThrowable(way)));
        return thrown;
    }

    private static void assertAllRefused(List<Throwable> thrown, String thread) {
        assertThat(thrown)
                .hasSize(5)
                .allSatisfy(each -> assertThat(each)
                        .isInstanceOf(ReentrantCallException.class)
                        .hasMessageContaining("vs-" + thread)
                        .hasMessageContaining("chain"));
    }

    private static Ring open(Consumer<Delivery> onMessage, RingObserver... observers) {
        return RingOptions.builder()
                .build()
                .open(
                        new RingHandler() {
                            @Override
                            public void onMessage(Delivery delivery) {
                                onMessage.accept(delivery);
                            }

                            @Override
                            public void onConfigurationChange(ConfigurationChange change) {}
                        },
                        observers);
    }
}
