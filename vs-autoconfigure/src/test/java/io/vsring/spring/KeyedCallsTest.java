package io.vsring.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class KeyedCallsTest {

    private final Deque<Runnable> taken = new ArrayDeque<>();
    private final List<String> made = new ArrayList<>();

    @Test
    void whatOneCallThrowsDoesNotKeepTheNextOfItsKeyFromBeingMade() throws InterruptedException {
        KeyedCalls calls = new KeyedCalls(taken::add, 10, 1000);
        calls.give("k", 1, () -> {
            throw new OutOfMemoryError("as if");
        });
        calls.give("k", 1, () -> made.add("second"));

        Throwable thrown = null;
        try {
            taken.remove().run();
        } catch (OutOfMemoryError e) {
            thrown = e;
        }
        calls.give("k", 1, () -> made.add("third"));
        taken.remove().run();

        assertThat(thrown).hasMessage("as if");
        assertThat(made).containsExactly("second", "third");
        assertThat(calls.unfinished()).isZero();
    }

    @Test
    void aKeyThatSomebodyChangesLosesNoCall() throws InterruptedException {
        KeyedCalls calls = new KeyedCalls(taken::add, 10, 1000);
        List<String> key = new ArrayList<>(List.of("a"));
        calls.give(key, 1, () -> key.add("b"));
        calls.give(key, 1, () -> made.add("behind"));

        taken.remove().run();
        key.remove("b");
        calls.give(key, 1, () -> made.add("later"));
        taken.remove().run();

        assertThat(made).containsExactly("behind", "later");
        assertThat(calls.unfinished()).isZero();
    }

    @Test
    void isBoundedInBytesAndTakesALargeOneAlone() throws Exception {
        KeyedCalls calls = new KeyedCalls(taken::add, 10, 100);
        calls.give("large", 500, () -> made.add("large"));

        CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> give(calls, "small", 1));

        await().during(Duration.ofMillis(50)).until(() -> !waiting.isDone());
        taken.remove().run();
        await().until(waiting::isDone);
        assertThat(calls.unfinished()).isOne();
    }

    private void give(KeyedCalls calls, String key, int bytes) {
        try {
            calls.give(key, bytes, () -> made.add(key));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
