package io.vsring.replicated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vsring.MemberId;
import io.vsring.ring.ReentrantCallException;
import io.vsring.ring.RingClosedException;
import io.vsring.ring.RingOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Members in one process over real sockets on loopback. */
@Timeout(60)
class ReplicatedObjectsTest {

    private LoopbackMembers members;

    @AfterEach
    void closeAll() {
        members.close();
    }

    @Test
    void aMemberAloneCounts() throws Exception {
        form(1);

        ReplicatedCounter counter = members.get(0).counter("visits");

        assertThat(counter.get()).isZero();
        assertThat(counter.incrementAndGet()).isEqualTo(1);
        assertThat(counter.addAndGet(41)).isEqualTo(42);
        assertThat(counter.compareAndSet(41, 0)).isFalse();
        assertThat(counter.compareAndSet(42, 7)).isTrue();
        assertThat(counter.get()).isEqualTo(7);
        assertThat(counter.getOrdered()).isEqualTo(7);
    }

    @Test
    void nothingIsLostWhenAllCountAtOnce() throws Exception {
        form(3);
        List<CompletableFuture<Long>> sums = new ArrayList<>();

        for (int i = 0; i < 500; i++) {
            for (ReplicatedObjects member : members.all()) {
                sums.add(member.counter("visits").addAndGetAsync(1));
            }
        }

        assertThat(sums.stream().map(CompletableFuture::join).distinct()).hasSize(1500);
        for (ReplicatedObjects member : members.all()) {
            assertThat(member.counter("visits").getOrdered()).isEqualTo(1500);
            assertThat(member.counter("visits").get()).isEqualTo(1500);
        }
    }

    @Test
    void whatThereIsCanBeListedOnEachMember() throws Exception {
        form(2);
        members.get(0).counter("visits").incrementAndGet();
        map(0).put("a", 1L);
        members.get(1).counter("visits").getOrdered();

        for (ReplicatedObjects member : members.all()) {
            assertThat(member.listAsync(10).join())
                    .contains(
                            new ReplicatedObjects.Listed("visits", "counter"),
                            new ReplicatedObjects.Listed(map(0).name(), "map"));
            assertThat(member.listAsync(1).join()).hasSize(1);
        }
    }

    @Test
    void howMuchTheStateRemembersIsShown() throws Exception {
        form(3);
        members.get(1).counter("visits").incrementAndGet();
        assertThat(members.get(0).fills()).containsOnlyKeys(ReplicatedObjects.resources());
        assertThat(used("gone-clients")).isZero();
        LoopbackMembers.await(() -> used("kept-answers") > 0);

        members.get(1).ring().close();

        LoopbackMembers.await(() -> used("gone-clients") == 1 && used("gone-answers") > 0);
        LoopbackMembers.await(() -> used("objects") == 1 && used("command-log") > 0);
    }

    private long used(String resource) {
        return members.get(0).fills().get(resource).used();
    }

    @Test
    void whatOneMemberPutsAllFind() throws Exception {
        form(3);
        ReplicatedMap<String, Long> first = map(0);
        ReplicatedMap<String, Long> second = map(1);

        assertThat(first.put("a", 1L)).isNull();
        assertThat(first.get("a")).as("what I was answered I see").isEqualTo(1);
        assertThat(second.getOrdered("a")).isEqualTo(1);
        assertThat(second.get("a")).isEqualTo(1);
        assertThat(second.replace("a", 1L, 2L)).isTrue();
        assertThat(first.getOrdered("a")).isEqualTo(2);
        assertThat(first.get("a")).isEqualTo(2);
        first.putAll(Map.of("b", 3L, "c", 4L));
        assertThat(second.sizeOrdered()).isEqualTo(3);
        assertThat(second.snapshot()).containsOnly(Map.entry("a", 2L), Map.entry("b", 3L), Map.entry("c", 4L));
        assertThat(second.remove("a")).isEqualTo(2);
        assertThat(second.containsKey("a")).isFalse();
        second.clear();
        assertThat(first.sizeOrdered()).isZero();
    }

    @Test
    void aNewcomerIsCompleteBeforeItIsPrimary() throws Exception {
        members = new LoopbackMembers(2);
        ReplicatedObjects first = start(1);
        ReplicatedMap<String, Long> map = first.map("m", Codec.strings(), Codec.longs());
        List<CompletableFuture<Long>> puts = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            puts.add(map.putAsync("k" + i, (long) i));
        }
        CompletableFuture.allOf(puts.toArray(new CompletableFuture<?>[0])).get(30, TimeUnit.SECONDS);

        ReplicatedObjects second = start(2);

