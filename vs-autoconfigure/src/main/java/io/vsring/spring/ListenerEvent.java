package io.vsring.spring;

import io.vsring.ConfigurationChange;
import io.vsring.Delivery;

/** What waits in the queue of a listener: what has a place in the order. */
sealed interface ListenerEvent {

    /** How much memory it holds, roughly. */
    int bytes();

    /** Calls those methods of the listener that want it, while its queue does. On the listener's thread. */
    void tell(RingListener listener, ListenerQueue from);

    /** It will not be told: the listener has ended. */
    default void drop() {}

    /** A message; shared by all listeners that want it. */
    record Message(Delivery delivery) implements ListenerEvent {

        private static final int OVERHEAD_BYTES = 128;

        @Override
        public int bytes() {
            return OVERHEAD_BYTES + delivery.length();
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
     * All that came before has been handled, or never will be.
     *
     * @param passed must not throw
     */
    record Mark(Runnable passed) implements ListenerEvent {

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
            passed.run();
        }
    }
}
