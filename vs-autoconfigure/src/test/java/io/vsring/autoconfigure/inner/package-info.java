/** A package that is looked through with the one above it, or a second time for itself. */
@org.jspecify.annotations.NullMarked
package io.vsring.autoconfigure.inner;
