package io.vsring.test.linearizability;

/**
 * A write that a resource behind a lock accepted.
 *
 * @param token the fencing token that came with it
 * @param atNanos when the resource accepted it, on one clock for all writes
 */
public record FencedWrite(long token, long atNanos) {}
