package io.vsring.transport;

import static io.netty.channel.SelectStrategy.CONTINUE;
import static io.netty.channel.SelectStrategy.SELECT;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BusyPollTest {

    private static final int NOTHING = 0;

    private final BusyPoll poll = new BusyPoll(100, () -> now());
    private long now = 1_000;
    private long turnOfOthers;
    private int reads;
    private int looked;

    @Test
    void theFirstWaitIsARealOneAndNobodyLooksBeforeIt() throws Exception {
        assertThat(at(1_000, NOTHING)).isEqualTo(SELECT);
        assertThat(looked).isZero();
    }

    @Test
    void afterAShortWaitItLooksAgainUntilTheLimitIsOver() throws Exception {
        at(1_000, NOTHING); // woken at 1,080, dealt with until 1,090

        assertThat(at(1_090, NOTHING)).isEqualTo(CONTINUE);
        assertThat(at(1_190, NOTHING)).isEqualTo(CONTINUE);
        assertThat(at(1_191, NOTHING)).isEqualTo(SELECT);
    }

    @Test
    void whatALookFindsKeepsItLooking() throws Exception {
        at(1_000, NOTHING);
        at(1_090, NOTHING);

        assertThat(at(1_150, 3)).isEqualTo(3);
        assertThat(at(1_170, NOTHING)).isEqualTo(CONTINUE);
        assertThat(at(1_270, NOTHING)).isEqualTo(CONTINUE);
        assertThat(at(1_271, NOTHING)).isEqualTo(SELECT);
    }

    @Test
    void afterALongWaitTheNextOneIsARealOneAtOnce() throws Exception {
        at(1_000, NOTHING);

        assertThat(at(1_101, NOTHING)).isEqualTo(SELECT);
        assertThat(looked).isZero();
    }

    @Test
    void aWaitThatBeganWithLooksCountsFromTheirBeginning() throws Exception {
        at(1_000, NOTHING);
        at(1_090, NOTHING);
        assertThat(at(1_200, NOTHING)).isEqualTo(SELECT);

        assertThat(at(1_250, NOTHING)).as("it took 160 in all").isEqualTo(SELECT);
    }

    @Test
    void whoHadToWaitForOthersBetweenTwoLooksDoesNotLookForAWhile() throws Exception {
        at(1_000, NOTHING);
        turnOfOthers = 300;
        assertThat(at(1_090, NOTHING)).isEqualTo(CONTINUE);
        turnOfOthers = 0;

        assertThat(at(1_395, 1)).as("there is something").isEqualTo(1);
        for (long time = 1_400; time < 16_390; time += 50) {
            assertThat(at(time, NOTHING)).isEqualTo(SELECT);
        }
        assertThat(at(16_395, NOTHING)).as("fifty times 300 later").isEqualTo(CONTINUE);
    }

    @Test
    void tasksAreSomethingToDo() throws Exception {
        at(1_000, NOTHING);
        now = 1_050;
        reads = 0;

        assertThat(poll.calculateStrategy(() -> NOTHING, true)).isEqualTo(NOTHING);
        assertThat(at(1_060, NOTHING)).isEqualTo(CONTINUE);
    }

    @Test
    void withoutALimitItNeverLooksAgain() throws Exception {
        BusyPoll never = new BusyPoll(0, () -> now());

        for (int wait = 0; wait < 3; wait++) {
            assertThat(never.calculateStrategy(() -> 2, false)).isEqualTo(SELECT);
        }
        assertThat(never.calculateStrategy(() -> 2, true)).isEqualTo(2);
    }

    private int at(long instant, int ready) throws Exception {
        now = instant;
        reads = 0;
        return poll.calculateStrategy(
                () -> {
                    looked++;
                    return ready;
                },
                false);
    }

    /** The second time it is asked in one turn others have had theirs. */
    private long now() {
        return reads++ == 0 ? now : now + turnOfOthers;
    }
}
