package io.vsring.wire;

import io.vsring.MemberId;
import io.vsring.RingId;

/**
 * The unit of ordering: it has a sequence number on its ring, and packed messages inside.
 *
 * <p>The body belongs to the frame and is never written again, as long as anybody needs the frame: when all members
 * have it and this one's application too, it is filled anew ({@link FramePool}).
 */
public final class DataFrame implements Datagram {

    /** What the body is. */
    public enum Kind {
        /** Packed messages, none of which ends here with {@link io.vsring.Guarantee#SAFE}. */
        AGREED,
        /** Packed messages, at least one of which ends here and must be safe before this frame is delivered. */
        SAFE,
        /** A frame of the ring before, passed on during recovery. */
        RECOVERY
    }

    private static final byte[] NOTHING = {};
    private static final RingId NOWHERE = new RingId(new MemberId(1, 1), 0);

    private RingId ringId;
    private MemberId sender;
    private long sequence;
    private Kind kind;
    private long firstNumber;
    private byte[] body;

    /**
     * @param ringId the ring that numbered the frame
     * @param sender who numbered it
     * @param sequence its place in the order of that ring, from 1
     * @param kind what the body is
     * @param firstNumber the sender's number of the first message in the body; those after it follow on without gap; 0
     *     in a recovery frame
     * @param body packed messages ({@link Packer}), or an encoded frame ({@link RecoveryBody})
     */
    public DataFrame(RingId ringId, MemberId sender, long sequence, Kind kind, long firstNumber, byte[] body) {
        this.ringId = ringId;
        this.sender = sender;
        this.sequence = sequence;
        this.kind = kind;
        this.firstNumber = firstNumber;
        this.body = body;
    }

    /** One that says nothing yet. */
    DataFrame() {
        this(NOWHERE, NOWHERE.representative(), 0, Kind.AGREED, 0, NOTHING);
    }

    /** Its place: the parameters are those of the constructor. */
    DataFrame at(RingId numberedBy, MemberId numberer, long place) {
        ringId = numberedBy;
        sender = numberer;
        sequence = place;
        return this;
    }

    /** What it says: the parameters are those of the constructor. */
    DataFrame with(Kind newKind, long newFirstNumber, byte[] newBody) {
        kind = newKind;
        firstNumber = newFirstNumber;
        body = newBody;
        return this;
    }

    /** Gives its body away. */
    byte[] empty() {
        byte[] given = body;
        if (given == NOTHING) {
            throw new IllegalStateException("a frame is given back once: " + this);
        }
        body = NOTHING;
        return given;
    }

    public RingId ringId() {
        return ringId;
    }

    public MemberId sender() {
        return sender;
    }

    public long sequence() {
        return sequence;
    }

    public Kind kind() {
        return kind;
    }

    public boolean isSafe() {
        return kind == Kind.SAFE;
    }

    public boolean isRecovery() {
        return kind == Kind.RECOVERY;
    }

    public long firstNumber() {
        return firstNumber;
    }

    /** The body itself, not a copy. Not to be written. */
    public byte[] body() {
        return body;
    }

    @Override
    public void handle(DatagramHandler handler) {
        handler.onData(this);
    }

    @Override
    public String toString() {
        return "data ring=" + ringId + " sequence=" + sequence + " sender=" + sender + " kind=" + kind + " first="
                + firstNumber + " bytes=" + body.length;
    }
}
