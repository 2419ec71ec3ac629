package io.vsring.protocol;

import static io.vsring.protocol.Cast.A;
import static io.vsring.protocol.Cast.B;
import static io.vsring.protocol.Cast.C;
import static io.vsring.protocol.Cast.RING;
import static io.vsring.protocol.Cast.setOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.vsring.MemberId;
import io.vsring.MemberSet;
import io.vsring.RingId;
import io.vsring.wire.CommitToken;
import io.vsring.wire.CommitToken.Entry;
import io.vsring.wire.CommitToken.OldRing;
import io.vsring.wire.DataFrame;
import io.vsring.wire.MalformedDatagramException;
import io.vsring.wire.RecoveryBody;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** B's side of an exchange. It was on a ring of A, B and C. */
class RecoveryExchangeTest {

    private static final RingId NEXT_RING = new RingId(A, 8);

    private final RecordedEffects effects = new RecordedEffects();
    private final ProtocolOptions options = OptionsBuilder.options().build();
    private final LocalMember local = new LocalMember(Cast.member(B), options, effects, 1, 42);
    private final OrderedRing old =
            new OrderedRing(RING, options.settings(), Cast.members(A, B, C), B, options.storeFrames());
    private final Map<MemberId, OldRing> shares = new TreeMap<>();

    RecoveryExchangeTest() {
        old.promise(1_000_000);
        local.install(old, setOf(B), new RingEnd(local.ring(), 0, setOf()));
    }

    @Test // [REC-1]
    void whoGoesTogetherIsToldByTheOldRingNotByNames() {
        brings(A, share(0, 0));
        brings(C, new OldRing(new RingId(C, 7), 0, 0, 0, 0)); // was alone in between

        assertThat(exchange().transitional()).isEqualTo(setOf(A, B));
    }

    @Test // [REC-2] [DEV-12]
    void everythingAboveTheLowestAruThatIsHeldIsSentWhoeverSentItFirst() {
        hold(A, 1, 2, 3);
        hold(C, 4, 6);
        hold(B, 5);
        brings(A, share(2, 4));

        assertThat(sentBy(exchange())).containsExactlyInAnyOrder(3L, 4L, 5L, 6L);
    }

    @Test // [REC-2]
    void moreThanOneWindowOfFramesIsExchanged() {
        for (long sequence = 1; sequence <= 200; sequence++) {
            hold(A, sequence);
        }
        brings(A, share(0, 0));

        assertThat(sentBy(exchange())).hasSize(200);
    }

    @Test // [REC-2] [DEV-12]
    void whoSeesACopyDoesNotSendItsOwn() {
        hold(A, 1, 2, 3);
        brings(A, share(0, 3));
        RecoveryExchange exchange = exchange();

        exchange.take(Cast.agreed(RING, A, 2));

        assertThat(exchange.backlogFrames()).isEqualTo(2);
        assertThat(sentBy(exchange)).containsExactlyInAnyOrder(1L, 3L);
        assertThat(exchange.isEmpty()).isTrue();
    }

