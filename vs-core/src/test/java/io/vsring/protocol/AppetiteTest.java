package io.vsring.protocol;

import static io.vsring.protocol.Cast.MILLI;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AppetiteTest {

    private static final long SLOW_MEMBER = 30_000 * MILLI;

    private final RecordedEffects effects = new RecordedEffects();
    private final Appetite appetite = new Appetite(effects, SLOW_MEMBER);

    @Test // [MEM-17]
    void nothingTakenFromAFullLaneForHalfTheTimeIsStalled() {
        effects.room(0);

        assertThat(appetite.isStalled(SLOW_MEMBER / 2 - 1)).isFalse();
        assertThat(appetite.isStalled(SLOW_MEMBER / 2)).isTrue();
    }

    @Test // [MEM-17]
    void aSlowApplicationThatGoesOnIsNotStalled() {
        effects.room(0);

        for (long now = 0; now < 2 * SLOW_MEMBER; now += SLOW_MEMBER / 4) {
            effects.takes(1);
            assertThat(appetite.isStalled(now)).isFalse();
        }
    }

    @Test // [MEM-17]
    void anApplicationWithRoomIsNotStalledHoweverLongNothingComes() {
        assertThat(appetite.isStalled(10 * SLOW_MEMBER)).isFalse();
    }

    @Test // [MEM-17]
    void whoWasStalledIsNotBackWithTheFirstFrameButWhenItsLaneHasRoom() {
        effects.room(0);
        assertThat(appetite.isStalled(SLOW_MEMBER)).isTrue();

        effects.takes(1);
        effects.room(1);
        assertThat(appetite.isStalled(SLOW_MEMBER + MILLI)).isTrue();
        appetite.roomAgain();

        assertThat(appetite.isStalled(SLOW_MEMBER + 2 * MILLI)).isFalse();
    }
}