        assertThat(second.map("m", Codec.strings(), Codec.longs()).size()).isEqualTo(5_000);
        assertThat(second.map("m", Codec.strings(), Codec.longs()).get("k4999")).isEqualTo(4999);
    }

    @Test
    void aStateWhosePiecesAreLongerThanAMessageReachesANewcomer() throws Exception {
        members = new LoopbackMembers(2);
        ReplicatedObjects first = start(1);
        ReplicatedMap<String, byte[]> map = first.map("large", Codec.strings(), Codec.bytes());
        byte[] almostAMessage = new byte[(1 << 20) - 200];
        for (int i = 0; i < 3; i++) {
            byte[] unused = map.put("k", almostAMessage); // its answers are a part of the state as well
        }
        List<CompletableFuture<byte[]>> burst = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            burst.add(map.putAsync("k", almostAMessage));
        }
        CompletableFuture.allOf(burst.toArray(new CompletableFuture<?>[0])).get(30, TimeUnit.SECONDS);

        ReplicatedObjects second = start(2);

        assertThat(second.map("large", Codec.strings(), Codec.bytes()).get("k")).hasSize(almostAMessage.length);
        assertThat(first.status().isPrimary()).isTrue();
    }

    @Test
    void aCallThatIsTooLongIsRefusedAndHarmsNoOther() throws Exception {
        form(1);
        ReplicatedMap<String, byte[]> map = members.get(0).map("m", Codec.strings(), Codec.bytes());

        assertThatThrownBy(() -> map.put("k", new byte[2 << 20]))
                .isInstanceOf(ReplicaException.class)
                .hasMessageContaining("vs.transport.max-message-size");

        assertThat(map.put("k", new byte[1])).isNull();
    }

    @Test
    void theLastOfThreeGoesOnWhenTheOthersLeaveInGoodOrder() throws Exception {
        members = new LoopbackMembers(3);
        for (int id = 1; id <= 3; id++) {
            ReplicatedObjects unused = start(id);
        }
        assertThat(members.get(0).counter("visits").incrementAndGet()).isEqualTo(1);

        members.get(0).leave().get(20, TimeUnit.SECONDS);
        members.get(1).leave().get(20, TimeUnit.SECONDS);

        LoopbackMembers.await(() -> members.get(2).status().isPrimary()
                && members.get(2).status().members().size() == 1);
        assertThat(members.get(2).counter("visits").incrementAndGet()).isEqualTo(2);
    }

    @Test
    void aMinorityRefusesToChangeAnythingAndSaysSo() throws Exception {
        members = new LoopbackMembers(3);
        ReplicatedObjects alone = members.open(1, ReplicationOptions.defaults().expecting(3));
        alone.ring().start().get(5, TimeUnit.SECONDS);
        LoopbackMembers.await(() -> alone.status().state() == PrimaryStatus.State.NOT_PRIMARY);

        assertThatThrownBy(() -> alone.counter("visits").incrementAndGet())
                .isInstanceOf(NotPrimaryException.class)
                .hasMessageContaining("not in the primary component");
        assertThat(alone.counter("visits").get()).isZero();
    }

    @Test
    void aLockIsHeldByOneAtATimeAndGoesToWhoWaits() throws Exception {
        form(3);
        LockHandle first = members.get(0).locks().acquire("invoice:42");
        CompletableFuture<LockHandle> second = members.get(1).locks().acquireAsync("invoice:42");
        assertThat(members.get(2).locks().tryAcquire("invoice:42", Duration.ZERO))
                .isEmpty();
        assertThat(members.get(2).locks().tryAcquire("invoice:42", Duration.ofMillis(50)))
                .isEmpty();
        assertThat(first.isHeld()).isTrue();
        assertThat(second).isNotDone();

        first.close();

        assertThat(second.get(10, TimeUnit.SECONDS).fencingToken()).isGreaterThan(first.fencingToken());
        assertThat(first.state()).isEqualTo(LockState.RELEASED);
        assertThat(second.get().isHeld()).isTrue();
    }

    @Test
    void theLockOfAMemberThatDiesIsGivenToTheNext() throws Exception {
        form(3);
        LockHandle first = members.get(2).locks().acquire("invoice:42");
        CompletableFuture<LockHandle> second = members.get(1).locks().acquireAsync("invoice:42");

        members.get(2).ring().close(); // without a word about its locks

        assertThat(second.get(30, TimeUnit.SECONDS).fencingToken()).isGreaterThan(first.fencingToken());
        assertThat(first.isHeld()).isFalse();
    }

    @Test
    void whoWaitsOnTheDeliveryThreadIsRefusedInsteadOfWaitingForEver() throws Exception {
        form(1);
        ReplicatedCounter counter = members.get(0).counter("visits");
        CompletableFuture<Long> waited = new CompletableFuture<>();
        members.get(0).ring().execute(() -> {
            try {
                waited.complete(counter.incrementAndGet());
            } catch (ReentrantCallException refused) {
                waited.completeExceptionally(refused);
            }
        });

        assertThatThrownBy(() -> waited.get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(ReentrantCallException.class);
    }

    @Test
    void whoWaitsOnAThreadThatTheApplicationNamesIsRefusedEvenIfTheAnswerIsThere() throws Exception {
        members = new LoopbackMembers(1);
        Thread named = Thread.currentThread();
        ReplicatedObjects member =
                members.open(1, ReplicationOptions.defaults().refusingToWait(() -> Thread.currentThread() == named));
        member.ring().start().join();
        CompletableFuture<Long> answer = member.counter("visits").addAndGetAsync(1);
        LoopbackMembers.await(answer::isDone);

        assertThatThrownBy(() -> member.counter("visits").incrementAndGet()).isInstanceOf(ReentrantCallException.class);
        assertThatThrownBy(() -> member.locks().acquire("door")).isInstanceOf(ReentrantCallException.class);
        CompletableFuture<Long> value = member.counter("visits").getOrderedAsync();
        LoopbackMembers.await(value::isDone);
        assertThat(value).as("what was refused has not been done").isCompletedWithValue(1L);
        assertThat(member.locks().size()).isZero();
    }

    @Test
    void whatWasTakenBeforeAnyMemberRunsIsThatOfWhicheverDoes() throws Exception {
        members = new LoopbackMembers(2);
        for (int id = 1; id <= 2; id++) {
            ReplicatedObjects unused = start(id);
        }
        ReplicatedObjects[] running = new ReplicatedObjects[1];
        ReplicatedObjects any = ReplicatedObjects.of(Duration.ofSeconds(10), () -> {
            if (running[0] == null) {
                throw new RingClosedException("none runs");
            }
            return running[0];
        });
        ReplicatedMap<String, Long> map = any.map("m", Codec.strings(), Codec.longs());
        DistributedLocks locks = any.locks();
        assertThatThrownBy(() -> map.get("k")).hasMessage("none runs");
        assertThatThrownBy(() -> locks.acquire("door")).hasMessage("none runs");

        running[0] = members.get(0);
        assertThat(map.put("k", 1L)).isNull();
        assertThat(map.get("k")).isEqualTo(1);
        LockHandle lock = locks.acquire("door");
        CompletableFuture<Long> last = map.putAsync("k", 2L);
        members.get(0).leave().get(20, TimeUnit.SECONDS);
        running[0] = members.get(1);

        assertThat(last.get(1, TimeUnit.SECONDS)).as("answered by who has left").isEqualTo(1);
        LoopbackMembers.await(() -> members.get(1).status().isPrimary());
        assertThat(map.getOrdered("k")).isEqualTo(2);
        assertThat(map.put("k", 3L)).isEqualTo(2);
        assertThat(map.get("k")).as("not what the other one remembers").isEqualTo(3);
        assertThat(lock.state()).isEqualTo(LockState.LOST);
    }

    @Test
    void theTableOfLocksIsTheSameEverywhere() throws Exception {
        form(2);
        LockHandle held = members.get(0).locks().acquire("invoice:42");
        CompletableFuture<LockHandle> waiting = members.get(1).locks().acquireAsync("invoice:42");
        DistributedLocks.Held expected =
                new DistributedLocks.Held("invoice:42", id(0), held.fencingToken(), List.of(id(1)));

        for (int member = 0; member < 2; member++) { // each delivers it when it does
            DistributedLocks locks = members.get(member).locks();
            LoopbackMembers.await(() -> locks.snapshot().equals(List.of(expected)));
        }
        assertThat(held.release()).isTrue();
        assertThat(held.release()).as("again").isFalse();
        assertThat(waiting.get(10, TimeUnit.SECONDS).release()).isTrue();
        assertThat(members.get(1).locks().snapshot()).isEmpty();
    }

    private MemberId id(int member) {
        return members.get(member).ring().status().local().id();
    }

    @Test
    void aMemberWithoutSeedsHasNobodyToWaitFor() throws Exception {
        members = new LoopbackMembers(1);
        ReplicatedObjects alone = members.open(
                RingOptions.builder().formationWait(Duration.ofMinutes(10)).build(), ReplicationOptions.defaults());

        alone.ring().start().join();

        assertThat(alone.counter("visits").incrementAndGet()).isOne();
    }

    private ReplicatedMap<String, Long> map(int member) {
        return members.get(member).map("m", Codec.strings(), Codec.longs());
    }

    private void form(int count) throws Exception {
        members = LoopbackMembers.form(count, ReplicationOptions.defaults());
    }

    private ReplicatedObjects start(int id) throws Exception {
        return members.start(id, ReplicationOptions.defaults(), unused -> {});
    }
}
