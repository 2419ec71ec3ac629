package io.vsring.ring;

import io.vsring.Delivery;
import io.vsring.Guarantee;
import io.vsring.MemberId;
import io.vsring.RingConfiguration;
import java.nio.ByteBuffer;

/** A delivery with a copy of the message. Immutable. */
final class KeptDelivery implements Delivery {

    /** Where in the order a message stands. */
    record Position(RingConfiguration configuration, long sequence, int index) {}

    private final Position position;
    private final MemberId sender;
    private final long number;
    private final String group;
    private final Guarantee guarantee;
    private final byte[] message;

    KeptDelivery(Position position, MemberId sender, long number, String group, Guarantee guarantee, byte[] message) {
        this.position = position;
        this.sender = sender;
        this.number = number;
        this.group = group;
        this.guarantee = guarantee;
        this.message = message;
    }

    @Override
    public MemberId sender() {
        return sender;
    }

    @Override
    public long number() {
        return number;
    }

    @Override
    public String group() {
        return group;
    }

    @Override
    public Guarantee guarantee() {
        return guarantee;
    }

    @Override
    public RingConfiguration configuration() {
        return position.configuration();
    }

    @Override
    public long sequence() {
        return position.sequence();
    }

    @Override
    public int index() {
        return position.index();
    }

    @Override
    public int length() {
        return message.length;
    }

    @Override
    public ByteBuffer bytes() {
        return ByteBuffer.wrap(message).asReadOnlyBuffer();
    }

    @Override
    public byte[] toByteArray() {
        return message.clone();
    }

    @Override
    public Delivery copy() {
        return this;
    }

    @Override
    public String toString() {
        return "message number=" + number + " sender=" + sender + " group=" + group + " guarantee=" + guarantee
                + " bytes=" + message.length + " configuration="
                + position.configuration().id() + " sequence="
                + position.sequence() + " index=" + position.index();
    }
}