    @Test // [REC-2]
    void eachBeginsAtAnotherPlace() {
        hold(A, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        brings(A, share(0, 9));
        brings(C, share(0, 9));

        assertThat(sentBy(exchange())).containsExactly(3L, 4L, 5L, 6L, 7L, 8L, 9L, 1L, 2L);
    }

    @Test // [REC-3] [DEV-12]
    void aRecoveredFrameIsTheOldRingsAtOnce() {
        hold(A, 1);
        brings(A, share(2, 2));

        exchange().take(Cast.agreed(RING, A, 2));

        assertThat(old.window().aru()).isEqualTo(2);
    }

    @Test
    void framesOfOtherOldRingsAreNoneOfOurBusiness() {
        hold(A, 1, 2);
        RecoveryExchange exchange = exchange();

        exchange.take(Cast.agreed(new RingId(C, 7), C, 3));

        assertThat(old.window().highest()).isEqualTo(2);
    }

    @Test // [REC-2]
    void aRecoveredFrameFarBeyondAnythingIsLeftAlone() {
        hold(A, 1);
        brings(A, share(0, 1));
        RecoveryExchange exchange = exchange();

        exchange.take(Cast.agreed(RING, A, 1L << 31));
        exchange.take(Cast.agreed(RING, A, (1L << 32) + 1));

        assertThat(sentBy(exchange)).containsExactly(1L);
    }

    @Test // [REC-2]
    void aCompanionThatClaimsFramesFarBeyondAnythingChangesNothing() {
        hold(A, 1);
        brings(A, share(0, 1L << 31));

        assertThat(sentBy(exchange())).containsExactly(1L);
    }

    @Test // [REC-4] [DEV-13]
    void ifEverybodyComesAlongEverythingIsSafe() {
        old.store(Cast.safe(RING, A, 1));
        brings(A, share(1, 1));
        brings(C, share(0, 0));

        exchange().end().deliverRegular(local);

        assertThat(effects.deliveredSequences()).containsExactly(1L);
    }

    @Test // [REC-4] [REC-5]
    void ifSomebodyStaysBehindOnlyTheSafeLineIsSafe() {
        old.store(Cast.safe(RING, A, 1));
        old.store(Cast.safe(RING, A, 2));
        brings(A, new OldRing(RING, 2, 2, 1, 0)); // A knows that 1 is safe, we did not

        exchange().end().deliverRegular(local);

        assertThat(effects.deliveredSequences()).containsExactly(1L);
    }

    @Test // [REC-6]
    void whatOneCompanionIsBoundToBindsAll() {
        hold(A, 1);
        hold(C, 3);
        brings(A, new OldRing(RING, 1, 3, 0, RecoveryExchange.bitsOf(setOf(C), setOf(A, B, C))));

        RingEnd end = exchange().end();
        end.deliverRegular(local);
        end.deliverTransitional(local, local.ring().memberSet());

        assertThat(effects.deliveredSequences()).containsExactly(1L, 3L);
    }

    @Test // [REC-5]
    void whoIsNotBoundDeliversNothingOfTheOthersAfterAGap() {
        hold(A, 1);
        hold(C, 3);
        brings(A, share(1, 3));

        RingEnd end = exchange().end();
        end.deliverRegular(local);
        end.deliverTransitional(local, local.ring().memberSet());

        assertThat(effects.deliveredSequences()).containsExactly(1L);
    }

    private void hold(MemberId sender, long... sequences) {
        for (long sequence : sequences) {
            old.store(Cast.agreed(RING, sender, sequence));
        }
    }

    private static OldRing share(long aru, long highest) {
        return new OldRing(RING, aru, highest, 0, 0);
    }

    private void brings(MemberId member, OldRing share) {
        shares.put(member, share);
    }

    private RecoveryExchange exchange() {
        ReceiveWindow window = old.window();
        brings(B, new OldRing(RING, window.aru(), window.highest(), old.safeLine(), 0));
        List<Entry> entries = new ArrayList<>();
        shares.forEach((member, share) -> entries.add(new Entry(Cast.member(member), share)));
        MemberId next = MemberSet.of(shares.keySet()).successorOf(B);
        return new RecoveryExchange(
                local, new CommitToken(NEXT_RING, next, entries.size() + 1, options.settings(), entries));
    }

    /** Numbers of the old frames that are passed on, in the order in which they are. */
    private static List<Long> sentBy(RecoveryExchange exchange) {
        List<Long> sequences = new ArrayList<>();
        while (!exchange.isEmpty()) {
            DataFrame frame = exchange.next(NEXT_RING, sequences.size() + 1);
            try {
                sequences.add(RecoveryBody.decode(frame.body()).sequence());
            } catch (MalformedDatagramException malformed) {
                throw new AssertionError(malformed);
            }
        }
        return sequences;
    }
}
