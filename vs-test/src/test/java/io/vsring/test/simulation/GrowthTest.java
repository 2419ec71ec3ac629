package io.vsring.test.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import org.junit.jupiter.api.Test;

/** What a ring costs grows with its members as it should; on virtual time, so the figures are the same everywhere. */
class GrowthTest {

    private static final Growth THREE = Growth.of(3, Growth.Model.lan());
    private static final Growth EIGHT = Growth.of(8, Growth.Model.lan());
    private static final Growth SIXTEEN = Growth.of(16, Growth.Model.lan());

    @Test // [DEV-16]
    void aSilentRingIsWokenAsFastHoweverManyAreOnIt() {
        assertThat(SIXTEEN.wakeMicros()).isCloseTo(THREE.wakeMicros(), withPercentage(25));
    }

    @Test
    void aMessageWaitsForOneRotationAndASafeOneForTwo() {
        for (Growth ring : new Growth[] {THREE, EIGHT, SIXTEEN}) {
            double hop = ring.agreedMicros() / ring.members();
            assertThat(hop).isBetween(25.0, 45.0);
            assertThat(ring.safeMicros()).isLessThan(2.2 * ring.agreedMicros());
        }
    }

    @Test // [DEV-15] a few frames before the token, for each of many receivers, took this to a sixth
    void sixteenMembersAreGivenMoreThanHalfAsManyMessagesAsThree() {
        assertThat(EIGHT.messagesPerSecond()).isGreaterThan(0.7 * THREE.messagesPerSecond());
        assertThat(SIXTEEN.messagesPerSecond()).isGreaterThan(0.5 * THREE.messagesPerSecond());
    }

    @Test
    void aDeathIsNoticedAsFastHoweverManyAreOnTheRing() {
        assertThat(SIXTEEN.silenceMillis()).isLessThan(1.5 * THREE.silenceMillis());
    }
}
