/**
 * Objects that are the same on all members of the primary component, on top of {@link io.vsring.ring.Ring} alone.
 * Public API.
 *
 * <p>Open {@link io.vsring.replicated.ReplicatedObjects} first, then {@code Succession}, which decides who goes on with
 * what state.
 */
@NullMarked
package io.vsring.replicated;

import org.jspecify.annotations.NullMarked;
