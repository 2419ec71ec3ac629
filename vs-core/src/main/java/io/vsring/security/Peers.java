package io.vsring.security;

import io.vsring.MemberAddress;
import io.vsring.MemberId;
import io.vsring.wire.WireFormat;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who has been heard, and who is believed: each incarnation of a member that has proven that it is alive.
 *
 * <p>When another incarnation of its slot proves the same for the first time, the one before has to prove it again: if
 * it was restarted it cannot, and what it left behind proves nothing. To have been silent proves nothing either: in an
 * idle ring a member hears its neighbour only. If both prove it, two members have one id; what becomes of them is for
 * the protocol to say, in the same way at all members [MEM-13].
 *
 * <p>One thread. Looked through from end to end: who is heard moves up, so that those that are gone stand behind.
 */
final class Peers {

    /** Incarnations that are remembered. */
    static final int MAX = 4 * WireFormat.MEMBERS_MAX;

    private final List<Peer> peers = new ArrayList<>();

    @Nullable
    Peer find(int slot, long incarnation) {
        for (int i = 0; i < peers.size(); i++) {
            Peer peer = peers.get(i);
            if (peer.id.incarnation() == incarnation && peer.id.id() == slot) {
                if (i > 0) {
                    Collections.swap(peers, i, i - 1);
                }
                return peer;
            }
        }
        return null;
    }

    /** How many are remembered. */
    int size() {
        return peers.size();
    }

    /** A new one. Who has been silent longest is forgotten for it, those who are not believed first. */
    Peer add(MemberId id, long nowNanos) {
        if (peers.size() >= MAX) {
            peers.remove(mostForgettable());
        }
        Peer peer = new Peer(id, nowNanos);
        peers.add(peer);
        return peer;
    }

    private Peer mostForgettable() {
        Peer most = peers.get(0);
        for (Peer peer : peers) {
            boolean rather =
                    peer.isBelieved == most.isBelieved ? peer.heardNanos - most.heardNanos < 0 : most.isBelieved;
            most = rather ? peer : most;
        }
        return most;
    }

    /** Somebody answers at this address, believes us and is believed, and has been heard within this time. */
    boolean isFriendlyAt(MemberAddress address, long withinNanos, long nowNanos) {
        for (int i = 0; i < peers.size(); i++) {
            Peer peer = peers.get(i);
            if (peer.isBelieved
                    && !peer.isDoubting
                    && address.equals(peer.address)
                    && nowNanos - peer.heardNanos <= withinNanos
                    && nowNanos - peer.greetedNanos <= Nonces.LIFE_NANOS) {
                return true;
            }
        }
        return false;
    }

    /**
     * It has answered a question, with this datagram: what it sent before may be a recording.
     *
     * @return others of its slot that were believed until now, and have to be asked
     */
    List<Peer> prove(Peer peer, long counter, long question) {
        if (peer.isBelieved) {
            return List.of();
        }
        peer.judgedAt = question;
        if (!EnvelopeMutant.PROOF_LOOKS_BACK) {
            peer.window.forgetBefore(counter);
        }
        peer.isBelieved = true;
        if (peer.wasBelieved) {
            return List.of(); // whoever made us doubt it has proven itself before
        }
        peer.wasBelieved = true;
        List<Peer> before = EnvelopeMutant.ONE_BEFORE_BELIEVED ? List.of() : othersBelieved(peer);
        before.forEach(other -> {
            other.isBelieved = false;
            other.judgedAt = question;
        });
        return before;
    }

    /** The question that an answer of this one must be later than, or it may be older than what others have proven. */
    long judgedAt(Peer peer) {
        long judged = peer.isBelieved ? 0 : peer.judgedAt;
        for (Peer other : othersBelieved(peer)) {
            judged = Math.max(judged, other.judgedAt);
        }
        return judged;
    }

    private List<Peer> othersBelieved(Peer peer) {
        return peers.stream()
                .filter(other -> other != peer && other.isBelieved && other.id.id() == peer.id.id())
                .toList();
    }

    void forgetKeys() {
        peers.forEach(Peer::forgetKeys);
    }
}
