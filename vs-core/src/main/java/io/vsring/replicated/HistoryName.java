package io.vsring.replicated;

/**
 * Names a history.
 *
 * @param era counts the times an operator has declared the state of those that were there the right one
 * @param lineage drawn when it began with nothing
 */
record HistoryName(long era, long lineage) implements Comparable<HistoryName> {

    static final int BYTES_MIN = 1 + Long.BYTES;

    void write(ByteWriter out) {
        out.putNumber(era).putLong(lineage);
    }

    static HistoryName read(ByteReader in) {
        return new HistoryName(in.getNumber(), in.getLong());
    }

    /** The older one first: a lineage is named by the time at which it began. */
    @Override
    public int compareTo(HistoryName other) {
        int byLineage = Long.compare(lineage, other.lineage);
        return byLineage != 0 ? byLineage : Long.compare(era, other.era);
    }

    /** {@code 0.18c3…}: the era, then the lineage. */
    @Override
    public String toString() {
        return era + "." + Long.toHexString(lineage);
    }
}
