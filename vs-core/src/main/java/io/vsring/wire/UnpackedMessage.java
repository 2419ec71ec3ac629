package io.vsring.wire;

import io.vsring.Guarantee;
import io.vsring.MemberId;

/**
 * A message as the {@link Unpacker} found it. <b>Valid until the next one is asked for,</b> which is put into the same
 * object.
 *
 * <p>So are the bytes, unless whoever has the frame keeps it from being given back ({@link FramePool}).
 */
public final class UnpackedMessage {

    private static final byte[] NOTHING = {};

    DataFrame frame;
    long number;
    String group = "";
    Guarantee guarantee = Guarantee.AGREED;
    byte[] array = NOTHING;
    int offset;
    int length;
    int index;

    UnpackedMessage(DataFrame frame) {
        this.frame = frame;
    }

    /** The frame in which the message ends. */
    public DataFrame frame() {
        return frame;
    }

    /** Who sent it. */
    public MemberId sender() {
        return frame.sender();
    }

    /** Which of its sender's messages it is. */
    public long number() {
        return number;
    }

    /** The group that it was sent to; the same String again and again. */
    public String group() {
        return group;
    }

    public Guarantee guarantee() {
        return guarantee;
    }

    /** Where the message stands, from {@link #offset} on; not to be written. */
    public byte[] array() {
        return array;
    }

    public int offset() {
        return offset;
    }

    /** How long the message is, in bytes. */
    public int length() {
        return length;
    }

    /** Its place among the messages that end in its frame, from 0: the same on every member. */
    public int index() {
        return index;
    }
}
