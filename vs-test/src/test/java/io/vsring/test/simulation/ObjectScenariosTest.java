package io.vsring.test.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vsring.replicated.Codec;
import io.vsring.replicated.LockHandle;
import io.vsring.replicated.LockState;
import io.vsring.replicated.NotPrimaryException;
import io.vsring.replicated.PrimaryStatus;
import io.vsring.replicated.ReplicatedMap;
import io.vsring.replicated.ReplicatedObjects;
import io.vsring.test.simulation.SimulatedCluster.Disk;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What operators do to applications, and what becomes of their objects, in virtual time. */
class ObjectScenariosTest {
    private static final long SECOND = 1_000_000_000L;

    /** By these as many members are expected as there are slots. */
    private static final int ALL_EXPECTED = 1;

    /** By these no number of members is expected: the one that is left of two goes on. */
    private static final int NOBODY_EXPECTED = 6;

    private SimulatedCluster cluster = new SimulatedCluster(new Seed(33), ClusterShape.of(3));
    private ObjectClients clients = new ObjectClients(cluster, new Dice(ALL_EXPECTED), SECOND);

    @AfterEach
    void everyPromiseIsKept() {
        cluster.requireSound();
    }

    @Test
    void aMinorityRefusesToWriteAndReadsWhatItHasUntilItIsBack() {
        all(3);
        put(1, "before", 1);
        long apart = cluster.now();

        cluster.network().split(1L << 3, 1L << 1 | 1L << 2);
        until(() -> objects(3).status().state() == PrimaryStatus.State.NOT_PRIMARY && isPrimary(1, 2));

        assertThat(cluster.now() - apart).isLessThan(3 * cluster.shape().tokenLossNanos());
        assertThatThrownBy(() -> map(3).putAsync("x", 1L)).isInstanceOf(NotPrimaryException.class);
        put(1, "meanwhile", 2);
        assertThat(map(3).get("before")).isEqualTo(1);
        assertThat(map(3).get("meanwhile")).as("what others did it cannot know").isNull();
        assertThat(objects(3).status().isPrimary()).as("and it says so").isFalse();

        cluster.network().unblockAll();
        until(() -> isPrimary(3, 3));
        assertThat(map(3).get("meanwhile")).isEqualTo(2);
        put(3, "x", 3);
        assertThat(answer(map(1).getOrderedAsync("x"))).isEqualTo(3);
    }

    @Test
    void aLockThatAMinorityHeldIsSuspendedThenLostAndOthersGetItLater() {
        all(3);
        LockHandle held = answer(objects(3).locks().acquireAsync("invoice:42"));
        List<Long> lostAt = new ArrayList<>();
        held.onLost(lock -> lostAt.add(cluster.now()));
        CompletableFuture<LockHandle> next = objects(1).locks().acquireAsync("invoice:42");

        cluster.network().split(1L << 3, 1L << 1 | 1L << 2);
        until(() -> held.state() == LockState.SUSPENDED);
        assertThat(next).as("not yet").isNotDone();
        until(next::isDone);

        assertThat(held.isHeld()).isFalse();
        assertThat(next.join().fencingToken()).isGreaterThan(held.fencingToken());
        cluster.network().unblockAll();
        until(() -> isPrimary(3, 3));
        assertThat(held.state()).isEqualTo(LockState.LOST);
        assertThat(lostAt).hasSize(1);
        assertThat(answer(next.join().releaseAsync())).isTrue();
    }

    @Test
    void threeThatAreStartedAgainOneAfterTheOtherLoseNothing() {
        rollingRestart(3);
    }

    @Test
    void twoThatAreStartedAgainOneAfterTheOtherLoseNothing() {
        cluster = new SimulatedCluster(new Seed(34), ClusterShape.of(2));
        clients = new ObjectClients(cluster, new Dice(NOBODY_EXPECTED), SECOND);
        rollingRestart(2);
    }

    private void rollingRestart(int members) {
        all(members);
        long token = 0;
        for (int slot = 1; slot <= members; slot++) {
            int other = slot % members + 1;
            put(slot, "by " + slot, slot);
            LockHandle lock = answer(objects(slot).locks().acquireAsync("l"));
            assertThat(lock.fencingToken()).isGreaterThan(token);
            token = lock.fencingToken();
            cluster.leave(slot);
            int gone = slot;
            until(() -> cluster.member(gone) == null && isPrimary(other, members - 1));
            put(other, "without " + slot, slot);
            cluster.start(slot, Disk.KEPT);
            until(() -> isPrimary(gone, members));
            for (int before = 1; before <= slot; before++) {
                assertThat(map(slot).get("by " + before)).isEqualTo(before);
                assertThat(map(slot).get("without " + before)).isEqualTo(before);
            }
        }
        LockHandle last = answer(objects(1).locks().acquireAsync("l"));
        assertThat(last.fencingToken()).isGreaterThan(token);
        assertThat(answer(last.releaseAsync())).isTrue();
    }

