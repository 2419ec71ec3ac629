/**
 * For tests of members and of applications on them; so far all of it is in the packages below. Open first:
 * {@link io.vsring.test.simulation.SimulatedCluster}, {@link io.vsring.test.trace.TraceJudge},
 * {@link io.vsring.test.linearizability.HistoryJudge}.
 */
@NullMarked
package io.vsring.test;

import org.jspecify.annotations.NullMarked;
