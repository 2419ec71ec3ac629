package io.vsring.wire;

import io.vsring.Guarantee;

/** A message on its way to the ring. */
public final class OutgoingMessage {

    private final byte[] group;
    private final Guarantee guarantee;
    private final byte[] bytes;
    private long number;

    /**
     * One that has its number.
     *
     * @param number which of this member's messages it is, from 1 without gap
     * @param group the group's name in UTF-8, at most 64 bytes
     * @param guarantee what is asked for
     * @param bytes the message itself; not to be written any more
     */
    public OutgoingMessage(long number, byte[] group, Guarantee guarantee, byte[] bytes) {
        this(group, guarantee, bytes);
        this.number = number;
    }

    /** One that gets its number later ({@link #numbered}); else as above. */
    public OutgoingMessage(byte[] group, Guarantee guarantee, byte[] bytes) {
        this.group = group;
        this.guarantee = guarantee;
        this.bytes = bytes;
    }

    /** Gives it its number, before it is submitted. */
    public OutgoingMessage numbered(long place) {
        number = place;
        return this;
    }

    /** Which of this member's messages it is, from 1 without gap; 0 as long as it has none. */
    public long number() {
        return number;
    }

    /** The group's name in UTF-8. */
    public byte[] group() {
        return group;
    }

    /** What is asked for. */
    public Guarantee guarantee() {
        return guarantee;
    }

    /** The message itself; not to be written. */
    public byte[] bytes() {
        return bytes;
    }
}
