package io.vsring.test.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vsring.replicated.LeaderElection;
import io.vsring.replicated.PrimaryStatus;
import io.vsring.replicated.ReplicatedObjects;
import io.vsring.test.simulation.SimulatedCluster.Disk;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What candidates are told, and when, in virtual time. */
class ElectionSimulationTest {
    private static final long SECOND = 1_000_000_000L;
    private static final String NAME = "billing";

    /** By these no number of members is expected, so that three begin, and who leaves first does so in good order. */
    private static final int NOBODY_EXPECTED = 6;

    private enum Kind {
        GRANTED,
        REVOKED
    }

    /** What one candidate was told. */
    private record Told(int slot, Kind kind, long term, long at) {}

    private final SimulatedCluster cluster = new SimulatedCluster(new Seed(21), ClusterShape.of(4));
    private final ObjectClients clients = new ObjectClients(cluster, new Dice(NOBODY_EXPECTED), SECOND);
    private final List<Told> told = new ArrayList<>();

    @AfterEach
    void everyPromiseIsKept() {
        cluster.requireSound();
    }

    @Test // [LCK-6]
    void theNextInTheQueueLeadsWhenTheLeaderCrashes() {
        threeStand();
        long term = leader(2).term();
        assertThat(told)
                .containsExactly(new Told(1, Kind.GRANTED, term, told.get(0).at()));
        assertThat(leader(3).member()).isEqualTo(cluster.member(1).id());
        long crashed = cluster.now();

        cluster.crash(1);
        waitFor(event -> event.slot() == 2 && event.kind() == Kind.GRANTED);

        Told next = told.get(1);
        assertThat(next.term()).isGreaterThan(term);
        assertThat(next.at() - crashed)
                .as("not before the one that is gone would have noticed")
                .isGreaterThan(3 * cluster.shape().tokenLossNanos());
        assertThat(isLeader(2)).isTrue();
        assertThat(isLeader(3)).isFalse();
        assertThat(leader(3).term()).isEqualTo(next.term());
    }

    @Test // [LCK-6] [LCK-7]
    void aLeaderInAMinorityIsRevokedBeforeTheOthersGrantAndStandsAgainBehindThem() {
        threeStand();
        long term = leader(1).term();
        long apart = cluster.now();

        cluster.network().split(1L << 1, 1L << 2 | 1L << 3);
        waitFor(event -> event.slot() == 2 && event.kind() == Kind.GRANTED);

        Told revoked = told.get(1);
        assertThat(revoked).isEqualTo(new Told(1, Kind.REVOKED, term, revoked.at()));
        assertThat(revoked.at() - apart)
                .as("two and a half token losses at the latest")
                .isLessThanOrEqualTo(5 * cluster.shape().tokenLossNanos() / 2);
        assertThat(told.get(2).at()).isGreaterThan(revoked.at());
        assertThat(isLeader(1)).isFalse();

        cluster.network().unblockAll();
        together(3);
        election(2).leave();
        waitFor(event -> event.slot() == 3 && event.kind() == Kind.GRANTED);
        election(3).leave();
        waitFor(event -> event.slot() == 1 && event.kind() == Kind.GRANTED && event.term() > term);
    }

    @Test // [LCK-7]
    void aMemberThatJoinsOrCrashesOrLeavesOrIsCutOffRevokesNobodyElse() {
        threeStand();
        long term = leader(1).term();

        cluster.network().split(1L << 3, 1L << 1 | 1L << 2);
        waitUntil(() -> members(1) == 2 && isPrimary(cluster.member(1)));
        cluster.network().unblockAll();
        together(3);

        cluster.start(4, Disk.KEPT);
        together(4);
        cluster.crash(3);
        together(3);
        cluster.leave(4);
        together(2);
        cluster.runFor(5 * SECOND);

        assertThat(told).hasSize(1);
        assertThat(isLeader(1)).isTrue();
        assertThat(leader(2).term()).isEqualTo(term);
    }

    @Test // [LCK-7]
    void whoIsBackBeforeTheOthersGrantLeadsAgainInTheSameTerm() {
        threeStand();
        long term = leader(1).term();

        cluster.network().split(1L << 1, 1L << 2 | 1L << 3);
        waitFor(event -> event.kind() == Kind.REVOKED);
        cluster.network().unblockAll();
        waitFor(event ->
                event.kind() == Kind.GRANTED && event.at() > told.get(1).at());

        assertThat(told.get(2))
                .isEqualTo(new Told(1, Kind.GRANTED, term, told.get(2).at()));
        assertThat(isLeader(1)).isTrue();
    }

