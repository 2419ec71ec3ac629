package io.vsring.test.campaign;

import java.util.Map;
import java.util.TreeMap;

/**
 * How the members of a round protected what they said to each other.
 *
 * @param suite what they encrypted with
 * @param rejected datagrams that the envelopes of those that lived at the end had not let in, by reason
 */
record Sealing(String suite, Map<String, Long> rejected) {

    /** Before there were keys. */
    static final Sealing PLAINTEXT = new Sealing("insecure-plaintext", Map.of());

    /** Two together, if they are of one suite; else both are named. */
    Sealing plus(Sealing other) {
        Map<String, Long> all = new TreeMap<>(rejected);
        other.rejected.forEach((reason, count) -> all.merge(reason, count, Long::sum));
        return new Sealing(suite.contains(other.suite) ? suite : suite + ", " + other.suite, all);
    }

    @Override
    public String toString() {
        return suite + ", did not let in " + rejected;
    }
}
