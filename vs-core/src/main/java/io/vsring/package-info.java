/**
 * The words: values that everybody uses. Who a member is, what a ring and a configuration are, what is delivered.
 *
 * <p>No behaviour beyond set algebra; immutable, so any thread. Open first: {@link io.vsring.RingConfiguration}.
 */
@NullMarked
package io.vsring;

import org.jspecify.annotations.NullMarked;
