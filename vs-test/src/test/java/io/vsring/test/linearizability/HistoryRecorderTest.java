package io.vsring.test.linearizability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HistoryRecorderTest {
    private static final ObjectKey VISITS = CounterModel.object("visits");

    private final AtomicLong clock = new AtomicLong(100);
    private final HistoryRecorder recorder = new HistoryRecorder(clock::get);

    @Test
    void theInstantsAreThoseOfTheHarness() {
        PendingOperation operation = recorder.begin(3, VISITS, CounterModel.add(2));
        clock.set(130);
        operation.returned(2L);
        clock.set(200);

        assertThat(recorder.history())
                .containsExactly(new RecordedOperation(
                        3, VISITS, CounterModel.add(2), 100, RecordedOperation.End.RETURNED, Answer.of("2"), 130));
    }

    @Test
    void howAnOperationEndedIsSaidOnce() {
        PendingOperation operation = recorder.begin(3, VISITS, CounterModel.get());
        operation.unknown();

        assertThatThrownBy(() -> operation.returned(1L))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("outcome unknown");
        assertThat(recorder.history())
                .extracting(RecordedOperation::end)
                .containsExactly(RecordedOperation.End.UNKNOWN);
    }

    @Test
    void aClockThatGoesBackIsRefused() {
        PendingOperation operation = recorder.begin(3, VISITS, CounterModel.get());
        clock.set(99);

        assertThatThrownBy(() -> operation.returned(1L))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("100 ns, found one at 99 ns");
    }

    @Test
    void noOperationOfAnyThreadIsForgotten() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        AtomicLong visits = new AtomicLong();
        HistoryRecorder real = HistoryRecorder.onSystemClock();
        List<Future<?>> clients = new ArrayList<>();
        try {
            for (int number = 1; number <= 4; number++) {
                int client = number;
                clients.add(threads.submit(() -> {
                    for (int count = 0; count < 250; count++) {
                        PendingOperation operation = real.begin(client, VISITS, CounterModel.add(1));
                        operation.returned(visits.addAndGet(1));
                    }
                }));
            }
            for (Future<?> client : clients) {
                client.get();
            }
        } finally {
            threads.shutdownNow();
        }

        Set<Answer> answers = new HashSet<>();
        real.history().forEach(operation -> answers.add(operation.answer()));
        assertThat(answers).hasSize(1_000);
        assertThat(new HistoryJudge(Budget.standard()).judge(real.history()).verdict())
                .isEqualTo(Verdict.OK);
    }
}
