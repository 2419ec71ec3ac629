package io.vsring.ring;

import io.vsring.ConfigurationChange;
import io.vsring.Delivery;
import org.jspecify.annotations.Nullable;

/**
 * What an application is told by its ring: messages and configuration changes, in the one order.
 *
 * <p><b>Threading.</b> All methods are called on the delivery thread of the ring, never two at once; or, where
 * {@link #isQuick} allows it and that thread has nothing to do, by the loop thread in its stead. A handler that is slow
 * slows the whole ring down; one that takes nothing for the slow-member timeout, while others wait for it, is left out
 * until it goes on. What a handler throws is logged and counted, and does not stop the order. Only if that thread
 * itself has died, the end is told by another one: {@link #onClosed}, and the outcomes that are left.
 */
public interface RingHandler {

    /** A message. The delivery is valid during the call only. */
    void onMessage(Delivery delivery);

    /**
     * Whether {@link #onMessage}, observers and the outcome of this message take microseconds and never wait, whatever
     * happens. Then the loop thread may deliver it itself, which saves the time it takes to wake another thread; while
     * it does so the whole ring waits for it. Where that takes more than 2 ms all is left to the delivery thread for
     * fifty times as long, 10 s at most; more than 20 ms are a warning in the log.
     *
     * @param message valid during the call only
     */
    default boolean isQuick(Delivery message) {
        return false;
    }

    /** A configuration begins. The first call after the start is the configuration of this member alone. */
    void onConfigurationChange(ConfigurationChange change);

    /**
     * Nothing more will come.
     *
     * @param failure why, if this member did not leave of its own will
     */
    default void onClosed(@Nullable Throwable failure) {}
}
