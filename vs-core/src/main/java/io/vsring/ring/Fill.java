package io.vsring.ring;

/**
 * How full something is that has a cap, such as a queue; {@code docs/resources.md} says what there is.
 *
 * @param used what is in it now, in its own unit
 * @param max what it may hold at most
 * @since 0.1
 */
public record Fill(long used, long max) {}
