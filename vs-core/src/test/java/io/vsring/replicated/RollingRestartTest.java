package io.vsring.replicated;

import static org.assertj.core.api.Assertions.assertThat;

import io.vsring.ring.RingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All members are started again one after the other, each with another address, while all of them write. */
@Timeout(60)
class RollingRestartTest {

    private final AtomicLong acknowledged = new AtomicLong();
    private final Set<Long> tokens = ConcurrentHashMap.newKeySet();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();

    @ParameterizedTest
    @CsvSource({"2, 0", "3, 3"})
    void nothingThatWasAcknowledgedIsLostAndNoTokenIsGivenTwice(int count, int expected) throws Exception {
        ReplicationOptions options = ReplicationOptions.defaults().expecting(expected);
        try (LoopbackMembers members = new LoopbackMembers(2 * count)) {
            List<ReplicatedObjects> running = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                running.add(members.openAt(i, i + 1, options));
            }
            members.startAll();
            running.forEach(this::load);

            for (int i = 0; i < count; i++) {
                ReplicatedObjects leaving = running.remove(0);
                leaving.leave().join();
                LoopbackMembers.await(() -> areTogether(running));
                ReplicatedObjects back = members.openAt(count + i, i + 1, options);
                back.ring().start().join();
                running.add(back);
                LoopbackMembers.await(() -> areTogether(running));
                load(back);
                long so = acknowledged.get();
                LoopbackMembers.await(() -> acknowledged.get() > so + 100);
            }

            running.forEach(each -> each.leave().join());
            assertThat(wrong).isEmpty();
            assertThat(tokens).hasSizeGreaterThan(100);
        }
    }

    private static boolean areTogether(List<ReplicatedObjects> members) {
        return members.stream()
                .allMatch(each ->
                        each.status().isPrimary() && each.status().members().size() == members.size());
    }

    private void load(ReplicatedObjects member) {
        count(member.counter("counted"));
        lock(member.locks());
    }

    /** Goes on until the member has gone. What it is answered is never less than what was acknowledged before. */
    private void count(ReplicatedCounter counter) {
        long before = acknowledged.get();
        CompletableFuture<Long> call;
        try {
            call = counter.addAndGetAsync(1);
        } catch (RingException gone) {
            return;
        }
        CompletableFuture<Void> unused = call.handle((value, failure) -> {
            if (failure == null) {
                acknowledged.incrementAndGet();
                if (value <= before) {
                    wrong.add(value + " was answered when " + before + " had been acknowledged");
                }
                count(counter);
            }
            return null;
        });
    }

    private void lock(DistributedLocks locks) {
        CompletableFuture<LockHandle> call;
        try {
            call = locks.acquireAsync("l");
        } catch (RingException gone) {
            return;
        }
        CompletableFuture<Void> unused = call.handle((lock, failure) -> {
            if (failure == null) {
                if (!tokens.add(lock.fencingToken())) {
                    wrong.add("token " + lock.fencingToken() + " was given twice");
                }
                CompletableFuture<Boolean> released = lock.releaseAsync();
                CompletableFuture<Void> then = released.handle((done, lost) -> {
                    lock(locks);
                    return null;
                });
            }
            return null;
        });
    }
}
