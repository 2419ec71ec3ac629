/**
 * Traces of real members ({@code vs.trace.file}), judged by the same claims as the histories of simulated ones.
 *
 * <p>Open first: {@link io.vsring.test.trace.TraceJudge}.
 */
@NullMarked
package io.vsring.test.trace;

import org.jspecify.annotations.NullMarked;
