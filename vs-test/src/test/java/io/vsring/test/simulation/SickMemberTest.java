package io.vsring.test.simulation;

import static io.vsring.Guarantee.AGREED;
import static io.vsring.Guarantee.SAFE;
import static org.assertj.core.api.Assertions.assertThat;

import io.vsring.test.simulation.SimulatedCluster.Disk;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One member stays sick: the others have to get along without it, and it must be able to come back. */
class SickMemberTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long MILLI = 1_000_000L;
    private static final int SICK = 3;
    private static final Set<PacketKind> FRAMES = EnumSet.of(PacketKind.DATA, PacketKind.RECOVERY);

    private final SimulatedCluster cluster = new SimulatedCluster(new Seed(27), ClusterShape.of(5));

    @AfterEach
    void everyPromiseIsKept() {
        cluster.requireSound();
    }

    @Test // [MEM-9]
    void aMemberThatGetsTokensButNoFramesStopsTheOthersForSecondsOnly() {
        together(5);
        cluster.network().deafen(SICK, FRAMES);

        assertThat(silentSecondsOf(120)).isLessThan(25);
        isTakenBack();
    }

    private int silentSecondsOf(int seconds) {
        int silent = 0;
        for (int second = 0; second < seconds; second++) {
            silent += leastDeliveredInASecond() == 0 ? 1 : 0;
        }
        return silent;
    }

    private void isTakenBack() {
        cluster.network().heal(100_000);
        assertThat(cluster.runUntil(cluster::isSettled, 120 * SECOND)).isTrue();
        assertThat(isOneOf(1, 5)).isTrue();
    }

    @Test // [MEM-9]
    void aMemberThatIsDeafWhileARingIsRecoveredIsLeftOutOfIt() {
        together(4);
        cluster.network().deafen(2, FRAMES);
        for (int index = 0; index < 5; index++) {
            cluster.member(1).offer(1_000, SAFE);
        }
        cluster.runFor(200 * MILLI);
        cluster.crash(4);

        assertThat(cluster.runUntil(() -> isOneOf(1, 2), 10 * SECOND)).isTrue();

        assertThat(isOneOf(3, 2)).isTrue();
    }

    @Test // [MEM-18]
    void aMemberThatGetsAllButTokensStopsTheOthersForSecondsOnly() {
        together(5);
        cluster.network().deafen(SICK, EnumSet.of(PacketKind.TOKEN));

        assertThat(silentSecondsOf(120)).isLessThan(25);
        isTakenBack();
    }

    @Test // [MEM-18]
    void aMemberThatGetsAllButProposalsStopsTheOthersForSecondsOnly() {
        together(5);
        cluster.network().deafen(SICK, EnumSet.of(PacketKind.COMMIT));
        cluster.crash(5);

        assertThat(silentSecondsOf(120)).isLessThan(25);
    }

    @Test // [MEM-18]
    void aRepresentativeThatGetsNoTokensOrNoProposalsTakesNobodyWithIt() {
        for (PacketKind kind : new PacketKind[] {PacketKind.TOKEN, PacketKind.COMMIT}) {
            together(5);
            cluster.network().deafen(1, EnumSet.of(kind));
            cluster.crash(5);
            cluster.start(5, Disk.KEPT);
            int together = 0;
            for (int second = 0; second < 120; second++) {
                cluster.runFor(SECOND);
                together += isOneOf(2, 4) && isOneOf(4, 4) ? 1 : 0;
            }

            assertThat(together).as("seconds of 120 without %s", kind).isGreaterThan(90);
            isTakenBack();
        }
    }

    @Test // [MEM-3] [DEV-7]
    void aLinkThatIsCutCostsOneOfItsEndsAtMostAndNobodyElse() {
        together(5);
        cluster.network().block(1, 4);
        cluster.network().block(4, 1);
        cluster.crash(5);
        cluster.runFor(30 * SECOND);

        int apart = 0;
        for (int second = 0; second < 120; second++) {
            cluster.runFor(SECOND);
            apart += isOneOf(2, 3) && isOneOf(3, 3) ? 0 : 1;
        }

        assertThat(apart).as("seconds without a ring of three, of 120").isLessThan(20);
    }

    @Test // [ORD-3] [DEV-1]
    void aRingRestsAgainAfterDataThatIsSlowerThanTheToken() {
        together(3);
        cluster.network().link(1, 3, LinkProfile.calm(20 * MILLI));
        cluster.network().lose((packet, to) -> packet.kind() == PacketKind.DATA && packet.sender() == 2 && to == 3);
        for (int index = 0; index < 600; index++) {
            cluster.member(1).offer(1_200, AGREED);
        }
        cluster.runFor(2 * SECOND);
        cluster.network().heal(100_000);
        assertThat(cluster.runUntil(cluster::isSettled, 20 * SECOND)).isTrue();
        long before = visits();

        cluster.runFor(10 * SECOND);

        assertThat(visits() - before).as("visits in ten silent seconds").isLessThan(1_000);
    }

    private boolean isOneOf(int slot, int members) {
        return cluster.member(slot).trace().configuration().members().size() == members;
    }

    private long visits() {
        return cluster.member(1).protocol().counters().tokenVisits();
    }

    private long leastDeliveredInASecond() {
        List<SimulatedMember> well = cluster.living().stream()
                .filter(member -> member.slot() != SICK)
                .toList();
        long[] before = well.stream().mapToLong(SimulatedMember::delivered).toArray();
        for (int index = 0; index < 10; index++) {
            well.forEach(member -> member.offer(100, AGREED));
            cluster.runFor(SECOND / 10);
        }
        return IntStream.range(0, well.size())
                .mapToLong(index -> well.get(index).delivered() - before[index])
                .min()
                .orElseThrow();
    }

    private void together(int members) {
        for (int slot = 1; slot <= members; slot++) {
            if (cluster.member(slot) == null) {
                cluster.start(slot, Disk.KEPT);
            }
        }
        assertThat(cluster.runUntil(cluster::isSettled, 20 * SECOND)).isTrue();
    }
}
