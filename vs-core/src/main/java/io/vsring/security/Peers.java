package io.vsring.security;

import io.vsring.MemberAddress;
import io.vsring.MemberId;
import io.vsring.wire.WireFormat;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who has been heard, and who is believed: of each slot one incarnation, which has proven that it is alive.
 *
 * <p>Another incarnation of the slot takes its place when it has proven the same, and the one before, which is asked
 * then, has not answered for a while. If it answers, two members have one id, and the one that was here first stays. To
 * have been silent proves nothing: in an idle ring a member hears its neighbour only.
 *
 * <p>One thread. Looked through from end to end: who is heard moves up, so that those that are gone stand behind.
 */
final class Peers {

    /** Incarnations that are remembered. */
    static final int MAX = 4 * WireFormat.MEMBERS_MAX;

    /** How long a proof is good for one that cannot take its slot yet. */
    private static final long PROOF_NANOS = 2 * Nonces.LIFE_NANOS;

    private final int ownSlot;
    private final long takeoverNanos;
    private final List<Peer> peers = new ArrayList<>();

    /**
     * @param ownSlot nobody is believed who has the same
     * @param takeoverNanos how long an incarnation has to answer before another one has its slot
     */
    Peers(int ownSlot, long takeoverNanos) {
        this.ownSlot = ownSlot;
        this.takeoverNanos = takeoverNanos;
    }

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

    /** It has answered a question, with this datagram: what it sent before may be a recording. */
    void prove(Peer peer, long counter, long nowNanos) {
        if (!peer.isProven) {
            peer.window.forgetBefore(counter);
        }
        peer.isProven = true;
        peer.provenNanos = nowNanos;
        believes(peer, nowNanos);
    }

    /** Whether the peer speaks for its slot, as of now. */
    boolean believes(Peer peer, long nowNanos) {
        if (peer.isBelieved) {
            return true;
        }
        if (!peer.isProven || nowNanos - peer.provenNanos > PROOF_NANOS) {
            peer.isKeptOut = false;
            return false;
        }
        Peer incumbent = believed(peer.id.id());
        if (incumbent != null || peer.id.id() == ownSlot) {
            if (!peer.isKeptOut) {
                peer.isKeptOut = true;
                peer.keptOutNanos = nowNanos;
            }
            if (incumbent == null || nowNanos - lastSign(incumbent, peer) <= takeoverNanos) {
                return false;
            }
        }
        if (incumbent != null) {
            incumbent.isBelieved = false;
            incumbent.isProven = false;
        }
        peer.isBelieved = true;
        peer.isKeptOut = false;
        return true;
    }

    /** Since when the incumbent has owed us an answer. */
    private static long lastSign(Peer incumbent, Peer challenger) {
        return incumbent.provenNanos - challenger.keptOutNanos > 0 ? incumbent.provenNanos : challenger.keptOutNanos;
    }

    /** Who keeps this one out, and has to be asked whether it is still there; null if nobody has to. */
    @Nullable
    Peer incumbentOf(Peer challenger) {
        return challenger.isKeptOut ? believed(challenger.id.id()) : null;
    }

    /** Whether the peer is alive, and has been kept out for longer than a predecessor could linger. */
    boolean isTwin(Peer peer, long nowNanos) {
        return peer.isKeptOut && nowNanos - peer.keptOutNanos > 2 * takeoverNanos;
    }

    void forgetKeys() {
        peers.forEach(Peer::forgetKeys);
    }

    private @Nullable Peer believed(int slot) {
        for (Peer peer : peers) {
            if (peer.isBelieved && peer.id.id() == slot) {
                return peer;
            }
        }
        return null;
    }
}
