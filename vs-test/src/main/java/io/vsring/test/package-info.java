/** What a test of an application on a ring needs: the JUnit extension and clusters in one JVM. Public API. */
@NullMarked
package io.vsring.test;

import org.jspecify.annotations.NullMarked;
