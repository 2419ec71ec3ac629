package io.vsring.test.simulation;

/** Who is told of a claim that broke. */
interface Verdict {

    /**
     * A claim broke.
     *
     * @param predicate its name, as docs/simulation.md has it
     * @param fact what was seen
     */
    void broken(String predicate, String fact);
}
