package io.vsring.protocol;

import static io.vsring.protocol.Cast.A;
import static io.vsring.protocol.Cast.B;
import static io.vsring.protocol.RingBuilder.aRingOf;
import static io.vsring.protocol.TokenBuilder.aToken;
import static org.assertj.core.api.Assertions.assertThat;

import io.vsring.MemberId;
import org.junit.jupiter.api.Test;

class IdleHoldTest {

    private OrderedRing ring;
    private IdleHold hold;

    @Test // [DEV-1]
    void theRepresentativeHoldsTheTokenOfARingThatIsSilentForLongEnough() {
        as(A);

        quiet(4);
        assertThat(hold.mayHold()).isFalse();
        assertThat(hold.announces()).isFalse();
        quiet(4);
        quiet(4);
        assertThat(hold.announces()).isTrue();
        assertThat(hold.mayHold()).isFalse();
        quiet(4);
        assertThat(hold.mayHold()).isTrue();
    }

    @Test // [DEV-17]
    void whoeverSpokeLastHoldsItWhenSomebodyHasSpoken() {
        as(A);
        ring.store(Cast.agreed(Cast.RING, B, 1));
        rotations(10);
        assertThat(hold.mayHold()).isFalse();
        assertThat(hold.announces()).isFalse();

        as(B);
        ring.store(Cast.agreed(Cast.RING, B, 1));
        rotations(10);
        assertThat(hold.mayHold()).isTrue();
    }

    @Test // [FLOW-4]
    void itIsNotHeldWhileRoomIsBeingToldForWhichSomebodyWaits() {
        as(A);
        rotations(10);

        hold.observe(aToken(A, 1).allHave(4).backlog(1).nextLimit(1_000_001, 1).build(), false);
        assertThat(hold.mayHold()).as("it is being collected").isFalse();

        rotations(10);
        hold.observe(aToken(A, 1).allHave(4).backlog(1).limit(1_000_001, 1).build(), false);
        assertThat(hold.mayHold()).as("it has come").isFalse();

        rotations(10);
        hold.observe(aToken(A, 1).allHave(4).backlog(1).build(), false);
        assertThat(hold.mayHold()).as("there is none").isTrue();

        hold.observe(aToken(A, 1).allHave(4).limit(1_000_001, 1).build(), false);
        assertThat(hold.mayHold()).as("nobody waits").isTrue();
    }

    @Test // [DEV-1]
    void nobodyElseHoldsIt() {
        as(B);

        rotations(10);

        assertThat(hold.mayHold()).isFalse();
        assertThat(hold.announces()).isFalse();
    }

    @Test // [DEV-1]
    void itIsNotHeldWhileSomebodyMissesAFrame() {
        as(A);
        rotations(10);

        hold.observe(aToken(A, 1).allHave(4).requests(3).build(), false);

        assertThat(hold.mayHold()).isFalse();
    }

    @Test // [DEV-1]
    void itIsNotHeldBeforeEverybodyHasEverything() {
        as(A);
        rotations(10);

        hold.observe(aToken(A, 1).sequence(4).aru(3, 1).build(), false);

        assertThat(hold.mayHold()).isFalse();
    }

    @Test // [DEV-1]
    void itIsNotHeldBeforeEverybodyCanKnowThatEverythingIsSafe() {
        as(A);
        ring.passedOn(aToken(B, 2).sequence(4).aru(3, 0).build());

        for (int rotation = 0; rotation < 10; rotation++) {
            hold.observe(aToken(A, 1).allHave(4).build(), false);
        }

        assertThat(hold.mayHold()).isFalse();
    }

    @Test // [DEV-1]
    void itIsNotHeldByWhoHasSomethingToSayNorWhenSomethingWasSaid() {
        as(A);
        rotations(10);
        hold.observe(aToken(A, 1).allHave(4).build(), true);
        assertThat(hold.mayHold()).isFalse();

        rotations(10);
        hold.observe(aToken(A, 1).allHave(5).build(), false);
        assertThat(hold.mayHold()).isFalse();
    }

    @Test // [DEV-1]
    void whoIsWokenIsAwakeForAWhile() {
        as(A);
        rotations(10);

        hold.cancel();

        assertThat(hold.mayHold()).isFalse();
        rotations(2);
        assertThat(hold.mayHold()).isFalse();
        rotations(1);
        assertThat(hold.mayHold()).isTrue();
    }

    private void as(MemberId self) {
        ring = aRingOf(A, B).as(self).build();
        hold = new IdleHold(ring);
        ring.passedOn(aToken(B, 2).allHave(4).build());
    }

    private void rotations(int count) {
        for (int rotation = 0; rotation < count; rotation++) {
            quiet(4);
        }
    }

    private void quiet(long sequence) {
        hold.observe(aToken(A, 1).allHave(sequence).build(), false);
    }
}
