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
 */
public record Packet(long number, MemberAddress source, int sender, PacketKind kind, byte[] bytes) {}
