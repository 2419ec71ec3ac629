/**
 * A page that shows a ring while it turns, for applications with Spring MVC: what this member sees, and what the others
 * tell of themselves while somebody looks. It only reads. Open {@code RingPage} first.
 */
@NullMarked
package io.vsring.page;

import org.jspecify.annotations.NullMarked;
