package io.vsring.benchmarks;

/** Where the list of locks is. */
enum Approach {
    /** On all members: a request is a message, and the lock is held when that is delivered. */
    RING,
    /** On one server: a request goes there, and is answered. */
    SERVER
}
