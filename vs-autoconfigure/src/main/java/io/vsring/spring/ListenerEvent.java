package io.vsring.spring;

import io.vsring.ConfigurationChange;
import io.vsring.Delivery;
import io.vsring.ring.RingClosedException;
import io.vsring.ring.RingException;
import java.util.function.Consumer;

/** What waits in the queue of a listener: what has a place in the order. */
sealed interface ListenerEvent {

    /** How much memory it holds, roughly. */
    int bytes();

    /** Calls those methods of the listener that want it, while its queue does. On the listener's thread. */
    void tell(RingListener listener, ListenerQueue from);

    /** It will not be told, since what waits for the listener is not wanted any more. */
    default void drop() {}

    /** A message; shared by all listeners that want it. */
    record Message(Delivery delivery) implements ListenerEvent {

        static final int OVERHEAD_BYTES = 128;

        @Override
        public int bytes() {
            return OVERHEAD_BYTES
                    + (delivery instanceof HeadedDelivery headed
                            ? 2 * headed.whole().length() // its headers are there once more, as text
                            : delivery.length());
        }

        @Override
        public void tell(RingListener listener, ListenerQueue from) {
            listener.onMessage(delivery, from);
        }
    }

    /**
     * A configuration begins.
     *
     * @param change as the ring told it
     * @param sinceRegular the same for those who are told of regular configurations only
     */
    record Change(ConfigurationChange change, ConfigurationChange sinceRegular) implements ListenerEvent {

        private static final int OVERHEAD_BYTES = 1024;

        @Override
        public int bytes() {
            return OVERHEAD_BYTES;
        }

        @Override
        public void tell(RingListener listener, ListenerQueue from) {
            listener.onConfigurationChange(this, from);
        }
    }

    /**
     * A place behind which all that came before has been handled.
     *
     * @param passed is told when this is so; must not throw
     * @param failed is told when it never will be, and why; must not throw
     */
    record Mark(Runnable passed, Consumer<RingException> failed) implements ListenerEvent {

        private static final int OVERHEAD_BYTES = 64;

        @Override
        public int bytes() {
            return OVERHEAD_BYTES;
        }

        @Override
        public void tell(RingListener listener, ListenerQueue from) {
            passed.run();
        }

        @Override
        public void drop() {
            failed.accept(
                    new RingClosedException("a listener was ended before it had handled what came before the barrier"));
        }
    }
}
