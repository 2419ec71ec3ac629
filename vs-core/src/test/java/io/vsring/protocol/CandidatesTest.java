package io.vsring.protocol;

import static io.vsring.protocol.Cast.A;
import static io.vsring.protocol.Cast.B;
import static io.vsring.protocol.Cast.C;
import static io.vsring.protocol.Cast.D;
import static io.vsring.protocol.Cast.members;
import static io.vsring.protocol.Cast.setOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.vsring.MemberId;
import io.vsring.wire.WireFormat;
import org.junit.jupiter.api.Test;

class CandidatesTest {

    private final Candidates candidates = new Candidates(members(B, A), 3);

    @Test // [MEM-2]
    void whoIsCondemnedStaysCondemned() {
        candidates.condemn(B);

        candidates.add(Cast.member(B));

        assertThat(candidates.living()).isEqualTo(setOf(A));
        assertThat(candidates.failed()).isEqualTo(setOf(B));
        assertThat(candidates.everybody()).isEqualTo(setOf(A, B));
        assertThat(candidates.hasFailed(B)).isTrue();
    }

    @Test
    void theLivingAreAsManyAsARingTakes() {
        candidates.add(Cast.member(C));
        candidates.add(Cast.member(D));
        assertThat(candidates.contains(C)).isTrue();
        assertThat(candidates.contains(D)).isFalse();

        candidates.condemn(C);
        candidates.add(Cast.member(D));
        assertThat(candidates.living()).isEqualTo(setOf(A, B, D));
    }

    @Test
    void theLivingAreListedInRingOrderWithTheirAddresses() {
        candidates.add(Cast.member(C));
        candidates.condemn(A);

        assertThat(candidates.livingMembers()).isEqualTo(members(B, C));
        assertThat(candidates.addressOf(C)).isEqualTo(Cast.addressOf(C));
    }

    @Test // [MEM-4]
    void ofTheFailedAJoinNamesAsManyAsItTakesAndCompanionsFirst() {
        MemberId restarted = B;
        for (int restarts = 0; restarts < 2 * WireFormat.MEMBERS_MAX; restarts++) {
            candidates.condemn(restarted);
            restarted = Cast.restarted(restarted);
            candidates.add(Cast.member(restarted));
        }
        candidates.condemn(A);

        assertThat(candidates.accused().size()).isEqualTo(WireFormat.MEMBERS_MAX);
        assertThat(candidates.accused()).contains(A, B);
    }

    @Test // [MEM-3]
    void whoIsCondemnedInReturnIsNotAccused() {
        candidates.condemnInReturn(B);
        candidates.condemn(A);
        candidates.condemnInReturn(A);

        assertThat(candidates.failed()).isEqualTo(setOf(A, B));
        assertThat(candidates.accused()).isEqualTo(setOf(A));
    }

    @Test
    void restartsWithoutEndAreNotRememberedWithoutEnd() {
        for (int restarts = 1; restarts < 1_000; restarts++) {
            MemberId restarted = new MemberId(9, restarts);
            candidates.add(Cast.member(restarted));
            candidates.condemn(restarted);
        }

        assertThat(candidates.everybody().size()).isEqualTo(4 * WireFormat.MEMBERS_MAX);
    }

    @Test
    void whoIsSuspectIsStillAlive() {
        candidates.suspect(B);

        assertThat(candidates.suspects()).isEqualTo(setOf(B));
        assertThat(candidates.living()).isEqualTo(setOf(A, B));
    }
}
