package io.vsring.replicated;

import static io.vsring.replicated.Members.A;
import static io.vsring.replicated.Members.B;
import static io.vsring.replicated.Members.C;
import static io.vsring.replicated.Members.set;
import static org.assertj.core.api.Assertions.assertThat;

import io.vsring.MemberId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LocksReplicaTest {

    private static final long BEGUN = 1_700_000_000_000L;
    private static final long GUARD = 500;

    private final List<String> grants = new ArrayList<>();
    private final LocksReplica locks =
            new LocksReplica((client, session, token) -> grants.add(client.id() + ":" + session));
    private long millis = BEGUN;

    @Test
    void whoAsksFirstGetsItAndTheOthersWaitInTheirOrder() {
        long first = acquire(A, 1);
        assertThat(first).isPositive();
        assertThat(acquire(B, 1)).isZero();
        assertThat(acquire(C, 1)).isZero();

        assertThat(release(A, 1)).isTrue();
        assertThat(release(B, 1)).isTrue();

        assertThat(grants).containsExactly("2:1", "3:1");
        assertThat(locks.tokenOf("l", C, 1)).isGreaterThan(first);
    }

    @Test
    void tokensGrowFromTheTimeAtWhichTheHistoryBeganSoThatOldOnesStayOldAfterATotalRestart() {
        long token = acquire(A, 1);

        assertThat(token).isEqualTo(BEGUN << 20);
        assertThat(release(A, 1)).isTrue();
        assertThat(acquire(A, 2)).isEqualTo(token + 1);
    }

    @Test
    void aLockThatNobodyWantsIsNotKept() {
        long unused = acquire(A, 1);
        unused = acquire(B, 1);

        assertThat(release(B, 1)).as("it gives up waiting").isTrue();
        assertThat(release(A, 1)).isTrue();

        assertThat(locks.size()).isZero();
        assertThat(grants).isEmpty();
        assertThat(release(A, 1)).as("again").isFalse();
    }

    @Test
    void whoOnlyTriesDoesNotWait() {
        long unused = acquire(A, 1);

        assertThat(ask(LocksReplica.Kind.TRY, B, 1)).isZero();
        assertThat(locks.isWaiting("l", B, 1)).isFalse();
    }

    @Test
    void aLockWhoseHolderIsGoneIsGivenOnOnlyWhenThatOneHasHadTheTimeToNotice() {
        long unused = acquire(A, 1);
        unused = acquire(B, 1);
        locks.onMembers(set(B, C), now());
        assertThat(locks.waitsForTime()).isTrue();

        pass(GUARD - 1);
        assertThat(grants).isEmpty();
        pass(1);

        assertThat(grants).containsExactly("2:1");
        assertThat(locks.waitsForTime()).isFalse();
    }

    @Test
    void whoComesBackInTimeHasItStill() {
        long token = acquire(A, 1);
        locks.onMembers(set(B, C), now());
        pass(GUARD / 2);

        locks.onMembers(set(A, B, C), now());
        pass(GUARD);

        assertThat(locks.tokenOf("l", A, 1)).isEqualTo(token);
    }

    @Test
    void whoIsGoneDoesNotWaitAnyMore() {
        long unused = acquire(A, 1);
        unused = acquire(B, 1);
        unused = acquire(C, 1);

        locks.onMembers(set(A, C), now());
        assertThat(release(A, 1)).isTrue();

        assertThat(grants).containsExactly("3:1");
    }

    @Test
    void aRestartedHolderIsAnotherOne() {
        long unused = acquire(A, 1);
        locks.onMembers(set(Members.A2, B), now());

        assertThat(ask(LocksReplica.Kind.ACQUIRE, Members.A2, 1)).isZero();
        pass(GUARD);

        assertThat(grants).containsExactly("1:1");
        assertThat(locks.tokenOf("l", Members.A2, 1)).isPositive();
    }

    @Test
    void allOfItTravels() {
        for (int i = 0; i < 5_000; i++) {
            long unused =
                    number(locks.apply(LocksReplica.acquire(LocksReplica.Kind.ACQUIRE, "lock-" + i, 1, GUARD), by(A)));
            unused = number(locks.apply(LocksReplica.acquire(LocksReplica.Kind.ACQUIRE, "lock-" + i, 1, GUARD), by(B)));
        }
        locks.onMembers(set(B, C), now());

        LocksReplica copy = new LocksReplica((client, session, token) -> grants.add("copy"));
        locks.snapshot().forEachRemaining(copy::restore);

        assertThat(copy.size()).isEqualTo(5_000);
        assertThat(copy.tokenOf("lock-7", A, 1)).isEqualTo(locks.tokenOf("lock-7", A, 1));
        millis += GUARD;
        copy.onTime(now());
        assertThat(grants).hasSize(5_000).containsOnly("copy");
        assertThat(copy.tokenOf("lock-4999", B, 1)).isGreaterThan(copy.tokenOf("lock-0", B, 1));
    }

    private long acquire(MemberId client, long session) {
        return ask(LocksReplica.Kind.ACQUIRE, client, session);
    }

    private long ask(LocksReplica.Kind kind, MemberId client, long session) {
        return number(locks.apply(LocksReplica.acquire(kind, "l", session, GUARD), by(client)));
    }

    private boolean release(MemberId client, long session) {
        return locks.apply(LocksReplica.release("l", session), by(client))[0] == 1;
    }

    private void pass(long passed) {
        millis += passed;
        locks.onTime(now());
    }

    private static long number(byte[] answer) {
        return new ByteReader(answer).getNumber();
    }

    private Replica.Circumstances by(MemberId client) {
        return new Replica.Circumstances(0, millis, BEGUN, client, Capabilities.NONE);
    }

    private Replica.Circumstances now() {
        return by(C);
    }
}
