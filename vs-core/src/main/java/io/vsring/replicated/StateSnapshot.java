package io.vsring.replicated;

import java.util.Arrays;
import java.util.Iterator;

/**
 * A state as it was at one place of the order, in pieces that are taken out one by one while further commands are
 * applied. Delivery thread only.
 */
public interface StateSnapshot extends Iterator<byte[]>, AutoCloseable {

    /** The pieces are asked for no more, whether all were taken out or not. May be called more than once. */
    @Override
    default void close() {}

    /** One of these pieces. */
    static StateSnapshot of(byte[]... pieces) {
        return of(Arrays.asList(pieces).iterator());
    }

    /** One of these pieces, which nobody changes any more. */
    static StateSnapshot of(Iterator<byte[]> pieces) {
        return new StateSnapshot() {
            @Override
            public boolean hasNext() {
                return pieces.hasNext();
            }

            @Override
            public byte[] next() {
                return pieces.next();
            }
        };
    }
}
