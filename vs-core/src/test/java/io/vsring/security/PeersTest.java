package io.vsring.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.vsring.MemberId;
import org.junit.jupiter.api.Test;

class PeersTest {

    private static final long SECOND = 1_000_000_000L;

    private final Peers peers = new Peers(1, SECOND);

    @Test
    void theTableIsBoundedAndWhoIsBelievedStaysWhateverStrangersInvent() {
        Peer member = add(2, 7);
        peers.prove(member, 1, 0);

        for (int incarnation = 1; incarnation <= 2 * Peers.MAX; incarnation++) {
            peers.add(new MemberId(3, incarnation), incarnation);
            assertThat(peers.size()).isLessThanOrEqualTo(Peers.MAX);
        }

        assertThat(peers.size()).isEqualTo(Peers.MAX);
        assertThat(peers.find(2, 7)).isSameAs(member);
        assertThat(peers.find(3, 1)).as("silent for longest").isNull();
        assertThat(peers.find(3, 2 * Peers.MAX)).isNotNull();
    }

    @Test
    void whenAllAreBelievedTheOneThatHasBeenSilentForLongestIsForgottenAndMayProveItselfAgain() {
        for (int slot = 2; slot < Peers.MAX + 2; slot++) {
            peers.prove(add(slot, 1), 1, slot);
        }
        Peer first = peers.find(2, 1);
        first.heardNanos = SECOND;

        peers.prove(add(9999, 1), 1, 2 * SECOND);

        assertThat(peers.size()).isEqualTo(Peers.MAX);
        assertThat(peers.find(2, 1)).isSameAs(first);
        assertThat(peers.find(3, 1)).isNull();
        Peer again = add(3, 1);
        peers.prove(again, 1, 2 * SECOND);
        assertThat(peers.believes(again, 2 * SECOND)).isTrue();
    }

    @Test
    void whoIsHeardIsFoundWhereverItStands() {
        for (int slot = 2; slot < 10; slot++) {
            add(slot, 1);
        }
        for (int round = 0; round < 20; round++) {
            assertThat(peers.find(9, 1).id.id()).isEqualTo(9);
        }
        for (int slot = 2; slot < 10; slot++) {
            assertThat(peers.find(slot, 1).id.id()).isEqualTo(slot);
        }
    }

    private Peer add(int slot, long incarnation) {
        return peers.add(new MemberId(slot, incarnation), slot);
    }
}
