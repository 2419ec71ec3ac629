/** A small application on a ring. */
@NullMarked
package io.vsring.sample;

import org.jspecify.annotations.NullMarked;
