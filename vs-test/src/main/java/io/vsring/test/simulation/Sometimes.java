package io.vsring.test.simulation;

/** What has to happen now and then in a run of many schedules, or the run has shown less than it seems. */
public enum Sometimes {
    /** A datagram was lost. */
    DATAGRAM_LOST,
    /** A token was lost, or blocked. */
    TOKEN_LOST,
    /** A commit token was lost, or blocked. */
    COMMIT_TOKEN_LOST,
    /** A frame of an old ring was lost during recovery. */
    RECOVERY_FRAME_LOST,
    /** A Join was lost, or blocked. */
    JOIN_LOST,
    /** A token arrived twice. */
    TOKEN_DUPLICATED,
    /** A commit token arrived twice. */
    COMMIT_TOKEN_DUPLICATED,
    /** A datagram came again, long after. */
    DATAGRAM_REPLAYED,
    /** A datagram of a dead incarnation came again. */
    OLD_INCARNATION_REPLAYED,
    /** A datagram reached a member for which it was not meant. */
    DATAGRAM_REDIRECTED,
    /** A datagram arrived without its end. */
    DATAGRAM_TRUNCATED,
    /** A receive buffer was full. */
    RECEIVE_BUFFER_OVERFLOWED,
    /** A host said that nobody listens there. */
    UNREACHABLE_ANSWERED,
    /** A member crashed. */
    CRASHED,
    /** A member crashed at the moment that the fault was waiting for. */
    CRASHED_AT_TRIGGER,
    /** A member crashed while it gathered. */
    CRASHED_IN_GATHER,
    /** A member crashed while a ring was proposed. */
    CRASHED_IN_COMMIT,
    /** A member crashed while it recovered an old ring. */
    CRASHED_IN_RECOVERY,
    /** The representative of a ring of several crashed. */
    REPRESENTATIVE_CRASHED,
    /** A slot started again with what its disk held. */
    RESTARTED_WITH_DISK,
    /** A slot started again without its disk. */
    RESTARTED_WITHOUT_DISK,
    /** A slot was back within the token-loss time. */
    RESTARTED_WITHIN_TOKEN_LOSS,
    /** A member stood still for less than the token-loss time. */
    PAUSED_SHORTLY,
    /** A member stood still for longer than the token-loss time. */
    PAUSED_LONG,
    /** All members stood still together. */
    ALL_PAUSED,
    /** A member was slow for a while. */
    SLOWED,
    /** A member's application was slow for a while. */
    HANDLER_SLOWED,
    /** A member's application did not return for a while. */
    HANDLER_BLOCKED,
    /** A member's application threw something. */
    HANDLER_THREW,
    /** A member left in good order. */
    LEFT,
    /** A member left when the leave timeout ran out, before all that it had accepted was delivered. */
    LEFT_LATE,
    /** All members left together. */
    ALL_LEFT,
    /** The network was split. */
    SPLIT,
    /** A link worked in one direction only. */
    ONE_WAY,
    /** Two members did not reach each other, and others reached both. */
    LINK_CUT,
    /** A member did not get datagrams of some kind. */
    DEAF,
    /** A member's datagrams of some kind reached nobody. */
    MUTE,
    /** The token of a silent ring was held. */
    TOKEN_HELD,
    /** The ring's window was full when somebody had something to send. */
    WINDOW_FULL,
    /** Somebody lagged so far behind that nothing new was sent. */
    LAG_BRAKED,
    /** A member said that it has everything of the old ring, and then the attempt failed. */
    ACKNOWLEDGED_IN_VAIN,
    /** A frame was delivered after a gap only because a failed attempt had bound somebody to its sender. */
    OBLIGATION_USED,

