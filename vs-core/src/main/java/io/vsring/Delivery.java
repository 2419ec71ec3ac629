package io.vsring;

import java.nio.ByteBuffer;

/**
 * A message at its place in the order.
 *
 * <p><b>Valid during the callback only</b>, on the thread that calls back; {@link #copy()} keeps it. The place is
 * (configuration, sequence, index): the same on every member that delivers the message in a regular configuration.
 */
public interface Delivery {

    /** Who sent it. */
    MemberId sender();

    /** Which of its sender's messages it is: they are numbered from 1 as they are accepted. */
    long number();

    /** The group that it was sent to. */
    String group();

    /** What the sender asked for. */
    Guarantee guarantee();

    /** The configuration in which it is delivered. */
    RingConfiguration configuration();

    /** The sequence number of the frame in which the message ends. */
    long sequence();

    /** Its place among the messages that end in that frame, from 0. */
    int index();

    /** The size of the message in bytes. */
    int length();

    /** The message, read-only, from its position to its limit; valid during the callback only. */
    ByteBuffer bytes();

    /** The message in an array of its own. */
    default byte[] toByteArray() {
        byte[] copy = new byte[length()];
        bytes().get(copy);
        return copy;
    }

    /** A delivery that says the same and stays valid. */
    Delivery copy();
}
