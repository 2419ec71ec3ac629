package io.vsring.sample;

/** Where a read is answered. */
enum ReadMode {
    /** By this member, from memory. */
    LOCAL,
    /** At a place of the order: linearizable. */
    ORDERED
}
