/** The extension of JUnit Jupiter. Open first: {@link io.vsring.test.junit.RingTest}. */
@NullMarked
package io.vsring.test.junit;

import org.jspecify.annotations.NullMarked;
