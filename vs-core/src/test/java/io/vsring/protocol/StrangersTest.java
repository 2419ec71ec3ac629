package io.vsring.protocol;

import static io.vsring.protocol.Cast.A;
import static io.vsring.protocol.Cast.B;
import static io.vsring.protocol.Cast.C;
import static io.vsring.protocol.Cast.MILLI;
import static io.vsring.protocol.Cast.addressOf;
import static io.vsring.protocol.Cast.alone;
import static io.vsring.protocol.Cast.member;
import static io.vsring.protocol.Cast.setOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vsring.Member;
import io.vsring.MemberAddress;
import io.vsring.MemberId;
import io.vsring.RingId;
import io.vsring.wire.MergeProbe;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StrangersTest {

    private static final long FOREIGN_NONCE = 77;

    private final RecordedEffects effects = new RecordedEffects();
    private final ProtocolOptions options = OptionsBuilder.options().build();
    private final LocalMember local = new LocalMember(member(A), options, effects, 1, 42);
    private final Strangers strangers = local.strangers();

    @BeforeEach
    void seeds() {
        local.setSeeds(List.of(addressOf(A), addressOf(C)));
    }

    @Test // [MEM-7] [DEV-7]
    void whateverAStrangerSendsMakesUsProbeBackAndNoMore() {
        strangers.heard(addressOf(B));

        assertThat(effects.sentTo(B, MergeProbe.class))
                .containsExactly(new MergeProbe(member(A), alone(A), local.nonce(), 0));
        assertThat(effects.sent()).hasSize(1);
    }

    @Test // [MEM-7]
    void muchFromOneStrangerIsAnsweredOnceInAJoinInterval() {
        strangers.heard(addressOf(B));
        strangers.heard(addressOf(B));
        assertThat(effects.sent()).hasSize(1);

        local.setNow(30 * MILLI);
        strangers.heard(addressOf(B));

        assertThat(effects.sent()).hasSize(2);
    }

    @Test // [MEM-7] [DEV-7]
    void onlyAProbeWithOurNonceShowsAPathBothWays() {
        assertThat(strangers.heard(probe(0))).isFalse();
        assertThat(strangers.heard(probe(local.nonce() + 1))).isFalse();
        assertThat(strangers.heard(probe(local.nonce()))).isTrue();

        assertThat(effects.last(MergeProbe.class).echo()).isEqualTo(FOREIGN_NONCE);
    }

    @Test // [MEM-7]
    void theNonceOfARingThatIsGoneShowsNothing() {
        long before = local.nonce();
        install(Cast.RING, Cast.members(A, C));

        assertThat(strangers.heard(probe(before))).isFalse();
        assertThat(strangers.heard(probe(local.nonce()))).isTrue();
    }

    @Test
    void probesGoToSeedsThatAreNotOnOurRing() {
        strangers.probe();

        assertThat(effects.sent()).extracting(RecordedEffects.Sent::to).containsExactly(List.of(addressOf(C)));
    }

    @Test // [MEM-19]
    void formerMembersAreLookedForWhateverTheSeedsSay() {
        install(Cast.RING, Cast.members(A, C));
        install(new RingId(A, Cast.RING.sequence() + 4), Cast.members(A));

        local.setSeeds(List.of(addressOf(B)));
        strangers.probe();

        assertThat(effects.sentTo(B, MergeProbe.class)).hasSize(1);
        assertThat(effects.sentTo(C, MergeProbe.class)).hasSize(1);
    }

    @Test // [MEM-7] [MEM-8]
    void strangersAreRememberedUpToABoundThoseOfLongAgoLast() {
        for (int number = 0; number < Strangers.REMEMBERED_MAX + 10; number++) {
            local.setNow(number);
            strangers.heard(MemberAddress.ofIpv4(0x0A000000 + number, 7400));
            strangers.quarantine(new MemberId(100 + number, 1));
        }

        assertThat(strangers.answered()).isEqualTo(Strangers.REMEMBERED_MAX);
        assertThat(strangers.absent()).isEqualTo(Strangers.REMEMBERED_MAX);
        assertThat(strangers.isQuarantined(new MemberId(100, 1))).isFalse();
        assertThat(strangers.isQuarantined(new MemberId(110, 1))).isTrue();
        assertThat(strangers.isQuarantined(new MemberId(109 + Strangers.REMEMBERED_MAX, 1)))
                .isTrue();
    }

    @Test
    void theLastRingsAreRememberedAndThoseOfLongAgoAreNot() {
        for (int sequence = 2; sequence < 2 + 2 * LocalMember.REMEMBERED_RINGS; sequence++) {
            local.agreeTo(new RingId(A, sequence));
        }

        assertThat(local.hasBeenOn(new RingId(A, LocalMember.REMEMBERED_RINGS + 1)))
                .isFalse();
        assertThat(local.hasBeenOn(new RingId(A, LocalMember.REMEMBERED_RINGS + 2)))
                .isTrue();
    }

    private void install(RingId id, List<Member> members) {
        OrderedRing next = new OrderedRing(id, options.settings(), members, A, options.storeFrames());
        local.install(next, setOf(A), new RingEnd(local.ring(), 0, setOf()));
    }

    @Test // [MEM-8] [DEV-7]
    void aFailedMergeIsTriedAgainAfterATimeThatDoubles() {
        for (long pause = 200 * MILLI; pause <= 25_600 * MILLI; pause *= 2) {
            strangers.missed(setOf(B));

            assertThat(untilTriedAgain()).isBetween(pause * 3 / 4, pause);
            assertThat(strangers.isQuarantined(B)).isFalse();
        }
    }

    @Test // [MEM-8]
    void noPauseIsLongerThanTheLongest() {
        for (int failures = 0; failures < 40; failures++) {
            strangers.missed(setOf(B));
        }

        assertThat(untilTriedAgain()).isBetween(45_000 * MILLI, 60_000 * MILLI);
    }

    @Test // [MEM-8]
    void pausesDifferSoThatTwoDoNotMissEachOtherForEver() {
        strangers.missed(setOf(B, C));
        long untilB = untilTriedAgain();
        local.setNow(0);
        LocalMember other = new LocalMember(member(B), options, effects, 1, 43);
        other.strangers().missed(setOf(C));

        long untilC = 0;
        for (; other.strangers().isLeftAlone(C); untilC += MILLI / 10) {
            other.setNow(untilC);
        }

        assertThat(untilC).isNotCloseTo(untilB, within(MILLI / 5));
    }

    @Test // [MEM-9] [DEV-8]
    void whoCouldNotKeepUpIsLeftAloneByGatherToo() {
        strangers.quarantine(B);

        assertThat(strangers.isQuarantined(B)).isTrue();
        assertThat(strangers.isLeftAlone(B)).isTrue();
        assertThat(untilTriedAgain()).isBetween(600 * MILLI, 800 * MILLI);
        assertThat(strangers.isQuarantined(B)).isFalse();
    }

    @Test // [MEM-8]
    void whoJoinsUsIsNotLeftAloneButIfItFailsAgainItStaysAwayForLonger() {
        strangers.missed(setOf(B));
        strangers.missed(setOf(B));

        strangers.joined(setOf(A, B));

        assertThat(strangers.isLeftAlone(B)).isFalse();
        strangers.missed(setOf(B));
        assertThat(untilTriedAgain()).isBetween(600 * MILLI, 800 * MILLI);
    }

    @Test // [MEM-8]
    void whoHasNotFailedForTwoOfTheLongestPausesHasACleanSlate() {
        strangers.missed(setOf(B));
        strangers.missed(setOf(B));
        strangers.joined(setOf(A, B));

        local.setNow(local.now() + 2 * options.backoffMaxNanos() + 1);

        strangers.missed(setOf(B));
        assertThat(untilTriedAgain()).isLessThanOrEqualTo(200 * MILLI);
    }

    @Test // [MEM-22]
    void whoIsHeardToHearUsAfterASilenceIsNotLeftAloneAnyMore() {
        failOften();
        strangers.quarantine(B);
        strangers.quarantine(B);
        local.setNow(local.now() + options.settings().tokenLossNanos());
        assertThat(strangers.isQuarantined(B)).isTrue();

        assertThat(strangers.isLeftAlone(B)).as("is not answered").isFalse();
        strangers.heard(probe(local.nonce()));

        assertThat(strangers.isQuarantined(B)).isFalse();
        local.setNow(local.now() + options.settings().tokenLossNanos() - 1);
        assertThat(strangers.isLeftAlone(B)).isFalse();
    }

    @Test // [MEM-22]
    void aProbeThatDoesNotShowThatItHearsUsChangesNothing() {
        strangers.quarantine(B);
        strangers.quarantine(B);
        local.setNow(local.now() + options.settings().tokenLossNanos());

        strangers.heard(probe(local.nonce() + 1));

        assertThat(strangers.isQuarantined(B)).isTrue();
    }

    @Test // [MEM-22]
    void whoTookPartWhenItFailedStaysLeftAlone() {
        failOften();
        long silence = options.settings().tokenLossNanos();
        local.setNow(local.now() + silence);
        strangers.met(B);
        strangers.missed(setOf(B));

        local.setNow(local.now() + silence - 1);

        assertThat(strangers.isLeftAlone(B)).isTrue();
    }

    @Test // [MEM-22]
    void theSilenceThatCountsDoublesEachTimeThatItWasForNothing() {
        failOften();
        for (long silence = options.settings().tokenLossNanos(); silence <= 25_600 * MILLI; silence *= 2) {
            local.setNow(local.now() + silence - 1);
            assertThat(strangers.isLeftAlone(B)).isTrue();
            local.setNow(local.now() + 1);
            assertThat(strangers.isLeftAlone(B)).isFalse();

            strangers.heard(probe(local.nonce()));
            strangers.missed(setOf(B));
        }
    }

    @Test // [MEM-9] [MEM-22]
    void whoWasLeftOutAlthoughItHearsUsHasToWait() {
        strangers.quarantineWhoHears(B);
        strangers.quarantineWhoHears(B);
        strangers.quarantineWhoHears(B);
        local.setNow(local.now() + 2 * options.settings().tokenLossNanos());

        strangers.heard(probe(local.nonce()));

        assertThat(strangers.isLeftAlone(B)).isTrue();
        assertThat(strangers.isQuarantined(B)).isTrue();
    }

    private void failOften() {
        for (int failures = 0; failures < 20; failures++) {
            strangers.missed(setOf(B));
        }
    }

    @Test // [MEM-17] [DEV-5]
    void whoseApplicationHasStoppedTakingLooksForNobodyAndAnswersNobody() {
        effects.room(0);
        assertThat(strangers.heard(probe(local.nonce()))).isTrue();
        effects.clear();
        local.setNow(options.slowMemberNanos() / 2);

        strangers.probe();
        strangers.heard(addressOf(B));

        assertThat(strangers.heard(probe(local.nonce()))).isFalse();
        assertThat(effects.sent()).isEmpty();
    }

    private static MergeProbe probe(long echo) {
        return new MergeProbe(member(B), alone(B), FOREIGN_NONCE, echo);
    }

    /**
     * Lets time pass until B, which hears us, is no longer left alone; returns how long that took, give or take half a
     * millisecond.
     */
    private long untilTriedAgain() {
        long start = local.now();
        while (strangers.isLeftAlone(B)) {
            local.setNow(local.now() + MILLI / 10);
            strangers.met(B);
        }
        return local.now() - start - MILLI / 10;
    }
}
