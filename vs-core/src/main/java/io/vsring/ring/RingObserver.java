package io.vsring.ring;

import io.vsring.ConfigurationChange;
import io.vsring.Delivery;
import io.vsring.Guarantee;
import io.vsring.Receipt;
import io.vsring.RingId;

/**
 * Sees what a member submits, sends, delivers and installs: for the trace, for tests and checkers.
 *
 * <p>Methods say on which thread they are called; they must be quick and must not throw.
 */
public interface RingObserver {

    /** A message was accepted and numbered. Loop thread. The bytes are not to be written. */
    default void onSubmit(long number, String group, Guarantee guarantee, byte[] bytes) {}

    /** A message got its place in the order. Loop thread. */
    default void onSent(long number, RingId ringId, long sequence, int index) {}

    /** A message was refused: too large, no room, or closed. The caller's thread. */
    default void onRefused(String reason) {}

    /** A message is about to be handed to the handler. Delivery thread; the delivery is valid during the call only. */
    default void onDeliver(Delivery delivery) {}

    /** A configuration is about to be handed to the handler. Delivery thread. */
    default void onConfigurationChange(ConfigurationChange change) {}

    /** An own message was delivered here. Delivery thread. */
    default void onDelivered(Receipt receipt) {}

    /** What became of an own message cannot be known any more. Delivery thread. */
    default void onUnknown(long number) {}

    /** Nothing more will come, but for refusals. Delivery thread. */
    default void onClosed() {}
}
