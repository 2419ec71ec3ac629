package io.vsring.test.simulation;

import io.vsring.MemberAddress;

/**
 * A datagram on its way; the same object for all that it goes to.
 *
 * @param number counts the datagrams of a run
 * @param source where it came from
 * @param sender the slot that sent it
 * @param kind what it is
 * @param bytes itself, never written again
 * @param content what it says to the ring; the same as the bytes if it has no envelope, nothing if it is a greeting
 * @param sentNanos when a member sent it; {@link #NEVER} if no member has sent these bytes
 */
public record Packet(
        long number, MemberAddress source, int sender, PacketKind kind, byte[] bytes, byte[] content, long sentNanos) {
    /** Of what somebody else made up, or changed. */
    static final long NEVER = -1;

    /** Whether a member has sent it as it is. */
    boolean isGenuine() {
        return sentNanos != NEVER;
    }

    /** The same, as somebody makes it who is no member. */
    Packet changedTo(byte[] other) {
        return new Packet(number, source, sender, PacketKind.OTHER, other, other, NEVER);
    }
}
