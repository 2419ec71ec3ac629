/**
 * An application context as one member of a ring, for its tests: the others are real members in the same JVM, on a
 * network in memory that can be cut. Open first: {@link io.vsring.test.spring.EmbeddedRing}, then {@code PeerProcess}.
 */
@NullMarked
package io.vsring.test.spring;

import org.jspecify.annotations.NullMarked;
