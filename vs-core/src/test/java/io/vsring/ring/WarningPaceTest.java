package io.vsring.ring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WarningPaceTest {

    private static final long SECOND = 1_000_000_000L;

    private final WarningPace pace = new WarningPace();

    @Test
    void thereIsOneLineInTenSecondsAndItTellsHowManyThereWereNot() {
        long begin = Long.MAX_VALUE - SECOND; // clocks of the system begin anywhere, and go beyond the end
        assertThat(pace.admits(begin)).isTrue();
        assertThat(pace.takeHeld()).isZero();

        for (int tenth = 1; tenth < 100; tenth++) {
            assertThat(pace.admits(begin + tenth * SECOND / 10))
                    .as("%d tenths", tenth)
                    .isFalse();
        }
        assertThat(pace.admits(begin + 10 * SECOND)).isTrue();
        assertThat(pace.takeHeld()).isEqualTo(99);

        assertThat(pace.admits(begin + 20 * SECOND - 1)).isFalse();
        assertThat(pace.admits(begin + 20 * SECOND)).isTrue();
        assertThat(pace.takeHeld()).isEqualTo(1);
    }
}
