/** What a ring promises, as claims about a recorded history. */
@NullMarked
package io.vsring.test.check;

import org.jspecify.annotations.NullMarked;
