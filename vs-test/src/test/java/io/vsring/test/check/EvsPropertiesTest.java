package io.vsring.test.check;

import static io.vsring.Guarantee.AGREED;
import static io.vsring.Guarantee.SAFE;
import static org.assertj.core.api.Assertions.assertThat;

import io.vsring.ConfigurationChange;
import io.vsring.MemberId;
import io.vsring.MemberSet;
import io.vsring.RingConfiguration;
import io.vsring.RingId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each predicate is shown a history that breaks it, and good histories that come close to it. */
class EvsPropertiesTest {
    private final Scene scene = new Scene();
    private final MemberTrace a = scene.start(1);
    private final MemberTrace b = scene.start(2);
    private final MemberTrace c = scene.start(3);
    private final RingConfiguration abc = scene.ring(4, a, b, c);
    private final RingConfiguration ab = scene.ring(8, a, b);

    @Test
    void anUneventfulRunIsRight() {
        scene.move(abc, a, b, c);
        for (int sequence = 1; sequence <= 9; sequence++) {
            scene.send(sequence % 2 == 0 ? a : b, abc, sequence, sequence % 3 == 0 ? SAFE : AGREED);
            scene.deliver(sequence, c, a, b);
        }

        scene.history.endedQuietly(List.of(Scene.set(a, b, c)));

        assertThat(scene.history.violation()).isNull();
        assertThat(scene.history.deliveries()).isEqualTo(27);
    }

    @Test
    void aGapThatNobodyCouldFillIsRight() {
        gapBehindLostMember();
        scene.deliver(1, a, b);
        scene.transit(ab, a, a, b);
        scene.transit(ab, b, a, b);
        scene.deliver(3, a, b);
        scene.install(ab, a, b);
        c.crashed();

        scene.history.endedQuietly(List.of(Scene.set(a, b)));

        assertThat(scene.history.violation()).isNull();
    }

    @Test
    void whatNobodySentIsNotDelivered() {
        scene.move(abc, a, b, c);

        a.delivered(new Scene.Told(b.id(), 1, AGREED, abc, 1, Scene.body(b.id(), 1)));

        assertThat(scene.verdict()).isEqualTo("B1");
    }

    @Test
    void whatIsDeliveredIsWhatWasSent() {
        scene.move(abc, a, b, c);
        scene.send(b, abc, 1, AGREED);

        a.delivered(new Scene.Told(b.id(), 1, AGREED, abc, 1, Scene.body(b.id(), 2)));

        assertThat(scene.verdict()).isEqualTo("B1");
    }

    @Test
    void nothingIsDeliveredTwice() {
        scene.move(abc, a, b, c);
        scene.send(b, abc, 1, AGREED);
        scene.deliver(1, a, a);

        assertThat(scene.verdict()).isEqualTo("B2");
    }

    @Test
    void nothingIsSentTwice() {
        scene.move(abc, a, b, c);
        scene.send(b, abc, 1, AGREED);
        b.sent(1, abc.ringId(), 2, 0);

        assertThat(scene.verdict()).isEqualTo("B2");
    }

    @Test
    void aMessageStaysInItsConfiguration() {
        scene.move(abc, a, b, c);
        scene.send(b, abc, 1, AGREED);
        scene.move(ab, a, b);
        a.delivered(new Scene.Told(b.id(), 1, AGREED, abc, 1, Scene.body(b.id(), 1)));

        assertThat(scene.verdict())
                .isEqualTo("S1"); // b went on without its own message: found before the late delivery
    }

    @Test
    void aMessageIsNotDeliveredInTheNextConfiguration() {
        scene.move(abc, a, b, c);
        scene.send(c, abc, 1, AGREED);
        scene.move(ab, a, b);
        a.delivered(new Scene.Told(c.id(), 1, AGREED, abc, 1, Scene.body(c.id(), 1)));

        assertThat(scene.verdict()).isEqualTo("B3");
    }

    @Test
    void onlyMembersAreThere() {
        scene.move(ab, a, b);
        scene.send(c, ab, 1, AGREED);

        assertThat(scene.verdict()).isEqualTo("B4");
    }

