/** Stories about a ring that a person can read and a machine can replay. */
@NullMarked
package io.vsring.test.transcript;

import org.jspecify.annotations.NullMarked;
