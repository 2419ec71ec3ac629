package io.vsring.benchmarks;

/** What is measured. */
enum Mode {
    /** How many messages per second come out, with as many in flight as keep the ring busy. */
    THROUGHPUT,
    /** How long a message takes from its offer to its own delivery, with few in flight. */
    LATENCY,
    /** What a silent ring costs, and how long a message takes that wakes it. */
    IDLE
}
