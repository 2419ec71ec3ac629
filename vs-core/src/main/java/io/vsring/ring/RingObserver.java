package io.vsring.ring;

import io.vsring.ConfigurationChange;
import io.vsring.Delivery;
import io.vsring.Guarantee;
import io.vsring.MemberSet;
import io.vsring.Receipt;
import io.vsring.RingId;
import java.util.Set;

/**
 * Sees what a member submits, sends, delivers and installs: for the trace, for tests and checkers.
 *
 * <p>Methods say on which thread they are called; the loop thread may stand in for the delivery thread
 * ({@link RingHandler#isQuick}), and if a thread has died, whoever found out does what it had to do at the end. They
 * must be quick and must not throw: what {@link #onSubmit}, {@link #onSent} or {@link #onInstall} throws ends the
 * member, what {@link #onRefused} throws reaches the caller of {@link Ring#offer}, and anything else is logged.
 */
public interface RingObserver {

    /**
     * A message was accepted and numbered. Loop thread, or at the end the delivery thread. The bytes are not to be
     * written.
     */
    default void onSubmit(long number, String group, Guarantee guarantee, byte[] bytes) {}

    /** A message got its place in the order. Loop thread. */
    default void onSent(long number, RingId ringId, long sequence, int index) {}

    /** A message was refused: too large, not the name of a group, no room, or closed. The caller's thread. */
    default void onRefused(String reason) {}

    /**
     * A configuration was installed; the handler is told when it has had all that comes before. Loop thread.
     *
     * @param reasons why this member gave up the ring before, in words as those of {@link RingStatistics#gathers}; the
     *     same for a transitional configuration and the regular one behind it. Empty for the first
     */
    default void onInstall(ConfigurationChange change, Set<String> reasons) {}

    /** A message is about to be handed to the handler. Delivery thread; the delivery is valid during the call only. */
    default void onDeliver(Delivery delivery) {}

    /** A configuration is about to be handed to the handler. Delivery thread. */
    default void onConfigurationChange(ConfigurationChange change) {}

    /** An own message was delivered here. Delivery thread. */
    default void onDelivered(Receipt receipt) {}

    /** What became of an own message cannot be known any more. Delivery thread. */
    default void onUnknown(long number) {}

    /**
     * This member may change replicated objects from now on, or may not any more. Delivery thread.
     *
     * @param label names the primary component that it is in, or was in last; empty if it was in none
     * @param members of that component; empty if it was in none
     */
    default void onPrimary(boolean primary, String label, MemberSet members) {}

    /**
     * The replicated objects of this member have come to a position: in one configuration, and there at equal
     * positions, all members have equal digests. When this member became primary, and every so many commands. Delivery
     * thread.
     *
     * @param applied how many commands of the history have been applied
     * @param digest of these commands and their answers
     */
    default void onDigest(long applied, long digest) {}

    /** Nothing more will come, but for refusals. Delivery thread. */
    default void onClosed() {}
}
