package io.vsring.protocol;

import static io.vsring.protocol.Cast.A;
import static io.vsring.protocol.Cast.B;
import static io.vsring.protocol.Cast.C;
import static io.vsring.protocol.Cast.D;
import static io.vsring.protocol.Cast.members;
import static io.vsring.protocol.Cast.setOf;
import static org.assertj.core.api.Assertions.assertThat;

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
        assertThat(candidates.add(Cast.member(C))).isTrue();
        assertThat(candidates.add(Cast.member(D))).isFalse();
        assertThat(candidates.contains(D)).isFalse();

        candidates.condemn(C);
        assertThat(candidates.add(Cast.member(D))).isTrue();
        assertThat(candidates.living()).isEqualTo(setOf(A, B, D));
    }

    @Test
    void theyAreListedInRingOrderWithTheirAddresses() {
        candidates.add(Cast.member(C));
        candidates.condemn(A);

        assertThat(candidates.asMembers()).isEqualTo(members(A, B, C));
        assertThat(candidates.addressOf(C)).isEqualTo(Cast.addressOf(C));
    }

    @Test
    void whoIsSuspectIsStillAlive() {
        candidates.suspect(B);

        assertThat(candidates.suspects()).isEqualTo(setOf(B));
        assertThat(candidates.living()).isEqualTo(setOf(A, B));
    }
}
