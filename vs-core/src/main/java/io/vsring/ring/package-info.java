/**
 * A running member: what an application holds in its hands.
 *
 * <p>Here protocol, wire and transport meet, on one loop thread, with one delivery thread behind it. Open first:
 * {@link io.vsring.ring.Ring}. The public types are API.
 */
@NullMarked
package io.vsring.ring;

import org.jspecify.annotations.NullMarked;
