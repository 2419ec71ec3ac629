/** The Spring programming model: templates, annotations and listeners on top of a ring. Public API. */
@NullMarked
package io.vsring.spring;

import org.jspecify.annotations.NullMarked;
