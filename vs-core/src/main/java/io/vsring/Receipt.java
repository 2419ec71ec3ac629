package io.vsring;

/**
 * Where one's own message was delivered.
 *
 * <p>A {@link Guarantee#SAFE} message whose configuration is regular is held by all its members. If the configuration
 * {@linkplain RingConfiguration#isTransitional() is transitional}, only its members are known to hold it.
 *
 * @param number which of this member's messages it was
 * @param guarantee what was asked for
 * @param configuration the configuration in which it was delivered here
 * @param sequence the sequence number of the frame in which it ended
 * @param index its place among the messages that end in that frame
 */
public record Receipt(long number, Guarantee guarantee, RingConfiguration configuration, long sequence, int index) {}
