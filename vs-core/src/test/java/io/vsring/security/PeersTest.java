package io.vsring.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.vsring.MemberId;
import org.junit.jupiter.api.Test;

class PeersTest {

    private static final long SECOND = 1_000_000_000L;

    private final Peers peers = new Peers();

    @Test
    void theTableIsBoundedAndWhoIsBelievedStaysWhateverStrangersInvent() {
        Peer member = add(2, 7);
        prove(member);

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
            prove(add(slot, 1));
        }
        Peer first = peers.find(2, 1);
        first.heardNanos = SECOND;

        prove(add(9999, 1));

        assertThat(peers.size()).isEqualTo(Peers.MAX);
        assertThat(peers.find(2, 1)).isSameAs(first);
        assertThat(peers.find(3, 1)).isNull();
        Peer again = add(3, 1);
        prove(again);
        assertThat(again.isBelieved).isTrue();
    }

    @Test
    void theKeysOfAPeerAreBoundedAndThoseOfEpochsLongAgoAreForgotten() {
        Peer peer = add(2, 7);
        for (int key = 0; key <= Peer.KEYS_MAX; key++) {
            peer.keep(key(key, 0));
        }
        assertThat(peer.key(0, CipherSuite.AES_256_GCM, 0)).as("the oldest").isNull();
        for (int key = 1; key <= Peer.KEYS_MAX; key++) {
            assertThat(peer.key(key, CipherSuite.AES_256_GCM, 0)).isNotNull();
        }

        peer.window.mark(2L << KeySchedule.EPOCH_BITS);
        peer.keep(key(1, 2));

        assertThat(peer.key(1, CipherSuite.AES_256_GCM, 2)).isNotNull();
        assertThat(peer.key(1, CipherSuite.AES_256_GCM, 0)).isNull();
    }

    private static DatagramKey key(int id, long epoch) {
        byte[] material = new byte[CipherSuite.KEY_BYTES + CipherSuite.NONCE_BYTES];
        return new DatagramKey(id, CipherSuite.AES_256_GCM, epoch, material);
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

    private void prove(Peer peer) {
        assertThat(peers.prove(peer, 1, 1)).isEmpty();
    }

    private Peer add(int slot, long incarnation) {
        return peers.add(new MemberId(slot, incarnation), slot);
    }
}
