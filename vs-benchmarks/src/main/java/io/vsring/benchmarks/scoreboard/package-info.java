/** Vs and what it is compared with, side by side: what is run, what came of it, and how that is shown. */
@NullMarked
package io.vsring.benchmarks.scoreboard;

import org.jspecify.annotations.NullMarked;
