/**
 * How a member is seen from outside: health, meters, the endpoint {@code ring} and the history behind it. What is here
 * needs the parts of Spring Boot that look, and nothing needs it.
 */
@NullMarked
package io.vsring.actuate;

import org.jspecify.annotations.NullMarked;
