package io.vsring.wire;

import io.vsring.MemberId;
import io.vsring.RingId;

/**
 * "Do not hold the token, I have something to say." Sent to the member that spoke last on a silent ring, and to all
 * others where no token comes.
 *
 * @param sender who has something to say
 * @param ringId the ring on which it wants to say it
 */
public record HoldCancel(MemberId sender, RingId ringId) implements Datagram {

    @Override
    public void handle(DatagramHandler handler) {
        handler.onHoldCancel(this);
    }
}
