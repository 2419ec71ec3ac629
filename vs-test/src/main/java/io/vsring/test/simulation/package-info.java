/** A whole cluster in one thread, on virtual time, from one seed. */
@NullMarked
package io.vsring.test.simulation;

import org.jspecify.annotations.NullMarked;
