package io.vsring.wire;

import io.vsring.Member;
import io.vsring.RingId;

/**
 * "My ring exists." Sent by representatives to seeds and former members, and by any member as answer to a stranger.
 *
 * <p>Two members have heard each other, both ways and just now, when one receives its own nonce back. Padded to the
 * frame size when sent.
 *
 * @param sender who says so
 * @param ringId its ring
 * @param nonce a number that stands for this sender on this ring; never 0
 * @param echo the nonce last heard from the addressee; 0 if none was
 */
public record MergeProbe(Member sender, RingId ringId, long nonce, long echo) implements Datagram {

    @Override
    public void handle(DatagramHandler handler) {
        handler.onMergeProbe(this);
    }
}
