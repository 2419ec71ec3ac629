package io.vsring.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LoopTimersTest {

    private static final long MILLI = 1_000_000;

    private final VirtualLoop loop = new VirtualLoop();
    private final List<String> fired = new ArrayList<>();
    private final LoopTimers timers = new LoopTimers(loop, 4, this::wake);
    private final long start = loop.nanoTime();

    private void wake() {
        long now = loop.nanoTime();
        timers.woken();
        for (int slot = timers.nextDue(now); slot != LoopTimers.NONE; slot = timers.nextDue(now)) {
            timers.disarm(slot);
            fired.add(slot + "@" + (now - start) / MILLI);
        }
        timers.settle(now);
    }

    @Test
    void firesEachAtItsTimeTheLongestDueFirst() {
        arm(2, 30);
        arm(1, 20);
        arm(0, 20);

        loop.pass(100 * MILLI);

        assertThat(fired).containsExactly("0@20", "1@20", "2@30");
    }

    @Test
    void aTimerThatIsStartedAnewAThousandTimesInASecondAsksTheLoopAFewTimesAndIsNotWoken() {
        for (int visit = 0; visit < 1000; visit++) {
            arm(0, 800);
            arm(1, 80);
            loop.pass(MILLI);
        }

        assertThat(fired).isEmpty();
        assertThat(loop.schedules()).isLessThan(120);
        assertThat(loop.wakes()).isZero();
        loop.pass(1000 * MILLI);
        assertThat(fired).containsExactly("1@1079", "0@1799");
    }

    @Test
    void aTimerThatIsStoppedDoesNotFire() {
        arm(0, 20);
        timers.disarm(0);

        loop.pass(100 * MILLI);

        assertThat(fired).isEmpty();
    }

    @Test
    void aTimerThatIsBroughtForwardFiresEarlierAndOnce() {
        arm(0, 80);
        arm(0, 10);

        loop.pass(200 * MILLI);

        assertThat(fired).containsExactly("0@10");
        assertThat(loop.wakes()).isEqualTo(1);
    }

    @Test
    void aThreadThatComesEarlyComesAgain() {
        arm(0, 10);
        wake(); // nobody asked for it now

        loop.pass(20 * MILLI);

        assertThat(fired).containsExactly("0@10");
    }

    @Test
    void behavesLikeAListOfDeadlinesWhateverIsDone() {
        SplittableRandom random = new SplittableRandom(7);
        long[] deadlines = {-1, -1, -1, -1};
        List<String> expected = new ArrayList<>();
        for (int step = 0; step < 20_000; step++) {
            int slot = random.nextInt(4);
            if (random.nextInt(5) == 0) {
                timers.disarm(slot);
                deadlines[slot] = -1;
            } else {
                long delay = random.nextInt(1, 50);
                arm(slot, delay);
                deadlines[slot] = (loop.nanoTime() - start) / MILLI + delay;
            }
            for (int passed = random.nextInt(8); passed > 0; passed--) {
                loop.pass(MILLI);
                long now = (loop.nanoTime() - start) / MILLI;
                for (int each = 0; each < 4; each++) {
                    if (deadlines[each] == now) {
                        expected.add(each + "@" + now);
                        deadlines[each] = -1;
                    }
                }
            }
        }
        assertThat(fired).isEqualTo(expected).hasSizeGreaterThan(1000);
    }

    @Test
    void aSilentRingIsWokenOnlyForWhatIsDue() {
        for (int rotation = 0; rotation < 100; rotation++) {
            arm(0, 800); // token loss, token retransmission: started anew when the token is passed on
            arm(1, 80);
            timers.disarm(0); // it comes back at once, and rests
            timers.disarm(1);
            arm(2, 40);
            loop.pass(40 * MILLI);
        }

        assertThat(fired).hasSize(100);
        assertThat(loop.wakes()).isEqualTo(100);
    }

    private void arm(int slot, long millis) {
        timers.arm(slot, loop.nanoTime(), millis * MILLI);
        timers.settle(loop.nanoTime());
    }
}
