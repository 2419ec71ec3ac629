/** What can be claimed of a ring in AssertJ's words. Open first: {@link io.vsring.test.assertj.RingAssertions}. */
@NullMarked
package io.vsring.test.assertj;

import org.jspecify.annotations.NullMarked;