    @Test
    void aPlaceIsGivenOnce() {
        scene.move(abc, a, b, c);
        scene.send(a, abc, 7, AGREED);
        scene.send(b, abc, 7, AGREED);

        assertThat(scene.verdict()).isEqualTo("B5");
    }

    @Test
    void aSenderKeepsTheOrderOfItsMessages() {
        scene.move(abc, a, b, c);
        scene.submit(a, AGREED);
        scene.submit(a, AGREED);
        a.sent(2, abc.ringId(), 1, 0);

        assertThat(scene.verdict()).isEqualTo("B6");
    }

    @Test
    void aNameOfAConfigurationHasOneMeaning() {
        scene.move(ab, a, b);
        RingConfiguration same = RingConfiguration.regular(ab.ringId(), Scene.set(a, c));
        scene.transit(same, c, c);
        scene.install(same, c);

        assertThat(scene.verdict()).isEqualTo("C1");
    }

    @Test
    void aRegularConfigurationFollowsItsTransitionalOne() {
        scene.install(ab, a);

        assertThat(scene.verdict()).isEqualTo("C2");
    }

    @Test
    void aMemberBeginsAlone() {
        MemberTrace d = scene.history.started(new MemberId(4, 99));
        scene.install(scene.ring(9, a, d), d);

        assertThat(scene.verdict()).isEqualTo("C2");
    }

    @Test
    void companionsWereThereBefore() {
        scene.transit(ab, a, a, b);

        assertThat(scene.verdict()).isEqualTo("C3");
    }

    @Test
    void companionsArriveTogether() {
        scene.move(abc, a, b, c);
        RingConfiguration next = scene.ring(9, a, c);
        scene.transit(next, a, a, b);
        scene.install(next, a);

        assertThat(scene.verdict()).isEqualTo("C3");
    }

    @Test
    void ringSequencesGrow() {
        scene.move(scene.ring(9, a, b), a, b);
        RingConfiguration older = scene.ring(8, a, c);
        scene.transit(older, a, a);
        scene.install(older, a);

        assertThat(scene.verdict()).isEqualTo("C4");
    }

    @Test
    void ringSequencesGrowOverRestarts() {
        scene.move(scene.ring(9, a, b), a, b);
        b.crashed();
        MemberTrace again = scene.history.started(new MemberId(2, 77));
        scene.install(scene.alone(again, 9), again);

        assertThat(scene.verdict()).isEqualTo("C4");
    }

    @Test
    void aSlotThatLostItsMemoryMayCountFromTheBeginning() {
        scene.move(scene.ring(9, a, b), a, b);
        b.crashed();
        MemberTrace again = scene.history.startedBlank(new MemberId(2, 77));
        scene.install(scene.alone(again, 1), again);

        assertThat(scene.verdict()).isEqualTo("none");
    }

    @Test
    void whoTakesTheSameWayGoesTogether() {
        scene.move(abc, a, b, c);
        scene.transit(ab, a, a);
        scene.install(ab, a);
        RingConfiguration lonely = RingConfiguration.transitional(abc.ringId(), ab.ringId(), Scene.set(b));
        scene.install(lonely, b);

        assertThat(scene.verdict()).isEqualTo("C1");
    }

    @Test
    void companionsComeFromTheSameRing() {
        scene.move(abc, a, b, c);
        RingConfiguration bc = scene.ring(6, b, c);
        scene.move(bc, b, c);
        RingConfiguration all = scene.ring(9, a, b, c);
        scene.transit(all, b, b, c);
        scene.install(all, b);
        scene.transit(all, a, a, b); // b has been elsewhere since
        scene.install(all, a);

        assertThat(scene.verdict()).isEqualTo("C5");
    }

    @Test
    void companionsHaveReallyBeenThere() {
        RingConfiguration all = scene.ring(9, a, b);
        scene.transit(ab, a, a);
        scene.install(ab, a);
        scene.transit(all, a, a, b); // b never installed the ring that a leaves
        scene.install(all, a);
        scene.history.endedAnyhow();

        assertThat(scene.verdict()).isEqualTo("C6");
    }

