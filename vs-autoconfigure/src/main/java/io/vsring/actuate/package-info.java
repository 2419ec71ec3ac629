/**
 * How a member is seen from outside: health, meters, the endpoint {@code ring} and the history behind it. What is here
 * needs the parts of Spring Boot that look, but for {@code RingDescription} and {@code RingHistory}, which the page
 * shows too. Whoever takes part needs nothing of it.
 */
@NullMarked
package io.vsring.actuate;

import org.jspecify.annotations.NullMarked;
