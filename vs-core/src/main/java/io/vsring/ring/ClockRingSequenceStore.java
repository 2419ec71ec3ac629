package io.vsring.ring;

/**
 * Starts where the clock says. It needs no disk: a restarted member goes on above its old sequences as long as the
 * clock has not gone back by more than the member was down, and no ring lives for as short as four microseconds.
 */
final class ClockRingSequenceStore implements RingSequenceStore {

    private static final long YEAR_2020_MILLIS = 1_577_836_800_000L;
    private static final int SEQUENCES_PER_MILLI_BITS = 8;

    private final long initial;

    ClockRingSequenceStore(long currentTimeMillis) {
        this.initial = Math.max(0, currentTimeMillis - YEAR_2020_MILLIS) << SEQUENCES_PER_MILLI_BITS;
    }

    @Override
    public long initial() {
        return initial;
    }

    @Override
    public void persist(long ringSequence) {}
}
