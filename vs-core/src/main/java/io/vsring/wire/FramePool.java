package io.vsring.wire;

import java.util.ArrayDeque;

/**
 * Frames that nobody needs any more, and that are filled again: what a ring sends and receives all the time need not be
 * allocated all the time.
 *
 * <p>Bodies of one length only are kept, those of full frames: under load a {@link Packer} makes no others. Without
 * anything that is given back all is allocated. One thread.
 */
public final class FramePool {

    /** So many are kept at most. */
    public static final int FRAMES_MAX = 1024;

    /** The bodies that are kept have so many bytes at most, together. */
    static final int BYTES_MAX = 16 << 20;

    // The last ones in are the first ones out: they are in the processor's cache.
    private final ArrayDeque<DataFrame> frames = new ArrayDeque<>();
    private final ArrayDeque<byte[]> bodies = new ArrayDeque<>();
    private int bodyBytes;

    /** The bodies that are kept from now on have this length; if it is another one, those that are here go. */
    void keep(int length) {
        if (length != bodyBytes) {
            bodies.clear();
            bodyBytes = length;
        }
    }

    /** How many frames are kept. */
    public int size() {
        return frames.size();
    }

    /** How many bytes the bodies have that are kept. */
    long bytes() {
        return (long) bodies.size() * bodyBytes;
    }

    /** An array of this length; what is in it is to be written over. */
    byte[] body(int length) {
        byte[] body = length == bodyBytes ? bodies.poll() : null;
        return body != null ? body : new byte[length];
    }

    /** A frame that says nothing yet: it is to be given a place and a body. */
    DataFrame frame() {
        DataFrame frame = frames.poll();
        return frame != null ? frame : new DataFrame();
    }

    /**
     * Nobody looks at this frame or its body any more: a mistake here is a message that turns into another one.
     *
     * @throws IllegalStateException if it has been given back before, and not been filled since
     */
    public void giveBack(DataFrame frame) {
        byte[] body = frame.empty();
        if (body.length == bodyBytes && bodies.size() < FRAMES_MAX && bytes() + bodyBytes <= BYTES_MAX) {
            bodies.push(body);
        }
        if (frames.size() < FRAMES_MAX) {
            frames.push(frame);
        }
    }
}
