package io.vsring.ring;

/** What the loop thread counts; {@link RingStatistics} says what each means. */
enum LoopCount {
    MESSAGES_ACCEPTED,
    BYTES_ACCEPTED,
    MESSAGES_SENT,
    FRAMES_SENT,
    FRAMES_REPAIRED,
    FRAMES_RECOVERED,
    TOKEN_VISITS,
    TOKEN_RETRANSMISSIONS,
    DATAGRAMS_RECEIVED,
    BYTES_RECEIVED,
    DATAGRAMS_SENT,
    BYTES_SENT,
    CONFIGURATIONS,
    EXPULSIONS,
    PAUSES,
    PAUSED_NANOS,
    DROPPED_AFTER_PAUSE,
    UNREACHABLE
}
