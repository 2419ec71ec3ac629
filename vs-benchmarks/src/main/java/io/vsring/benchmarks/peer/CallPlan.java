package io.vsring.benchmarks.peer;

/**
 * What callers do.
 *
 * @param mode to what: locks, a map or a counter
 * @param slots how many callers this member has
 * @param entries keys of a map
 * @param valueBytes bytes of a value
 */
public record CallPlan(Mode mode, int slots, int entries, int valueBytes) {}
