package io.vsring.protocol;

import static io.vsring.protocol.Cast.A;
import static io.vsring.protocol.Cast.B;
import static io.vsring.protocol.Cast.C;
import static io.vsring.protocol.Cast.D;
import static io.vsring.protocol.Cast.E;
import static io.vsring.protocol.Cast.MILLI;
import static io.vsring.protocol.Cast.RING;
import static io.vsring.protocol.RingBuilder.aRingOf;
import static io.vsring.protocol.TokenBuilder.aToken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vsring.wire.DataFrame;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderedRingTest {

    @Test // [ORD-2]
    void aTokenForAnotherMemberIsRefused() {
        OrderedRing ring = aRingOf(A, B, C).as(B).build();

        DropReason reason = ring.refuses(aToken(C, 2).build());

        assertThat(reason).isEqualTo(DropReason.NOT_FOR_US);
    }

    @Test // [ORD-2]
    void aTokenThatIsNotNewerThanTheLastIsRefused() {
        OrderedRing ring = aRingOf(A, B, C).as(B).build();
        ring.arrived(aToken(B, 5).build());

        assertThat(ring.refuses(aToken(B, 4).build())).isEqualTo(DropReason.DUPLICATE);
        assertThat(ring.refuses(aToken(B, 5).build())).isEqualTo(DropReason.DUPLICATE);
        assertThat(ring.refuses(aToken(B, 6).build())).isNull();
    }

    @Test // [ORD-2]
    void aTokenThatCannotBeTrueIsRefused() {
        OrderedRing ring = aRingOf(A, B, C).as(B).holding(1, 2, 3).build();

        List<TokenBuilder> impossible = List.of(
                aToken(B, 1).allHave(2), // we hold 3
                aToken(B, 1).sequence(5).aru(6, 0),
                aToken(B, 1).allHave(ring.window().capacity() + 1), // more than anybody can keep
                aToken(B, 1).sequence(5).aru(3, 3),
                aToken(B, 1).allHave(5).limit(9, 3),
                aToken(B, 1).allHave(5).nextLimit(9, 3));

        assertThat(impossible).extracting(token -> ring.refuses(token.build())).containsOnly(DropReason.IMPLAUSIBLE);
        assertThat(ring.refuses(aToken(B, 1)
                        .sequence(5)
                        .aru(3, 2)
                        .limit(9, 2)
                        .nextLimit(9, 2)
                        .build()))
                .isNull();
    }

    @ParameterizedTest // [ORD-5] [DEV-3]
    @CsvSource({"5, 7, 5", "7, 5, 5", "6, 6, 6", "0, 7, 0"})
    void safeIsTheSmallerOfWhatWePassedOnAndWhatComesBack(long passedOn, long received, long safe) {
        OrderedRing ring = aRingOf(A, B, C).as(B).holding(1, 2, 3, 4, 5, 6, 7).build();
        ring.arrived(aToken(B, 1).sequence(7).aru(4, 0).build());
        long before = ring.safeLine();
        ring.passedOn(aToken(C, 2).sequence(7).aru(passedOn, 0).build());

        ring.arrived(aToken(B, 4).sequence(7).aru(received, 0).build());

        assertThat(before).isZero();
        assertThat(ring.safeLine()).isEqualTo(safe);
    }

    @Test // [ORD-5]
    void whatIsSafeStaysSafe() {
        OrderedRing ring = aRingOf(A, B, C).as(B).holding(1, 2, 3).build();
        ring.passedOn(aToken(C, 1).allHave(3).build());
        ring.arrived(aToken(B, 3).allHave(3).build());

        ring.passedOn(aToken(C, 4).sequence(9).aru(3, 0).build());
        ring.arrived(aToken(B, 6).sequence(9).aru(1, 0).build());

        assertThat(ring.safeLine()).isEqualTo(3);
    }

    @Test
    void aSafeLineBeyondWhatIsHereIsAViolation() {
        OrderedRing ring = aRingOf(A, B).as(B).holding(1).build();
        ring.passedOn(aToken(A, 1).allHave(4).build());

        assertThatThrownBy(() -> ring.arrived(aToken(B, 2).allHave(4).build()))
                .isInstanceOf(ProtocolViolation.class)
                .hasMessageContaining("left=4 right=1");
    }

    @Test // [ORD-6]
    void framesAreDeliveredInOrderUpToTheFirstGap() {
        OrderedRing ring = aRingOf(A, B).holding(1, 2, 4, 5).build();

        assertThat(deliverable(ring)).containsExactly(1L, 2L);
        assertThat(ring.delivered()).isEqualTo(2);

        ring.store(Cast.agreed(RING, A, 3));
        assertThat(deliverable(ring)).containsExactly(3L, 4L, 5L);
    }

    @Test // [ORD-6]
    void aSafeFrameThatIsNotKnownToBeSafeStopsEverythingBehindIt() {
        OrderedRing ring =
                aRingOf(A, B).holding(1, 3).holding(Cast.safe(RING, B, 2)).build();

        assertThat(deliverable(ring)).containsExactly(1L);

        ring.passedOn(aToken(B, 1).allHave(3).build());
        ring.arrived(aToken(A, 2).sequence(3).aru(2, 1).build());
        assertThat(deliverable(ring)).containsExactly(2L, 3L);
    }

    @Test // [ORD-7]
    void aNewerTokenOrAFrameBeyondItShowsThatATokenHasArrived() {
        OrderedRing ring = aRingOf(A, B, C).holding(1, 2).build();
        ring.passedOn(aToken(B, 1).sequence(3).aru(2, 0).build());

        ring.store(Cast.agreed(RING, C, 3)); // numbered before we had the token
        assertThat(ring.awaitsSign()).isTrue();
        ring.store(Cast.agreed(RING, B, 4));
        assertThat(ring.awaitsSign()).isFalse();

        ring.passedOn(aToken(B, 4).sequence(4).aru(2, 0).build());
        assertThat(ring.awaitsSign()).isTrue();
        ring.arrived(aToken(A, 6).sequence(4).aru(2, 0).build());
        assertThat(ring.awaitsSign()).isFalse();
    }

    @Test
    void whoIsAloneAwaitsNoSign() {
        OrderedRing ring = aRingOf(A).build();

        ring.passedOn(aToken(A, 1).build());

        assertThat(ring.awaitsSign()).isFalse();
    }

    @Test // [ORD-9]
    void aFrameIsLetGoWhenItIsSafeAndDeliveredNotEarlier() {
        OrderedRing ring = aRingOf(A, B).holding(1, 2, 3, 4).build();

        ring.passedOn(aToken(B, 1).allHave(4).build());
        ring.arrived(aToken(A, 2).sequence(4).aru(3, 1).build());
        List<Long> released = new ArrayList<>();
        ring.release(frame -> released.add(frame.sequence()));
        assertThat(ring.window().releasedUpTo()).as("safe, not delivered").isZero();
        assertThat(released).isEmpty();

        deliverable(ring);
        ring.release(frame -> released.add(frame.sequence()));
        assertThat(released).containsExactly(1L, 2L, 3L);
        assertThat(ring.window().releasedUpTo()).as("4 is delivered, not safe").isEqualTo(3);
        assertThat(ring.window().holds(4)).isTrue();
    }

    @Test
    void longerRingsWaitLongerForTheToken() {
        assertThat(aRingOf(A, B).build().tokenLossNanos()).isEqualTo(800 * MILLI);
        assertThat(aRingOf(A, B, C).build().tokenLossNanos()).isEqualTo(800 * MILLI);
        assertThat(aRingOf(A, B, C, D, E).build().tokenLossNanos()).isEqualTo(840 * MILLI);
    }

    private static List<Long> deliverable(OrderedRing ring) {
        List<Long> sequences = new ArrayList<>();
        for (DataFrame frame = ring.takeDeliverable(); frame != null; frame = ring.takeDeliverable()) {
            sequences.add(frame.sequence());
        }
        return sequences;
    }
}
