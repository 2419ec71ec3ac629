package io.vsring.test.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventQueueTest {
    private final EventQueue queue = new EventQueue();
    private final List<Object> happened = new ArrayList<>();

    @Test
    void whatIsDueFirstHappensFirst() {
        queue.at(30, happened::add, "c");
        queue.at(10, happened::add, "a");
        queue.at(20, happened::add, "b");

        run();

        assertThat(happened).containsExactly("a", "b", "c");
        assertThat(queue.now()).isEqualTo(30);
    }

    @Test
    void whatIsDueTogetherHappensInTheOrderOfAsking() {
        for (int index = 0; index < 1_000; index++) {
            queue.at(index % 3, happened::add, index);
        }

        run();

        List<Integer> expected = new ArrayList<>();
        for (int index = 0; index < 1_000; index++) {
            expected.add(index);
        }
        expected.sort(Comparator.comparingInt(index -> index % 3));
        assertThat(happened).containsExactlyElementsOf(expected);
    }

    @Test
    void randomTimesComeOutSorted() {
        Dice dice = new Seed(5).stream("times");
        for (int index = 0; index < 5_000; index++) {
            long time = queue.now() + dice.below(100_000);
            queue.at(time, happened::add, time);
            if (queue.size() > 1 && dice.chance(0.3)) {
                queue.next(Long.MAX_VALUE);
            }
        }

        happened.clear();
        run();

        for (int index = 1; index < happened.size(); index++) {
            assertThat((Long) happened.get(index)).isGreaterThanOrEqualTo((Long) happened.get(index - 1));
        }
    }

    @Test
    void timeStopsWhereItIsTold() {
        queue.at(30, happened::add, "late");

        assertThat(queue.next(20)).isFalse();
        assertThat(queue.now()).isEqualTo(20);
        assertThat(happened).isEmpty();
    }

    private void run() {
        while (queue.size() > 0 && queue.next(Long.MAX_VALUE)) {
            // all is in the step
        }
    }
}
