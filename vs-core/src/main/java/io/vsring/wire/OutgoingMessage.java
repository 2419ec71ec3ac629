package io.vsring.wire;

import io.vsring.Guarantee;

/**
 * A message on its way to the ring.
 *
 * @param number which of this member's messages it is, from 1 without gap
 * @param group the group's name in UTF-8, at most 64 bytes
 * @param guarantee what is asked for
 * @param bytes the message itself; not to be written any more
 */
public record OutgoingMessage(long number, byte[] group, Guarantee guarantee, byte[] bytes) {}
