package io.vsring.protocol;

import static io.vsring.protocol.Cast.A;
import static io.vsring.protocol.Cast.B;
import static io.vsring.protocol.Cast.C;
import static io.vsring.protocol.Cast.D;
import static io.vsring.protocol.RingBuilder.aRingOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.vsring.MemberId;
import io.vsring.wire.DataFrame;
import io.vsring.wire.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random rings that lose any frame with any member: what one of them calls safe, all of them hold. */
class SafeLineTest {

    private static final int ROOM = 4096;

    private final Random random = new Random(20251125);

    private final class Place {
        final OrderedRing ring;
        final RecordedEffects effects = new RecordedEffects();
        final LocalMember local;
        final TokenVisit visits;
        long submitted;

        Place(MemberId self) {
            ProtocolOptions options = OptionsBuilder.options().build();
            ring = aRingOf(A, B, C, D).as(self).with(options).build();
            local = new LocalMember(Cast.member(self), options, effects, 1, 42);
            visits = new TokenVisit(ring, local);
        }

        /** The frames it sends are in its effects, the token that it passes on is the result. */
        Token visited(Token token) {
            effects.clear();
            assertThat(ring.refuses(token)).isNull();
            ring.arrived(token);
            while (ring.takeDeliverable() != null) {
                // delivered
            }
            for (int count = random.nextInt(3); count > 0; count--) {
                local.queue().append(Cast.messageOf(++submitted, 1200));
            }
            visits.work(token, local.queue(), ROOM + ring.delivered(), TokenVisit.Limit.BINDS);
            visits.passOn(TokenVisit.Note.NONE);
            return effects.last(Token.class);
        }
    }

    @Test // [ORD-5] [ORD-9] [DEV-3]
    void whatOneMemberCallsSafeAllMembersHold() {
        long safeFrames = 0;
        for (int game = 0; game < 40; game++) {
            List<Place> places = List.of(new Place(A), new Place(B), new Place(C), new Place(D));
            Token token = Recovery.firstToken(places.get(0).ring);
            for (int visit = 0; visit < 120; visit++) {
                Place here = places.get(visit % places.size());

                token = here.visited(token);

                assertAllHold(places, here.ring.safeLine());
                spread(here, places);
            }
            safeFrames += places.get(0).ring.safeLine();
        }
        assertThat(safeFrames).as("the game is about something").isGreaterThan(1000);
    }

    private static void assertAllHold(List<Place> places, long safeLine) {
        long lowest = lowestAru(places);
        assertThat(safeLine).isLessThanOrEqualTo(lowest);
        assertThat(places).allMatch(place -> place.ring.window().releasedUpTo() <= lowest);
    }

    private static long lowestAru(List<Place> places) {
        return places.stream()
                .mapToLong(place -> place.ring.window().aru())
                .min()
                .orElseThrow();
    }

    private void spread(Place from, List<Place> places) {
        for (DataFrame frame : new ArrayList<>(from.effects.sent(DataFrame.class))) {
            for (Place to : places) {
                boolean lost = random.nextInt(4) == 0;
                if (to != from && !lost && to.ring.window().accepts(frame.sequence())) {
                    to.ring.store(frame);
                }
            }
        }
    }
}
