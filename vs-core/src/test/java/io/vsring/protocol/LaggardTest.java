package io.vsring.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.vsring.wire.Token;
import org.junit.jupiter.api.Test;

class LaggardTest {

    private static final int PLACE = 2;

    private final Laggard laggard = new Laggard(10, 1000);

    @Test // [MEM-9] [DEV-8]
    void visitsAloneAreNotEnough() {
        visits(PLACE, 5, 100, 0);

        assertThat(laggard.overdue(999)).isEqualTo(Token.NOBODY);
        assertThat(laggard.overdue(1000)).isEqualTo(PLACE);
    }

    @Test // [MEM-9] [DEV-8]
    void timeAloneIsNotEnough() {
        visits(PLACE, 5, 10, 0);
        assertThat(laggard.overdue(1_000_000)).isEqualTo(Token.NOBODY);

        visits(PLACE, 5, 1, 1_000_000);
        assertThat(laggard.overdue(1_000_000)).isEqualTo(PLACE);
    }

    @Test // [MEM-9]
    void whoMovesOrHandsOverBeginsAnew() {
        visits(PLACE, 5, 100, 0);
        visits(PLACE, 6, 1, 2000);
        assertThat(laggard.overdue(2000)).isEqualTo(Token.NOBODY);

        visits(PLACE, 6, 100, 2000);
        visits(1, 6, 1, 4000);
        assertThat(laggard.overdue(4000)).isEqualTo(Token.NOBODY);
    }

    @Test // [MEM-9]
    void nobodyIsNeverOverdue() {
        visits(Token.NOBODY, 5, 100, 0);

        assertThat(laggard.overdue(5000)).isEqualTo(Token.NOBODY);
        assertThat(laggard.suspect(5000)).isEqualTo(Token.NOBODY);
    }

    @Test // [MEM-9]
    void whoIsHalfWayIsSuspect() {
        visits(PLACE, 5, 6, 0);

        assertThat(laggard.suspect(499)).isEqualTo(Token.NOBODY);
        assertThat(laggard.suspect(500)).isEqualTo(PLACE);
        assertThat(laggard.overdue(500)).isEqualTo(Token.NOBODY);
    }

    private void visits(int place, long at, int count, long nowNanos) {
        for (int visit = 0; visit < count; visit++) {
            laggard.observe(place, at, nowNanos);
        }
    }
}
