package io.vsring.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SilenceTest {

    private final Silence silence = new Silence();

    @Test
    void theLongestThatEndsAfterTheInstantCounts() {
        silence.countFrom(100_000_000);
        for (long millis : new long[] {10, 60, 99, 130, 135}) {
            silence.ends(millis * 1_000_000);
        }

        assertThat(silence.longestMillis()).isEqualTo(31);
    }

    @Test
    void whoIsGivenSomethingForTheFirstTimeWasNotSilentBefore() {
        silence.countFrom(0);
        silence.ends(500_000_000);

        assertThat(silence.longestMillis()).isZero();
    }
}