    /** The one that stays is slow: on each new ring the others are ready before it is. */
    @Test
    void whenAllButOneLeaveOneAfterTheOtherTheLastOneGoesOn() {
        nobodyIsExpected(36);
        all(3);
        put(1, "k", 7);
        cluster.slowHandler(3, SECOND / 50);

        for (int slot = 1; slot <= 2; slot++) {
            int leaving = slot;
            cluster.leave(leaving);
            until(() -> cluster.member(leaving) == null);
        }

        until(() -> isPrimary(3, 1));
        assertThat(map(3).get("k")).isEqualTo(7);
        put(3, "k", 8);
    }

    @Test
    void whoLeaveAtOnceHandWhatTheyHoldToANewcomerFirst() {
        nobodyIsExpected(37);
        all(2);
        put(1, "k", 7);
        cluster.start(3, Disk.KEPT);
        cluster.slowHandler(3, SECOND / 50);
        until(() -> objects(1).ring().status().configuration().members().size() == 3);

        cluster.leave(1);
        cluster.leave(2);

        until(() -> cluster.member(1) == null && cluster.member(2) == null);
        until(() -> isPrimary(3, 1));
        assertThat(map(3).get("k")).isEqualTo(7);
    }

    private void nobodyIsExpected(int seed) {
        cluster = new SimulatedCluster(new Seed(seed), ClusterShape.of(3));
        clients = new ObjectClients(cluster, new Dice(NOBODY_EXPECTED), SECOND);
    }

    @Test
    void oneOfTwoCrashesAndComesBackWithoutAnOperator() {
        cluster = new SimulatedCluster(new Seed(35), ClusterShape.of(2));
        clients = new ObjectClients(cluster, new Dice(ALL_EXPECTED), SECOND);
        all(2);
        put(1, "k", 7);

        cluster.crash(2);
        until(() -> objects(1).status().state() == PrimaryStatus.State.NOT_PRIMARY);
        cluster.start(2, Disk.KEPT);
        until(() -> isPrimary(1, 2) && isPrimary(2, 2));

        assertThat(map(2).get("k")).isEqualTo(7);
    }

    @Test
    void twoOfThreeCrashAndComeBackWithoutAnOperator() {
        all(3);
        put(1, "k", 7);

        cluster.crash(2);
        cluster.crash(3);
        until(() -> objects(1).status().state() == PrimaryStatus.State.NOT_PRIMARY);
        cluster.start(2, Disk.KEPT);
        cluster.start(3, Disk.KEPT);
        until(() -> isPrimary(1, 3) && isPrimary(2, 3) && isPrimary(3, 3));

        assertThat(map(3).get("k")).isEqualTo(7);
    }

    @Test
    void whenAllAreStartedAgainTheStateIsGoneForAllAlikeAndTokensAreNot() {
        all(3);
        put(1, "k", 7);
        LockHandle before = answer(objects(1).locks().acquireAsync("l"));
        for (int slot = 1; slot <= 3; slot++) {
            cluster.crash(slot);
        }
        cluster.runFor(SECOND);
        for (int slot = 1; slot <= 3; slot++) {
            cluster.start(slot, Disk.KEPT);
        }
        until(() -> isPrimary(1, 3) && isPrimary(2, 3) && isPrimary(3, 3));

        for (int slot = 1; slot <= 3; slot++) {
            assertThat(answer(map(slot).sizeOrderedAsync())).isZero();
        }
        LockHandle after = answer(objects(2).locks().acquireAsync("l"));
        assertThat(after.fencingToken()).isGreaterThan(before.fencingToken());
        assertThat(answer(after.releaseAsync())).isTrue();
    }

    private void all(int members) {
        cluster.withObjects(clients);
        clients.rest();
        clients.leaveInGoodOrder();
        for (int slot = 1; slot <= members; slot++) {
            cluster.start(slot, Disk.KEPT);
        }
        until(() -> {
            for (int slot = 1; slot <= members; slot++) {
                if (!isPrimary(slot, members)) {
                    return false;
                }
            }
            return true;
        });
    }

    private boolean isPrimary(int slot, int members) {
        if (cluster.member(slot) == null) {
            return false;
        }
        PrimaryStatus status = objects(slot).status();
        return status.isPrimary() && status.members().size() == members;
    }

    private void put(int slot, String key, long value) {
        Long unused = answer(map(slot).putAsync(key, value));
    }

    private <T> T answer(CompletableFuture<T> call) {
        until(call::isDone);
        return call.join();
    }

    private void until(BooleanSupplier holds) {
        assertThat(cluster.runUntil(holds, 60 * SECOND)).as(clients::text).isTrue();
    }

    private ReplicatedMap<String, Long> map(int slot) {
        return objects(slot).map("m", Codec.strings(), Codec.longs());
    }

    private ReplicatedObjects objects(int slot) {
        return Objects.requireNonNull(clients.objectsOf(Objects.requireNonNull(cluster.member(slot))));
    }
}
