/**
 * How a member is seen from outside: health. What is here needs the parts of Spring Boot that look, and nothing needs
 * it.
 */
@NullMarked
package io.vsring.actuate;

import org.jspecify.annotations.NullMarked;
