/**
 * A ring in the hands of a test: members of production code on virtual time, and everything that can happen to them. It
 * knows neither JUnit nor AssertJ. Open first: {@link io.vsring.test.cluster.RingCluster}.
 */
@NullMarked
package io.vsring.test.cluster;

import org.jspecify.annotations.NullMarked;
