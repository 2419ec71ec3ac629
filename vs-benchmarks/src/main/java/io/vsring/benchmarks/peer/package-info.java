/**
 * Others that do what a ring does, behind the two things that are measured: messages in one order, and calls that are
 * answered. Each is set up as its own documentation has it.
 */
@NullMarked
package io.vsring.benchmarks.peer;

import org.jspecify.annotations.NullMarked;
