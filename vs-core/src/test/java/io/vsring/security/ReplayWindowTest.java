package io.vsring.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayWindowTest {

    private static final int USABLE = ReplayWindow.SIZE - Long.SIZE;

    private final ReplayWindow window = new ReplayWindow();

    @Test
    void knowsWhatHasBeenHereAtBothOfItsEdges() {
        long highest = 100_000;
        window.mark(highest);

        assertThat(window.contains(highest)).isTrue();
        assertThat(window.contains(highest + 1)).isFalse();
        assertThat(window.isTooOld(highest - USABLE + 1)).isFalse();
        assertThat(window.contains(highest - USABLE + 1)).isFalse();
        assertThat(window.isTooOld(highest - USABLE)).isTrue();
    }

    @Test
    void nothingIsTooOldForTheFirstOnes() {
        window.mark(USABLE);

        assertThat(window.isTooOld(1)).isFalse();

        window.mark(USABLE + 1);

        assertThat(window.isTooOld(1)).isTrue();
        assertThat(window.isTooOld(2)).isFalse();
    }

    /** Against a set that forgets nothing. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void neverTakesOneForNewThatHasBeenHere(long seed) {
        Random random = new Random(seed);
        Set<Long> seen = new HashSet<>();
        long highest = 0;
        for (int step = 0; step < 20_000; step++) {
            long counter = Math.max(1, highest + 1 + random.nextInt(200) - random.nextInt(1 + random.nextInt(20_000)));
            if (random.nextInt(2000) == 0) {
                counter = highest + random.nextInt(1 << 20);
            }
            if (counter > 0 && !window.isTooOld(counter)) {
                assertThat(window.contains(counter))
                        .as("%d of %d", counter, highest)
                        .isEqualTo(seen.contains(counter));
                window.mark(counter);
                seen.add(counter);
            }
            highest = window.highest();
        }
        assertThat(seen).hasSizeGreaterThan(5_000);
    }
}
