package io.vsring.replicated;

import io.vsring.RingId;

/**
 * The name of a primary component: the ring on which it was established, in the history that it carries on.
 *
 * <p>Labels of one lineage are ordered, and of two primary components the later one has the greater label: somebody was
 * in both, and ring sequences only grow.
 *
 * @param era counts the times an operator has declared the state of those that were there the right one
 * @param lineage names the history: drawn when it began with nothing
 * @param ring where this component was established
 */
record Label(long era, long lineage, RingId ring) implements Comparable<Label> {

    /** The history that it carries on. */
    HistoryName history() {
        return new HistoryName(era, lineage);
    }

    /** Whether both carry on the same history. */
    boolean isSameHistory(Label other) {
        return era == other.era && lineage == other.lineage;
    }

    /** By age. Means something within one history only. */
    @Override
    public int compareTo(Label other) {
        int bySequence = Long.compare(ring.sequence(), other.ring.sequence());
        return bySequence != 0 ? bySequence : ring.representative().compareTo(other.ring.representative());
    }

    /** {@code 3.42.9f2c…@0.18c3…}: the ring, then era and lineage. */
    @Override
    public String toString() {
        return ring + "@" + history();
    }
}
