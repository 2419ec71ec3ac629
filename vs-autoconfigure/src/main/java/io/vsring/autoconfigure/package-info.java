/** Wires a ring into a Spring Boot application. */
@NullMarked
package io.vsring.autoconfigure;

import org.jspecify.annotations.NullMarked;
