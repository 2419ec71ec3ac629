/** Measurements: JMH for single classes, a load generator for whole rings. */
@NullMarked
package io.vsring.benchmarks;

import org.jspecify.annotations.NullMarked;
