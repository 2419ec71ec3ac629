/**
 * For tests of members and of applications on them; all of it is in the packages below. For applications:
 * {@link io.vsring.test.junit.RingTest}, {@link io.vsring.test.cluster.RingCluster},
 * {@link io.vsring.test.assertj.RingAssertions}, and {@code io.vsring.test.spring.EmbeddedRing} (docs/testing.md). For
 * members: {@link io.vsring.test.simulation.SimulatedCluster}, {@link io.vsring.test.trace.TraceJudge},
 * {@link io.vsring.test.linearizability.HistoryJudge}.
 */
@NullMarked
package io.vsring.test;

import org.jspecify.annotations.NullMarked;
