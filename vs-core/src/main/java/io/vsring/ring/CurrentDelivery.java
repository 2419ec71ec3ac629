package io.vsring.ring;

import io.vsring.Delivery;
import io.vsring.Guarantee;
import io.vsring.MemberId;
import io.vsring.RingConfiguration;
import io.vsring.wire.UnpackedMessage;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The one delivery that shows message after message; between two callbacks it shows nothing. One thread at a time. */
final class CurrentDelivery implements Delivery {

    private RingConfiguration configuration;
    private @Nullable UnpackedMessage message;

    CurrentDelivery(RingConfiguration configuration) {
        this.configuration = configuration;
    }

    /** Messages that are shown from now on are delivered in this configuration. */
    void enter(RingConfiguration next) {
        this.configuration = next;
    }

    /** Shows this message, or nothing. */
    void show(@Nullable UnpackedMessage next) {
        this.message = next;
    }

    @Override
    public MemberId sender() {
        return shown().sender();
    }

    @Override
    public long number() {
        return shown().number();
    }

    @Override
    public String group() {
        return shown().group();
    }

    @Override
    public Guarantee guarantee() {
        return shown().guarantee();
    }

    @Override
    public RingConfiguration configuration() {
        return configuration;
    }

    @Override
    public long sequence() {
        return shown().frame().sequence();
    }

    @Override
    public int index() {
        return shown().index();
    }

    @Override
    public int length() {
        return shown().length();
    }

    @Override
    public ByteBuffer bytes() {
        UnpackedMessage now = shown();
        // A slice, so that rewind() leads to the beginning of the message and not of the frame around it.
        return ByteBuffer.wrap(now.array(), now.offset(), now.length()).slice().asReadOnlyBuffer();
    }

    @Override
    public byte[] toByteArray() {
        UnpackedMessage now = shown();
        return Arrays.copyOfRange(now.array(), now.offset(), now.offset() + now.length());
    }

    @Override
    public Delivery copy() {
        return new KeptDelivery(
                new KeptDelivery.Position(configuration, sequence(), index()),
                sender(),
                number(),
                group(),
                guarantee(),
                toByteArray());
    }

    private UnpackedMessage shown() {
        UnpackedMessage now = message;
        if (now == null) {
            throw new IllegalStateException(
                    "a delivery is valid during its callback only; keep delivery.copy(), or what you read from it");
        }
        return now;
    }

    @Override
    public String toString() {
        return message == null ? "a delivery whose callback has returned" : copy().toString();
    }
}