    @Test
    void listsOfChangesAreHonest() {
        scene.move(abc, a, b, c);
        RingConfiguration transitional = RingConfiguration.transitional(abc.ringId(), ab.ringId(), Scene.set(a, b));
        a.installed(new ConfigurationChange(transitional, MemberSet.of(), MemberSet.of()));

        assertThat(scene.verdict()).isEqualTo("C7");
    }

    @Test
    void inTheEndAllAreTogether() {
        scene.move(ab, a, b);
        scene.history.endedQuietly(List.of(Scene.set(a, b, c)));

        assertThat(scene.verdict()).isEqualTo("C8");
    }

    @Test
    void nobodyIsLeftBehind() {
        scene.transit(ab, a, a);
        scene.install(ab, a);
        scene.history.endedQuietly(List.of(Scene.set(a), Scene.set(b), Scene.set(c)));

        assertThat(scene.verdict()).isEqualTo("C9");
    }

    @Test
    void ownMessagesAreDelivered() {
        scene.move(abc, a, b, c);
        scene.send(a, abc, 1, AGREED);
        scene.move(ab, a, b);

        assertThat(scene.verdict()).isEqualTo("S1");
    }

    @Test
    void whatWasSubmittedIsSentInTheEnd() {
        scene.submit(a, AGREED);
        scene.history.endedQuietly(List.of(Scene.set(a), Scene.set(b), Scene.set(c)));

        assertThat(scene.verdict()).isEqualTo("S2");
    }

    @Test
    void companionsDeliverTheSameBeforeTheyGo() {
        scene.move(abc, a, b, c);
        scene.send(c, abc, 1, AGREED);
        scene.deliver(1, a);
        scene.transit(ab, a, a, b);
        scene.transit(ab, b, a, b);

        assertThat(scene.verdict()).isEqualTo("F1");
    }

    @Test
    void companionsDeliverTheSameOnTheWay() {
        scene.move(abc, a, b, c);
        scene.send(c, abc, 1, AGREED);
        scene.transit(ab, a, a, b);
        scene.transit(ab, b, a, b);
        scene.deliver(1, a);
        scene.install(ab, a, b);

        assertThat(scene.verdict()).isEqualTo("F2");
    }

    @Test
    void whoDiesOnTheWayHasDeliveredNothingElse() {
        scene.move(abc, a, b, c);
        scene.send(c, abc, 1, AGREED);
        scene.send(c, abc, 2, AGREED);
        scene.transit(ab, a, a, b);
        scene.transit(ab, b, a, b);
        scene.deliver(1, a, b);
        scene.install(ab, a);
        scene.deliver(2, b);
        b.crashed();
        scene.history.endedAnyhow();

        assertThat(scene.verdict()).isEqualTo("F3");
    }

    @Test
    void whoDiesOnTheWayMayHaveDeliveredLess() {
        scene.move(abc, a, b, c);
        scene.send(c, abc, 1, AGREED);
        scene.transit(ab, a, a, b);
        scene.transit(ab, b, a, b);
        scene.deliver(1, a);
        scene.install(ab, a);
        b.crashed();
        scene.history.endedAnyhow();

        assertThat(scene.verdict()).isEqualTo("none");
    }

    @Test
    void aCauseComesBeforeItsEffect() {
        gapBehindLostMember();
        scene.deliver(1, a, b);
        scene.deliver(2, c);
        scene.send(c, abc, 4, AGREED); // c had delivered what the others never got
        scene.transit(ab, a, a, b);
        scene.deliver(3, a);
        scene.deliver(4, a);

        assertThat(scene.verdict()).isEqualTo("K1");
    }

    @Test
    void aSendersEarlierMessageComesFirst() {
        scene.move(abc, a, b, c);
        scene.send(c, abc, 1, AGREED);
        scene.send(c, abc, 2, AGREED);
        scene.transit(ab, a, a, b);
        scene.deliver(2, a);

        assertThat(scene.verdict()).isEqualTo("K1");
    }

