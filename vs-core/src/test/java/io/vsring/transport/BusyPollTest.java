package io.vsring.transport;

import static io.netty.channel.SelectStrategy.CONTINUE;
import static io.netty.channel.SelectStrategy.SELECT;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BusyPollTest {

    private static final int NOTHING = 0;

    private final BusyPoll poll = new BusyPoll(100, () -> now());
    private long now = 1_000;

    @Test
    void theFirstWaitIsARealOne() throws Exception {
        assertThat(at(1_000, NOTHING)).isEqualTo(SELECT);
    }

    @Test
    void afterAShortWaitItLooksAgainUntilTheLimitIsOver() throws Exception {
        at(1_000, NOTHING);
        assertThat(at(1_090, 3)).isEqualTo(3);

        assertThat(at(1_100, NOTHING)).isEqualTo(CONTINUE);
        assertThat(at(1_200, NOTHING)).isEqualTo(CONTINUE);
        assertThat(at(1_201, NOTHING)).isEqualTo(SELECT);
    }

    @Test
    void afterALongWaitTheNextOneIsARealOneAtOnce() throws Exception {
        at(1_000, NOTHING);
        at(1_090, 1);
        at(1_100, NOTHING);
        at(1_300, 1);

        assertThat(at(1_310, NOTHING)).isEqualTo(SELECT);
    }

    @Test
    void aWaitOverTheLimitStaysARealOneEvenIfTheThreadWokeForNothing() throws Exception {
        at(1_000, NOTHING);
        at(1_090, 1);
        at(1_100, NOTHING);

        assertThat(at(1_250, NOTHING)).isEqualTo(SELECT);
        assertThat(at(1_260, NOTHING)).isEqualTo(SELECT);
    }

    @Test
    void tasksAreSomethingToDo() throws Exception {
        at(1_000, NOTHING);
        now = 1_050;

        assertThat(poll.calculateStrategy(() -> NOTHING, true)).isEqualTo(NOTHING);
        assertThat(at(1_060, NOTHING)).isEqualTo(CONTINUE);
    }

    @Test
    void withoutALimitItNeverLooksAgain() throws Exception {
        BusyPoll never = new BusyPoll(0, () -> now());

        assertThat(never.calculateStrategy(() -> NOTHING, false)).isEqualTo(SELECT);
        assertThat(never.calculateStrategy(() -> 2, false)).isEqualTo(2);
        assertThat(never.calculateStrategy(() -> NOTHING, false)).isEqualTo(SELECT);
        assertThat(never.calculateStrategy(() -> NOTHING, true)).isEqualTo(NOTHING);
    }

    private int at(long instant, int ready) throws Exception {
        now = instant;
        return poll.calculateStrategy(() -> ready, false);
    }

    private long now() {
        return now;
    }
}