    /** The loop thread delivered a message in the delivery thread's stead. */
    STOOD_IN,
    /** A send queue was full. */
    OFFER_REFUSED,
    /** A regular configuration was installed after the first of the run that held all. */
    CONFIGURATION_AFTER_FORMATION,
    /** A member proposed or accepted a ring that it never installed. */
    PROPOSED_RING_NOT_INSTALLED,
    /** Two such rings, one after the other, at one member. */
    TWO_PROPOSED_RINGS_NOT_INSTALLED,
    /** Members of two rings came together in one. */
    MERGED_TWO,
    /** Members of three or more rings came together in one. */
    MERGED_THREE,
    /** A transitional configuration had one member, of several. */
    TRANSITIONAL_ALONE,
    /** A transitional configuration had some of the members. */
    TRANSITIONAL_SOME,
    /** A transitional configuration had all of the members. */
    TRANSITIONAL_ALL,
    /** A message was delivered in a transitional configuration. */
    DELIVERED_IN_TRANSITION,
    /** A safe message was delivered in a transitional configuration of several members. */
    SAFE_IN_TRANSITION,
    /** A message was left out while a later one was delivered. */
    GAP,
    /** A message of several frames was delivered. */
    FRAGMENTED_DELIVERED,
    /** A message of several frames was delivered in a transitional configuration. */
    FRAGMENTED_IN_TRANSITION,
    /** A message that was submitted in one ring was sent in a later one. */
    SENT_IN_LATER_RING,
    /** A message was submitted by an application that was being told of another. */
    SUBMITTED_DURING_DELIVERY,
    /** Everything was healed but one member. */
    ONE_STAYED_ILL,
    /** A member left a ring at rest, and what that cost was judged. */
    LEFT_AT_REST,
    /** The same, and it was started again at once. */
    RESTARTED_AT_REST,
    /** The same, and its host died without a word. */
    HOST_DIED_AT_REST,
    /** The same, and it no longer heard anybody. */
    HEARD_NOBODY_AT_REST,
    /** The same, and it no longer got data. */
    GOT_NO_DATA_AT_REST,
    /** The same, and its frames took longer than the token. */
    SLOW_AT_REST,
    /** The same, and it got Joins from before the ring. */
    HEARD_OLD_JOINS_AT_REST,
    /** The same, and another missed its last frame. */
    UNHEARD_AT_REST,
    /** With replicated objects: a member was told a part of a state. */
    STATE_SENT,
    /** The same: its configuration ended while a state was on its way to somebody. */
    STATE_CUT_OFF,
    /** The same: a command was delivered in a transitional configuration. */
    COMMAND_TENTATIVE,
    /** The same: in a transitional configuration a member was told that another one is ready. */
    READY_IN_TRANSITION,
    /** The same: a member gave its vote back and left. */
    LEFT_IN_GOOD_ORDER,
    /** The same: a member gave up what it held for another state. */
    STATE_DISCARDED,
    /** The same: a member found that others may go on without it. */
    NOT_PRIMARY,
    /** The same: all that were ready in the last primary component are dead. */
    ALL_LOST,
    /** The same, but a member of an earlier one lives. */
    ALL_LOST_BUT_AN_EARLIER_STATE,
    /** The same: two histories met that had been begun apart. */
    HISTORIES_MET,
    /** The same: a call was refused, and surely is not carried out. */
    CALL_REFUSED,
    /** The same: a call ended, and nobody knows whether it was carried out. */
    CALL_UNKNOWN,
    /** With keys: somebody without them sent a datagram. */
    DATAGRAM_FORGED,
    /** The same: a member got other keys. */
    KEYS_CHANGED,
    /** The same: while it recovered an old ring. */
    KEYS_CHANGED_IN_RECOVERY,
    /** The same: and so it had no key in common with another one that was well. */
    KEYS_APART;

    /** Whether it happens only where there are replicated objects. */
    boolean needsObjects() {
        return place() >= STATE_SENT.place() && !needsKeys();
    }

    /** Whether it happens only where there are keys. */
    boolean needsKeys() {
        return place() >= DATAGRAM_FORGED.place();
    }

    /** Its place among all of these, for counters in an array. */
    @SuppressWarnings("EnumOrdinal") // of this run only, never written down
    int place() {
        return ordinal();
    }
}
