package io.vsring.spring;

import io.vsring.Delivery;
import io.vsring.Guarantee;
import io.vsring.MemberId;
import io.vsring.RingConfiguration;
import java.nio.ByteBuffer;
import java.util.Map;

/**
 * A message without the headers in front of it.
 *
 * @param whole the message with them
 * @param offset where the payload begins, in bytes
 */
record HeadedDelivery(Delivery whole, Map<String, String> headers, int offset) implements Delivery {

    @Override
    public MemberId sender() {
        return whole.sender();
    }

    @Override
    public long number() {
        return whole.number();
    }

    @Override
    public String group() {
        return whole.group();
    }

    @Override
    public Guarantee guarantee() {
        return whole.guarantee();
    }

    @Override
    public RingConfiguration configuration() {
        return whole.configuration();
    }

    @Override
    public long sequence() {
        return whole.sequence();
    }

    @Override
    public int index() {
        return whole.index();
    }

    @Override
    public int length() {
        return whole.length() - offset;
    }

    @Override
    public ByteBuffer bytes() {
        ByteBuffer bytes = whole.bytes();
        return bytes.position(bytes.position() + offset);
    }

    @Override
    public Delivery copy() {
        return this; // made of one that is kept
    }

    @Override
    public String toString() {
        return whole + " headers=" + headers.keySet();
    }
}
