package io.vsring.test.trace;

import io.vsring.Delivery;
import io.vsring.Guarantee;
import io.vsring.MemberId;
import io.vsring.RingConfiguration;
import java.nio.ByteBuffer;

/**
 * A delivery as a trace has it. Instead of the message, its {@link #bytes()} are what
 * {@link TraceEntry.Content#standIn} makes of its digest: enough to tell whether it is the message that was sent.
 */
record TracedDelivery(TraceEntry.Delivered entry, RingConfiguration configuration) implements Delivery {

    @Override
    public MemberId sender() {
        return entry.sender();
    }

    @Override
    public long number() {
        return entry.number();
    }

    @Override
    public String group() {
        return entry.content().group();
    }

    @Override
    public Guarantee guarantee() {
        return entry.content().guarantee();
    }

    @Override
    public long sequence() {
        return entry.place().sequence();
    }

    @Override
    public int index() {
        return entry.place().index();
    }

    @Override
    public int length() {
        return entry.content().standIn().remaining();
    }

    @Override
    public ByteBuffer bytes() {
        return entry.content().standIn();
    }

    @Override
    public Delivery copy() {
        return this;
    }
}
