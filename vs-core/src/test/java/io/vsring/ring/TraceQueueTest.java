package io.vsring.ring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TraceQueueTest {

    @Test
    void whenTooMuchWaitsTheTraceEndsThereAndWhatCameBeforeIsStillWritten() {
        TraceEvent event = new TraceEvent.Ended(1, "made up");
        TraceQueue queue = new TraceQueue(10 * event.cost());
        for (int i = 0; i < 100; i++) {
            queue.put(event);
        }

        assertThat(queue.isCut()).isTrue();
        for (int i = 0; i < 10; i++) {
            assertThat(queue.poll()).isSameAs(event);
        }
        assertThat(queue.poll()).isNull();
        queue.put(event);
        assertThat(queue.poll()).as("what comes out is all up to some moment").isNull();
    }
}
