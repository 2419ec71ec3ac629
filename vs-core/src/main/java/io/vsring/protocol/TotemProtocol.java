package io.vsring.protocol;

import io.vsring.Member;
import io.vsring.MemberAddress;
import io.vsring.wire.Datagram;
import io.vsring.wire.OutgoingMessage;

/** The only door of the protocol. SKELETON: signatures only, being written. */
public final class TotemProtocol {

    public TotemProtocol(Member self, ProtocolOptions options, Effects effects, long ringSequence, long seed) {}

    /** Installs the member's own ring and begins to look for others. */
    public void start(long nowNanos) {}

    /** A datagram has arrived. Within one reading of the socket, data goes before tokens. */
    public void onDatagram(Datagram datagram, MemberAddress source, long nowNanos) {}

    public void onTimer(Timer timer, long nowNanos) {}

    /** The host at this address says that nobody listens on the port. */
    public void onUnreachable(MemberAddress address, long nowNanos) {}

    /**
     * This process did not run for longer than the token-loss timeout: call before anything that has waited meanwhile.
     */
    public void onPause(long nowNanos) {}

    /** The delivery lane has room again after it was full. */
    public void onDeliveryRoom(long nowNanos) {}

    /** Queues a message; numbers follow each other without gap. Call {@link #onSubmitted} after the last of a batch. */
    public void submit(OutgoingMessage message) {}

    /** Messages have been submitted: wakes a silent ring. */
    public void onSubmitted(long nowNanos) {}

    /** Bytes that wait in the send queue. */
    public long queuedBytes() {
        return 0;
    }

    /** Takes leave as soon as everything submitted is safe; {@link Effects#entered} says LEFT when it is done. */
    public void leave(long nowNanos) {}

    /** Takes leave now, whatever is still on its way. */
    public void leaveNow(long nowNanos) {}

    public StateName state() {
        return StateName.OPERATIONAL;
    }
}