    @Test // [LCK-7]
    void aLeaderThatCannotBeSureForTooLongIsRevokedByTheClockAlone() {
        threeStand();
        long joined = cluster.now();

        cluster.network().lose((packet, to) -> packet.kind() == PacketKind.DATA);
        cluster.start(4, Disk.KEPT); // and the configuration with it is never decided on
        waitFor(event -> event.kind() == Kind.REVOKED);

        assertThat(objects(1).status().state()).isEqualTo(PrimaryStatus.State.UNDECIDED);
        assertThat(told.get(1).at() - joined)
                .isBetween(
                        2 * cluster.shape().tokenLossNanos(),
                        3 * cluster.shape().tokenLossNanos());
        cluster.network().heal(100_000);
        waitFor(event ->
                event.kind() == Kind.GRANTED && event.at() > told.get(1).at());
        assertThat(told.get(2).term()).isEqualTo(told.get(0).term());
    }

    @Test
    void whoLeavesInGoodOrderIsFollowedAtOnce() {
        threeStand();
        long left = cluster.now();

        cluster.leave(1);
        waitFor(event -> event.slot() == 2 && event.kind() == Kind.GRANTED);

        assertThat(told.get(1).kind()).isEqualTo(Kind.REVOKED);
        assertThat(told.get(2).at()).isGreaterThanOrEqualTo(told.get(1).at());
        assertThat(told.get(2).at() - left).isLessThan(cluster.shape().tokenLossNanos());
    }

    @Test
    void whoResignsStandsBehindTheOthers() {
        threeStand();

        election(1).resign();
        assertThat(isLeader(1)).as("at once").isFalse();
        waitFor(event -> event.slot() == 2 && event.kind() == Kind.GRANTED);
        election(2).leave();
        waitFor(event -> event.slot() == 3 && event.kind() == Kind.GRANTED);
        election(3).leave();
        waitFor(event -> event.slot() == 1 && event.term() > told.get(0).term());

        assertThat(told.stream().map(Told::kind))
                .containsExactly(
                        Kind.GRANTED,
                        Kind.REVOKED,
                        Kind.GRANTED,
                        Kind.REVOKED,
                        Kind.GRANTED,
                        Kind.REVOKED,
                        Kind.GRANTED);
    }

    @Test // [LCK-6]
    void whoEndsItsCandidacyWhileItLeadsAndStandsAnewIsFollowedByOneLeaderOnly() {
        threeStand();
        long term = leader(1).term();

        assertThatThrownBy(() -> stand(1)).isInstanceOf(IllegalStateException.class);
        assertThat(isLeader(1)).as("what was refused ends nothing").isTrue();
        CompletableFuture<Void> over = election(1).leave();
        waitUntil(over::isDone);
        stand(1);
        waitFor(event -> event.slot() == 2 && event.kind() == Kind.GRANTED);
        cluster.runFor(SECOND);

        assertThat(told.stream().map(Told::kind)).containsExactly(Kind.GRANTED, Kind.REVOKED, Kind.GRANTED);
        assertThat(isLeader(1)).isFalse();
        assertThat(leader(1).term()).isEqualTo(leader(2).term()).isGreaterThan(term);
    }

    private void threeStand() {
        cluster.withObjects(clients);
        clients.rest();
        for (int slot = 1; slot <= 3; slot++) {
            cluster.start(slot, Disk.KEPT);
        }
        together(3);
        for (int slot = 1; slot <= 3; slot++) {
            stand(slot);
            cluster.runFor(SECOND / 10);
        }
        waitFor(event -> event.slot() == 1);
    }

    private void stand(int slot) {
        election(slot).join(new LeaderElection.Candidate() {
            @Override
            public void onGranted(long term) {
                assertThat(isLeader(slot)).isTrue();
                told.add(new Told(slot, Kind.GRANTED, term, cluster.now()));
            }

            @Override
            public void onRevoked(long term) {
                assertThat(isLeader(slot)).isFalse();
                told.add(new Told(slot, Kind.REVOKED, term, cluster.now()));
            }
        });
    }

    private void together(int count) {
        assertThat(cluster.runUntil(
                        () -> cluster.isSettled()
                                && cluster.living().size() == count
                                && cluster.living().stream().allMatch(this::isPrimary),
                        60 * SECOND))
                .as("%d members are together", count)
                .isTrue();
    }

    private boolean isPrimary(SimulatedMember member) {
        return objects(member.slot()).status().isPrimary();
    }

    private int members(int slot) {
        return objects(slot).status().members().size();
    }

    private void waitFor(Predicate<Told> event) {
        waitUntil(() -> told.stream().anyMatch(event));
    }

    private void waitUntil(BooleanSupplier holds) {
        assertThat(cluster.runUntil(holds, 60 * SECOND))
                .as(() -> "told so far: " + told)
                .isTrue();
    }

    private boolean isLeader(int slot) {
        return election(slot).isLeader();
    }

    private LeaderElection.Leader leader(int slot) {
        return election(slot).leader().orElseThrow();
    }

    private LeaderElection election(int slot) {
        return objects(slot).election(NAME);
    }

    private ReplicatedObjects objects(int slot) {
        return Objects.requireNonNull(clients.objectsOf(Objects.requireNonNull(cluster.member(slot))));
    }
}
