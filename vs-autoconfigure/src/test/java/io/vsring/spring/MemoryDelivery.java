package io.vsring.spring;

import io.vsring.Delivery;
import io.vsring.Guarantee;
import io.vsring.MemberId;
import io.vsring.RingConfiguration;
import java.nio.ByteBuffer;

/** A message as a value, which stays valid. */
record MemoryDelivery(
        MemberId sender,
        long number,
        String group,
        Guarantee guarantee,
        RingConfiguration configuration,
        long sequence,
        byte[] message)
        implements Delivery {

    @Override
    public int index() {
        return 0;
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
    public Delivery copy() {
        return this;
    }
}
