package io.vsring.ring;

/** What the delivery thread counts; {@link RingStatistics} says what each means. */
enum DeliveryCount {
    FRAMES,
    MESSAGES,
    BYTES,
    INCOMPLETE_BYTES,
    HANDLER_FAILURES
}
