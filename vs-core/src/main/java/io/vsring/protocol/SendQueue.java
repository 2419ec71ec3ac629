package io.vsring.protocol;

import io.vsring.MemberId;
import io.vsring.RingId;
import io.vsring.wire.DataFrame;
import io.vsring.wire.Mutant;
import io.vsring.wire.OutgoingMessage;
import io.vsring.wire.Packer;
import io.vsring.wire.WireFormat;
import java.util.ArrayDeque;

/**
 * Messages that wait for the token, in the order of their numbers.
 *
 * <p>They are packed into frames only when the token is here, so that a frame holds as many as there are. A message
 * stays at the head until its last fragment has a number; if the ring changes before, it begins anew. [ORD-8]
 */
final class SendQueue implements FrameSource {

    /** More than this is not told to others; their shares would not change any more. */
    private static final long BACKLOG_MAX = 1 << 20;

    private final MemberId self;
    private final Effects effects;
    private final ArrayDeque<OutgoingMessage> messages = new ArrayDeque<>();
    private Packer packer;
    private int headOffset;
    private long bytes;

    SendQueue(MemberId self, Effects effects, int frameBytes) {
        this.self = self;
        this.effects = effects;
        this.packer = new Packer(WireFormat.bodyBytesMax(frameBytes), effects.frames());
    }

    void append(OutgoingMessage message) {
        messages.add(message);
        bytes += message.bytes().length;
    }

    /** Payload that waits, in bytes. */
    long bytes() {
        return bytes;
    }

    @Override
    public boolean isEmpty() {
        return messages.isEmpty();
    }

    @Override
    public int backlogFrames() {
        return (int) Math.min(BACKLOG_MAX, WireFormat.framesFor(messages.size(), bytes, packer.bodyBytes()));
    }

    /** Gives the next frame's worth of messages their place. The queue is not empty. */
    @Override
    public DataFrame next(RingId ringId, long sequence) {
        OutgoingMessage head = messages.element();
        packer.begin();
        while (true) {
            int index = packer.endings();
            int offset = packer.pack(head, headOffset);
            if (offset == Packer.FULL) {
                break;
            }
            headOffset = offset;
            if (packer.endings() == index) {
                break; // cut: the rest goes into the next frame
            }
            effects.sent(head, ringId, sequence, index);
            messages.remove();
            headOffset = 0;
            bytes -= head.bytes().length;
            if (messages.isEmpty()) {
                break;
            }
            head = messages.element();
        }
        Invariant.check(!packer.isEmpty(), "an empty frame takes a piece of any message");
        return packer.frame(ringId, self, sequence);
    }

    /** A new ring begins: a message that has been cut begins anew, in frames of this ring's size. [ORD-8] */
    void restart(int frameBytes) {
        headOffset = Mutant.CUT_MESSAGE_GOES_ON || Mutant.PIECES_SURVIVE ? headOffset : 0;
        int bodyBytes = WireFormat.bodyBytesMax(frameBytes);
        if (bodyBytes != packer.bodyBytes()) {
            packer = new Packer(bodyBytes, effects.frames());
        }
    }
}
