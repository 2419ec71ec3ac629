package io.vsring.protocol;

import static io.vsring.protocol.Cast.A;
import static io.vsring.protocol.Cast.B;
import static io.vsring.protocol.Cast.C;
import static io.vsring.protocol.Cast.RING;
import static io.vsring.protocol.RingBuilder.aRingOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.vsring.MemberId;
import io.vsring.MemberSet;
import io.vsring.wire.DataFrame;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RingEndTest {

    private static final Map<Character, MemberId> SENDERS = Map.of('A', A, 'B', B, 'C', C);

    private final RecordedEffects effects = new RecordedEffects();
    private final LocalMember local =
            new LocalMember(Cast.member(A), OptionsBuilder.options().build(), effects, 1, 42);

    /** Frames by number from 1: a agreed, s safe, with the letter of the sender; a dot is a frame that is lost. */
    @ParameterizedTest(name = "{0}, safe up to {1}, obliged to {2}") // [REC-5] [REC-6]
    @CsvSource({
        // frames, safe up to, obliged to, regular, transitional
        "aA aB aC, 0, AB, 1 2 3, ''", // agreed frames without a gap are all of the regular configuration
        "aA sB aC, 2, AB, 1 2 3, ''",
        "aA sB aC, 1, AB, 1, 2 3", // not known to be safe: it and all behind it
        "sA sB sC, 0, AB, '', 1 2 3",
        "aA . aB, 0, AB, 1, 3", // behind a gap what the obliged sent
        "aA . aC, 0, AB, 1, ''", // C may have sent 3 because of 2
        "aA . aC aB . sC sA, 0, AB, 1, 4 7",
        "aA . aC, 0, ABC, 1, 3", // we said that we have all, C's included
        "aA sB . aA aC, 1, AB, 1, 2 4", // before the gap anybody's
        "aA sC . aC aA, 1, AB, 1, 2 5",
        ". aA aB, 9, A, '', 2",
    })
    void theOldRingEnds(String frames, long safeUpTo, String obliged, String regular, String transitional) {
        RingEnd end = new RingEnd(ringWith(frames), safeUpTo, members(obliged));

        end.deliverRegular(local);
        String first = delivered();
        effects.clear();
        end.deliverTransitional(local, local.ring().memberSet());

        assertThat(first).as("regular").isEqualTo(regular);
        assertThat(delivered()).as("transitional").isEqualTo(transitional);
    }

    @Test // [REC-5]
    void whatIsNeverDeliveredIsCounted() {
        RingEnd end = new RingEnd(ringWith("aA . aC aC aB"), 0, members("AB"));

        end.deliverRegular(local);
        end.deliverTransitional(local, local.ring().memberSet());

        assertThat(local.counters().framesSkipped()).isEqualTo(2);
    }

    @Test
    void whatWasDeliveredBeforeIsNotDeliveredAgainAndRecoveryFramesNever() {
        OrderedRing ring = aRingOf(A, B)
                .holding(1, 2, 4)
                .holding(new DataFrame(RING, B, 3, DataFrame.Kind.RECOVERY, 0, new byte[0]))
                .delivered(1)
                .build();
        RingEnd end = new RingEnd(ring, 0, members("AB"));

        end.deliverRegular(local);
        end.deliverTransitional(local, local.ring().memberSet());

        assertThat(delivered()).isEqualTo("2 4");
        assertThat(ring.delivered()).isEqualTo(4);
    }

    private static OrderedRing ringWith(String frames) {
        RingBuilder ring = aRingOf(A, B, C);
        long sequence = 0;
        for (String word : frames.split(" ", -1)) {
            sequence++;
            if (word.length() == 2) {
                MemberId sender = SENDERS.get(word.charAt(1));
                ring.holding(
                        word.charAt(0) == 's'
                                ? Cast.safe(RING, sender, sequence)
                                : Cast.agreed(RING, sender, sequence));
            }
        }
        return ring.build();
    }

    private static MemberSet members(String letters) {
        return MemberSet.of(
                letters.chars().mapToObj(letter -> SENDERS.get((char) letter)).toList());
    }

    private String delivered() {
        return effects.deliveredSequences().stream().map(String::valueOf).collect(Collectors.joining(" "));
    }
}