    @Test
    void allDeliverInOneOrder() {
        gapBehindLostMember();
        scene.deliver(1, a, b);
        scene.transit(ab, a, a, b);
        scene.deliver(3, a);
        scene.deliver(2, a);

        assertThat(scene.verdict()).isEqualTo("A1");
    }

    @Test
    void aRegularConfigurationHasNoGaps() {
        gapBehindLostMember();
        scene.deliver(1, a);
        scene.deliver(3, a);

        assertThat(scene.verdict()).isEqualTo("A2");
    }

    @Test
    void aCompanionsMessageIsNeverLeftOut() {
        scene.move(abc, a, b, c);
        scene.send(b, abc, 1, AGREED);
        scene.send(a, abc, 2, AGREED);
        scene.transit(ab, a, a, b);
        scene.deliver(2, a);

        assertThat(scene.verdict()).isEqualTo("A3");
    }

    @Test
    void whatACompanionHasIsNotLeftOut() {
        gapBehindLostMember();
        scene.deliver(1, a, b);
        scene.transit(ab, a, a, b);
        scene.transit(ab, b, a, b);
        scene.deliver(3, a);
        scene.deliver(2, b);
        scene.deliver(3, b);
        scene.history.endedAnyhow();

        assertThat(scene.verdict()).isIn("A4", "F3");
    }

    @Test
    void aSafeMessageIsDeliveredByAllOfTheConfiguration() {
        scene.move(abc, a, b, c);
        scene.send(a, abc, 1, SAFE);
        scene.deliver(1, a, b);
        RingConfiguration onlyC = scene.ring(9, c);
        scene.move(onlyC, c);
        scene.history.endedAnyhow();

        assertThat(scene.verdict()).isEqualTo("SF1");
    }

    @Test
    void aSafeMessageIsDeliveredOnTheWayByAllCompanions() {
        scene.move(abc, a, b, c);
        scene.send(c, abc, 1, SAFE);
        scene.transit(ab, a, a, b);
        scene.deliver(1, a);
        RingConfiguration onlyB = scene.ring(9, b);
        scene.move(onlyB, b);
        scene.history.endedAnyhow();

        assertThat(scene.verdict()).isEqualTo("SF2");
    }

    @Test
    void whoDiedNeedNotHaveDeliveredASafeMessage() {
        scene.move(abc, a, b, c);
        scene.send(a, abc, 1, SAFE);
        scene.deliver(1, a, b);
        c.crashed();
        scene.history.endedAnyhow();

        assertThat(scene.verdict()).isEqualTo("none");
    }

    @Test
    void nothingWaitsForEver() {
        scene.move(abc, a, b, c);
        scene.send(a, abc, 1, SAFE);
        scene.deliver(1, a, b);
        scene.history.endedQuietly(List.of(Scene.set(a, b, c)));

        assertThat(scene.verdict()).isEqualTo("SF5");
    }

    @Test
    void aReportShowsWhatTheMembersDidLast() {
        scene.move(abc, a, b, c);
        scene.send(b, abc, 1, SAFE);
        scene.deliver(1, a, a);

        assertThat(scene.history.violation().toString())
                .contains("B2 violated", "delivered SAFE message 1 of 2#2 at 1/0 of ring 1.4.1", "regular 1.4.1");
    }

    @Test
    void aRingThatNobodyInstalledIsNoMatter() {
        RingTrace ring = scene.history.ring(new RingId(a.id(), 50));
        scene.history.endedAnyhow();

        assertThat(ring.members()).isNull();
        assertThat(scene.verdict()).isEqualTo("none");
    }

    /** 1 from a, 2 from c, 3 from b, and only c has 2. */
    private void gapBehindLostMember() {
        scene.move(abc, a, b, c);
        scene.send(a, abc, 1, AGREED);
        scene.deliver(1, c);
        scene.send(c, abc, 2, AGREED);
        scene.send(b, abc, 3, AGREED);
    }
}
