package io.vsring.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.vsring.benchmarks.peer.Mode;
import io.vsring.benchmarks.peer.Work;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CallLoadTest {

    private final ByHand work = new ByHand();
    private final Plan plan = Plan.parse(Mode.COUNTER, new Arguments(List.of("--in-flight", "3")));

    @Test
    void eachCallerHasOneCallUnderWayAndMakesTheNextWhenItIsAnswered() throws Exception {
        CallLoad load = started(TimeUnit.HOURS.toNanos(1));

        assertThat(work.calls).containsExactly(0, 1, 2);
        work.answer();
        assertThat(work.calls).containsExactly(0, 1, 2, 0);

        load.stop();
        work.answer();
        work.answer();
        work.answer();
        assertThat(work.calls).hasSize(4);
        assertThat(load.awaitEnd(0)).isNull();
        assertThat(load.answered()).isEqualTo(1); // what was answered after the stop is not measured
        assertThat(load.latencies().getTotalCount()).isEqualTo(1);
    }

    @Test
    void whatIsNotAnsweredIsTold() throws Exception {
        CallLoad load = started(TimeUnit.HOURS.toNanos(1));

        assertThat(load.awaitEnd(0)).isEqualTo("3 calls were not answered within 0s");
    }

    @Test
    void aCallThatFailsIsTold() throws Exception {
        CallLoad load = started(TimeUnit.HOURS.toNanos(1));
        work.waiting.remove().completeExceptionally(new IllegalStateException("no such lock"));
        load.stop();
        work.answer();
        work.answer();

        assertThat(load.awaitEnd(0)).isEqualTo("a call failed: java.lang.IllegalStateException: no such lock");
    }

    @Test
    void nobodyCallsWhenTheTimeIsOver() throws Exception {
        CallLoad load = started(-1);

        assertThat(work.calls).isEmpty();
        assertThat(load.awaitEnd(0)).isNull();
    }

    private CallLoad started(long untilNanos) throws InterruptedException {
        long now = System.nanoTime();
        CallLoad load = new CallLoad(plan, new Schedule(now, now, now, now + untilNanos), work);
        load.start();
        return load;
    }

    /** Answers when it is told to. */
    private static final class ByHand implements Work {

        private final List<Integer> calls = new ArrayList<>();
        private final ArrayDeque<CompletableFuture<Long>> waiting = new ArrayDeque<>();

        void answer() {
            assertThat(waiting.remove().complete(1L)).isTrue();
        }

        @Override
        public void execute(Runnable task) {
            task.run();
        }

        @Override
        public CompletableFuture<?> call(int slot) {
            calls.add(slot);
            CompletableFuture<Long> answer = new CompletableFuture<>();
            waiting.add(answer);
            return answer;
        }
    }
}
